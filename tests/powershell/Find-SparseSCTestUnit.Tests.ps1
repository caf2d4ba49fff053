BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $panel = Import-Csv (Join-Path $RepositoryRoot samples geolift_pretest.csv) | ConvertTo-SparseSCPanel location date Y
}

Describe 'Find-SparseSCTestUnit' {
    It 'ranks sets as GeoLift does' {
        $walkthrough = @{ Size = 2, 3; Duration = 10; EffectSize = 0, 0.05, 0.1, 0.15, 0.2; IncludeUnit = 'chicago'; CostPerUnit = 7.5; Budget = 100000 }
        $selection = $panel | Find-SparseSCTestUnit @walkthrough -Ranking GeoLift
        ($selection.Markets | ForEach-Object { $_.Units -join ', ' }) | Should -Be @(
            'chicago, portland', 'chicago, houston, portland', 'atlanta, chicago', 'atlanta, chicago, cincinnati', 'atlanta, chicago, las vegas', 'chicago, cincinnati')
        ($selection.Markets | ForEach-Object Rank) | Should -Be 1, 2, 3, 4, 5, 6
        $selection.CandidateCount | Should -Be 7
        # With one window power is 0 or 1, and both rankings agree.
        (($panel | Find-SparseSCTestUnit @walkthrough).Markets | ForEach-Object Rank) | Should -Be 1, 2, 3, 4, 5, 6
    }

    It 'is shown in tables and a list' {
        $selection = $panel | Find-SparseSCTestUnit -Size 2 -Duration 10 -IncludeUnit chicago -EffectSize 0.1
        $selection | Out-String | Should -Match 'Best\s+: 1\. chicago, portland, 10 periods: 10 %'
        $selection.Markets | Out-String | Should -Match '1\s+chicago, portland\s+10\s+10 %\s+100 %'
    }

    It 'looks the same after Export-Clixml' {
        $selection = $panel | Find-SparseSCTestUnit -Size 2 -Duration 10 -IncludeUnit chicago -EffectSize 0.1
        $back = Copy-ThroughClixml $selection
        $back | Out-String | Should -Be ($selection | Out-String)
        $back.Markets | Out-String | Should -Be ($selection.Markets | Out-String)
        ($selection | ConvertTo-Json -Depth 3 | ConvertFrom-Json).Ranking | Should -Be 'Power'
    }

    It 'leaves units out of the sets' {
        $selection = $panel | Find-SparseSCTestUnit -Size 1 -Duration 10 -EffectSize 0.1 -ExcludeUnit chicago, miami
        $selection.CandidateCount | Should -Be 38
        $selection.Curves.Units | Should -Not -Contain 'chicago'
    }

    It 'warns that nothing is detected' {
        $selection = $panel | Find-SparseSCTestUnit -Size 1 -Duration 10 -EffectSize 0 -WarningVariable warnings 3> $null
        $selection.Markets | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike '*Simulate larger -EffectSize, longer -Duration or other -Size.'
    }

    It 'names what contradicts' {
        { $panel | Find-SparseSCTestUnit -Size 2 -Duration 10 -IncludeUnit miami -ExcludeUnit miami -ErrorAction Stop } | Should -Throw "-IncludeUnit and -ExcludeUnit both name 'miami'*"
        { $panel | Find-SparseSCTestUnit -Size 40 -Duration 10 -ErrorAction Stop } | Should -Throw '-Size 40 must be from 1 to 39*'
        { $panel | Find-SparseSCTestUnit -Size 1 -Duration 10 -IncludeUnit miami, chicago -ErrorAction Stop } | Should -Throw '-Size: no set of similar units has all of -IncludeUnit*'
    }
}

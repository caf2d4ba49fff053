BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $panel = Import-Csv (Join-Path $RepositoryRoot samples geolift_pretest.csv) | ConvertTo-SparseSCPanel location date Y
}

Describe 'Measure-SparseSCPower' {
    It 'finds the smallest detectable effect and what it costs' {
        $power = $panel | Measure-SparseSCPower -TestUnit portland, chicago -Duration 10, 15 -EffectSize 0, 0.05, 0.1 -Lookback 2 -CostPerUnit 7.5
        $power.Detectable.EffectSize | Should -Be 0.1, 0.1
        $power.Detectable[0].Units | Should -Be 'chicago', 'portland'
        $power.Simulations.Count | Should -Be 12
        $power.Simulations[2].Investment | Should -Be 43646.25
        $power.OutcomeName | Should -Be 'Y'
    }

    It 'is shown in tables and a list' {
        $power = $panel | Measure-SparseSCPower -TestUnit chicago, portland -Duration 10 -EffectSize 0, 0.1
        $power | Out-String | Should -Match 'Detectable\s+: chicago, portland, 10 periods: 10 %'
        $power.Curves | Out-String | Should -Match 'chicago, portland\s+10\s+10 %\s+100 %'
        $power.Simulations | Out-String | Should -Match '2021-03-22\s+10\s+10 %\s+0\.0111'
        $power.Detectable | Out-String | Should -Match 'EffectSize'
    }

    It 'shows that nothing is detectable' {
        $power = $panel | Measure-SparseSCPower -TestUnit chicago -Duration 10 -EffectSize 0
        $power.Detectable[0].EffectSize | Should -BeNullOrEmpty
        $power | Out-String | Should -Match '10 periods: none'
    }

    It 'takes several cells' {
        $power = $panel | Measure-SparseSCPower -Cell ('chicago', 'portland'), ('houston', 'denver') -Duration 10 -EffectSize 0.1 -Side OneSided -Demean:$false -Permutations 200
        ($power.Detectable | ForEach-Object { $_.Units -join '+' }) | Should -Be 'chicago+portland', 'denver+houston'
        $power.Demean | Should -BeFalse
        "$($power.Side)" | Should -Be 'OneSided'
    }

    It 'looks the same after Export-Clixml' {
        $power = $panel | Measure-SparseSCPower -TestUnit chicago -Duration 10 -EffectSize 0.1
        $back = Copy-ThroughClixml $power
        $back | Out-String | Should -Be ($power | Out-String)
        $back.Simulations | Out-String | Should -Be ($power.Simulations | Out-String)
        $back.Curves | Out-String | Should -Be ($power.Curves | Out-String)
        $back.Detectable | Out-String | Should -Be ($power.Detectable | Out-String)
        ($power | ConvertTo-Json -Depth 3 | ConvertFrom-Json).Side | Should -Be 'TwoSided'
    }

    It 'refuses a panel with a treatment' {
        $fault = { Get-Smoking | Measure-SparseSCPower -TestUnit Utah -Duration 3 -ErrorAction Stop } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -BeLike 'PanelHasTreatment,*'
        "$fault" | Should -BeLike "unit 'California' is treated from 1989*"
    }

    It 'names what it cannot find' {
        { $panel | Measure-SparseSCPower -TestUnit nowhere -Duration 10 -ErrorAction Stop } | Should -Throw "-TestUnit: there is no unit 'nowhere'*"
        { $panel | Measure-SparseSCPower -TestUnit chicago -Duration 90 -ErrorAction Stop } | Should -Throw '-Duration 90 with -Lookback 1 leaves 0 of 90 periods*'
    }
}

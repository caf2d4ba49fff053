BeforeAll {
    . $PSScriptRoot/Shared.ps1
    function Complete([string] $Line) { (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText }

    $global:completionPanel = Get-Smoking
    $global:completionRows = Import-Csv $Smoking
    $global:completionFit = $completionPanel | Invoke-SparseSCFit -Fast
    $global:completionEffect = $completionPanel | Measure-SparseSCEffect -UnitWeight Simplex
    $file = $Smoking -replace "'", "''"
}

AfterAll { Remove-Variable completion* -Scope Global }

Describe 'Completion' {
    It 'offers units of a model' {
        Complete '$completionFit | Get-SparseSCWeight -Unit Ca' | Should -Be 'California'
        Complete 'Get-SparseSCPrediction -Fit $completionEffect -Unit New' | Should -Be "'New Hampshire'", "'New Mexico'"
        Complete '$completionEffect | Get-SparseSCWeight -Unit Utah, Ida' | Should -Be 'Idaho'
        Complete '$completionPanel | Measure-SparseSCEffect | Get-SparseSCPrediction -Unit "new h' | Should -Be '"New Hampshire"'
    }

    It 'offers units of a model of another process' {
        $global:completionSaved = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($completionFit))
        Complete '$completionSaved | Get-SparseSCWeight -Unit Ca' | Should -Be 'California'
    }

    It 'offers times of the panel' {
        Complete '$completionPanel | Test-SparseSCPlacebo -Kind Time -PlaceboTime 198' | Should -Be (1980..1989)
        Complete 'Test-SparseSCPlacebo -Panel $completionPanel -PlaceboTimes 1975, 197' | Should -Contain '1976'
    }

    It 'offers columns of rows' {
        Complete '$completionRows | ConvertTo-SparseSCPanel -Unit st' | Should -Be 'state'
        Complete '$completionRows | ConvertTo-SparseSCPanel state year -Outcome ' | Should -Contain 'cigsale'
        Complete '$completionRows | ConvertTo-SparseSCPanel state year cigsale -Covariate ret' | Should -Be 'retprice'
    }

    It 'offers units and times of rows' {
        Complete '$completionRows | ConvertTo-SparseSCPanel state year cigsale -TreatedUnit Ca' | Should -Be 'California'
        Complete '$completionRows | ConvertTo-SparseSCPanel state year cigsale -TreatmentTime 199' | Should -Be (1990..1999)
        Complete '$completionRows | ConvertTo-SparseSCPanel state year cigsale -ExcludeUnit Uta' | Should -Be 'Utah'
    }

    It 'looks into the file that is read' {
        Complete "Import-SparseSCPanel '$file' -Unit st" | Should -Be 'state'
        Complete "Import-SparseSCPanel '$file' -Unit state -Time year -Outcome cigsale -TreatedUnit Ca" | Should -Be 'California'
        Complete "Import-Csv '$file' | ConvertTo-SparseSCPanel -Time y" | Should -Be 'year'
        Complete "Import-SparseSCPanel '$file' state year cigsale | Test-SparseSCPlacebo -Kind Time -PlaceboTime 1988" | Should -Be '1988'
        Push-Location (Split-Path $Smoking)
        try { Complete 'Import-SparseSCPanel ./california_prop99.csv -Outcome cig' | Should -Be 'cigsale' } finally { Pop-Location }
    }

    It 'offers jobs of this machine' {
        foreach ($id in 'prop99-a', 'prop99-b') {
            $null = New-Item -ItemType Directory (Join-Path $env:SPARSESC_JOB_DIRECTORY $id) -Force
            Set-Content (Join-Path $env:SPARSESC_JOB_DIRECTORY $id job.json) '{}'
        }

        Complete 'Get-SparseSCBatchJob -JobId prop99-' | Sort-Object | Should -Be 'prop99-a', 'prop99-b'
        Complete 'Wait-SparseSCBatchJob prop99-b' | Should -Be 'prop99-b'
        $elsewhere = New-Item -ItemType Directory (Join-Path $TestDrive elsewhere far)
        Set-Content (Join-Path $elsewhere job.json) '{}'
        $global:completionConfig = New-SparseSCBatchConfig -Local -JobDirectory (Split-Path $elsewhere)
        Complete 'Stop-SparseSCBatchJob -Config $completionConfig -JobId f' | Should -Be 'far'
    }

    It 'offers kinds of pictures' {
        Complete '$completionEffect | Export-SparseSCPlot a.svg -Kind Placebo' | Should -Be 'PlaceboGaps', 'PlaceboGapsPruned'
    }

    It 'keeps silent where there is nothing to look at' {
        $Error.Clear()
        Complete '$completionNothing | ConvertTo-SparseSCPanel -Unit st' | Should -Not -Contain 'state'
        Complete 'Import-SparseSCPanel none.csv -Unit st' | Should -Not -Contain 'state'
        $Error | Should -BeNullOrEmpty
    }
}

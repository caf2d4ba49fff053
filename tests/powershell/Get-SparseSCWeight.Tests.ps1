BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $fit = Get-Smoking | Invoke-SparseSCFit -StoppingRule 1 -GridLength 3 -CvFolds 3
}

Describe 'Get-SparseSCWeight' {
    It 'lists the donors of the treated unit, the heaviest first' {
        $rows = $fit | Get-SparseSCWeight
        $rows.Unit | Select-Object -Unique | Should -Be 'California'
        $rows.Donor | Should -Not -Contain 'California'
        $rows.Count | Should -Be 38
        [Linq.Enumerable]::SequenceEqual([double[]]($rows | ForEach-Object { [math]::Abs($_.Weight) }),
            [double[]]($rows | ForEach-Object { [math]::Abs($_.Weight) } | Sort-Object -Descending)) | Should -BeTrue
        $utah = $fit.UnitNames.IndexOf('Utah')
        ($rows | Where-Object Donor -EQ Utah).Weight | Should -Be $fit.Weights[$fit.TreatedUnits[0], $fit.ControlUnits.IndexOf($utah)]
    }

    It 'lists the donors of other units by name and wildcard, in order of the units' {
        ($fit | Get-SparseSCWeight -Unit utah, New*).Unit | Select-Object -Unique | Should -Be 'New Hampshire', 'Utah', 'New Mexico'
    }

    It 'shows zeros only when asked' {
        $zeros = ($fit | Get-SparseSCWeight -Unit Utah -IncludeZero | Where-Object Weight -EQ 0).Donor
        $zeros | Should -Be 'Utah'
        ($fit | Get-SparseSCWeight -Unit Utah).Count | Should -Be 37
    }

    It 'lists features' {
        $rows = $fit | Get-SparseSCWeight -Feature -IncludeZero
        $rows.Count | Should -Be 19
        ($rows | Where-Object Feature -EQ 1980).Weight | Should -Be $fit.V[$fit.FeatureNames.IndexOf('1980')]
    }

    It 'takes a fit saved and read again' {
        $saved = Copy-ThroughClixml $fit | Get-SparseSCWeight
        $saved.Weight | Should -Be ($fit | Get-SparseSCWeight).Weight
        ($fit | ConvertTo-Json -Depth 4 | ConvertFrom-Json | Get-SparseSCWeight).Weight | Should -Be $saved.Weight
    }

    It 'says what to do about a fit without weights' {
        $fault = { Get-Smoking | Invoke-SparseSCFit -StoppingRule 1 -GridLength 2 -CvFolds 2 -NoWeights | Get-SparseSCWeight -ErrorAction Stop } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -Be 'WeightsNotKept,SparseSC.PowerShell.Commands.GetSparseSCWeightCommand'
        "$fault" | Should -BeLike '*-NoWeights*'
    }

    It 'says what was meant by a unit that is not there' {
        { Get-SparseSCWeight $fit -Unit Uthah } | Should -Throw "-Unit: there is no unit 'Uthah' in the fit; did you mean 'Utah'*"
    }

    It 'lists the donors of an effect''s treated units, also of a saved one' {
        $effect = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex
        $rows = $effect | Get-SparseSCWeight
        $rows.Unit | Select-Object -Unique | Should -Be California
        $rows[0].Donor | Should -Be Utah
        [math]::Round(($rows | Measure-Object Weight -Sum).Sum, 9) | Should -Be 1
        (Copy-ThroughClixml $effect | Get-SparseSCWeight).Weight | Should -Be $rows.Weight
        (Get-Smoking | Measure-SparseSCEffect | Get-SparseSCWeight -Feature)[0].TreatmentTime | Should -Be 1989
    }

    It 'lists the donors of a control when they were kept, and says how to keep them' {
        $fault = { Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex | Get-SparseSCWeight -Unit Utah -ErrorAction Stop } | Should -Throw -PassThru
        "$fault" | Should -BeLike '*-Weights of Measure-SparseSCEffect the value All.'
        $rows = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex -Weights All | Get-SparseSCWeight -Unit Utah
        [math]::Round(($rows | Measure-Object Weight -Sum).Sum, 9) | Should -Be 1
    }

    It 'reports the name that is none and lists the others' {
        $fit = Get-Smoking | Invoke-SparseSCFit -Fast
        @($fit | Get-SparseSCWeight -Unit California, Nowhere -ErrorVariable faults -ErrorAction SilentlyContinue).Count | Should -BeGreaterThan 0
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'UnknownUnit,*'
    }
}

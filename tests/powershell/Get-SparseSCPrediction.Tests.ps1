BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $fit = Get-Smoking | Invoke-SparseSCFit -StoppingRule 1 -GridLength 3 -CvFolds 3
}

Describe 'Get-SparseSCPrediction' {
    It 'lists the treated unit over time, with names from the panel' {
        $rows = $fit | Get-SparseSCPrediction
        $rows.Unit | Select-Object -Unique | Should -Be 'California'
        $rows.Time | Should -Be (1989..2000)
        [math]::Round($rows[0].Observed, 4) | Should -Be 82.4
        $rows[0].Synthetic | Should -Be $fit.Predictions[$fit.TreatedUnits[0], 0]
        $rows[0].Gap | Should -Be ($rows[0].Observed - $rows[0].Synthetic)
    }

    It 'gives intervals as wide as the gaps of the donors' {
        $row = ($fit | Get-SparseSCPrediction)[4]
        $gaps = foreach ($unit in $fit.ControlUnits) { [math]::Abs($fit.Targets[$unit, 4] - $fit.Predictions[$unit, 4]) }
        $largest = ($gaps | Measure-Object -Maximum).Maximum
        $row.High - $row.Synthetic | Should -BeGreaterThan ($largest - 1e-9)
        $narrow = ($fit | Get-SparseSCPrediction -Level 0.5)[4]
        $outside = @($gaps | Where-Object { $_ -gt $narrow.High - $narrow.Synthetic + 1e-9 }).Count
        $outside | Should -BeIn (16..20)
        { $fit | Get-SparseSCPrediction -Level 95 -ErrorAction Stop } | Should -Throw '*-Level 95 must be between 0 and 1*'
    }

    It 'lists other units by name' {
        $rows = Get-SparseSCPrediction $fit -Unit Utah
        $rows.Count | Should -Be 12
        $rows[3].Synthetic | Should -Be $fit.Predictions[$fit.UnitNames.IndexOf('Utah'), 3]
    }

    It 'takes a fit saved and read again' {
        (Copy-ThroughClixml $fit | Get-SparseSCPrediction).Synthetic | Should -Be ($fit | Get-SparseSCPrediction).Synthetic
    }

    It 'numbers units and times that have no names' {
        $random = [random]::new(1)
        $features = [double[,]]::new(12, 3); $targets = [double[,]]::new(12, 2)
        for ($row = 0; $row -lt 12; $row++) { foreach ($column in 0..2) { $features[$row, $column] = $random.NextDouble() }; foreach ($column in 0, 1) { $targets[$row, $column] = $random.NextDouble() } }
        $rows = Invoke-SparseSCFit -Feature $features -Target $targets -TreatedUnit 0, 5 -VPenalty 0.1 -WPenalty 1 -CvFolds 3 -GradientFolds 3 | Get-SparseSCPrediction
        $rows.Unit | Should -Be '0', '0', '5', '5'
        $rows.Time | Should -Be '0', '1', '0', '1'
    }

    It 'lists the units there are and reports the name that is none' {
        $rows = $fit | Get-SparseSCPrediction -Unit California, Nowhere -ErrorVariable faults -ErrorAction SilentlyContinue
        $rows.Count | Should -Be 12
        $faults.Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'UnknownUnit,*'
        $faults[0].TargetObject | Should -Be Nowhere
        "$($faults[0])" | Should -BeLike "-Unit: there is no unit 'Nowhere'*"
        { Get-SparseSCPrediction $fit -Unit Nowhere -ErrorAction Stop } | Should -Throw '*-Unit*'
    }

    It 'lists the treated units of an effect at every time, also of a saved one' {
        $effect = Get-Smoking | Measure-SparseSCEffect
        $rows = $effect | Get-SparseSCPrediction
        $rows.Unit | Select-Object -Unique | Should -Be California
        $rows.Time | Should -Be (1970..2000)
        ($rows | Where-Object { $_.Time -ge 1989 } | Measure-Object Gap -Average).Average | Should -BeLessThan ($effect.Effect.Average.Effect + 1e-9)
        ($rows | Where-Object { $_.Time -ge 1989 } | Measure-Object Gap -Average).Average | Should -BeGreaterThan ($effect.Effect.Average.Effect - 1e-9)
        $rows[20].High - $rows[20].Synthetic | Should -BeGreaterThan ($effect.Periods[0].IndividualHalfWidths[20] - 1e-9)
        (Copy-ThroughClixml $effect | Get-SparseSCPrediction).Synthetic | Should -Be $rows.Synthetic
        @(Get-SparseSCPrediction $effect -Unit Utah).Count | Should -Be 31
    }

    It 'says what it takes' {
        { 'x' | Get-SparseSCPrediction -ErrorAction Stop } | Should -Throw "*a fit or an effect*the text 'x'*Measure-SparseSCEffect*"
        { Get-SparseSCPrediction ([pscustomobject]@{ a = 1 }) -ErrorAction Stop } | Should -Throw "*parameter 'Fit'*a fit or an effect*"
    }
}

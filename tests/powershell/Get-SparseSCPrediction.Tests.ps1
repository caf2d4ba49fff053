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

    It 'predicts other targets with the weights of the fit, or from its features' {
        $targets = [double[,]]::new(39, 2)
        foreach ($row in 0..38) { $targets[$row, 0] = $fit.Targets[$row, 3]; $targets[$row, 1] = 2 * $fit.Targets[$row, 3] }
        $unit = $fit.TreatedUnits[0]
        $rows = $fit | Get-SparseSCPrediction -Target $targets
        $rows.Count | Should -Be 2
        $rows[0].Observed | Should -Be $fit.Targets[$unit, 3]
        [math]::Abs($rows[0].Synthetic - $fit.Predictions[$unit, 3]) | Should -BeLessThan 1e-9
        [math]::Abs($rows[1].Synthetic - 2 * $rows[0].Synthetic) | Should -BeLessThan 1e-9
        [math]::Abs($rows[1].High - $rows[1].Synthetic - 2 * ($rows[0].High - $rows[0].Synthetic)) | Should -BeLessThan 1e-9

        $random = [random]::new(1)
        $x = [double[,]]::new(12, 3); $y = [double[,]]::new(12, 2)
        foreach ($row in 0..11) {
            foreach ($column in 0..2) { $x[$row, $column] = $random.NextDouble() }
            foreach ($column in 0, 1) { $y[$row, $column] = $x[$row, 0] - $x[$row, ($column + 1)] }
        }
        $options = @{ Feature = $x; Target = $y; TreatedUnit = 0; VPenalty = 1e-9; WPenalty = 0.1; CvFolds = 3; GradientFolds = 3 }
        $without = Invoke-SparseSCFit @options -NoWeights
        $without.V | Should -Not -Be 0
        (Get-SparseSCPrediction $without -Target $y -Feature $x).Synthetic | Should -Be (Get-SparseSCPrediction $without).Synthetic
        $fault = { Get-SparseSCPrediction $without -Target $y -ErrorAction Stop } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -BeLike 'WeightsNotKept,*'
        "$fault" | Should -BeLike '*Give its -Feature as well*'
        $pool = [bool[,]]::new(12, 11)
        foreach ($row in 0..11) { $pool[$row, 4] = $true; $pool[$row, 5] = $true }
        $pooled = Invoke-SparseSCFit @options -NoWeights -DonorPool $pool
        (Get-SparseSCPrediction $pooled -Target $y -Feature $x -DonorPool $pool).Synthetic | Should -Be (Get-SparseSCPrediction $pooled).Synthetic
    }

    It 'leaves trivial donors out of other targets when asked to' {
        $x = [double[,]]::new(8, 2); $y = [double[,]]::new(8, 1); $ones = [double[,]]::new(8, 1)
        $random = [random]::new(2)
        foreach ($row in 0..7) { $ones[$row, 0] = 1; if ($row -ne 5) { $x[$row, 0] = $random.NextDouble(); $x[$row, 1] = $random.NextDouble(); $y[$row, 0] = 1 + $random.NextDouble() } }
        $small = Invoke-SparseSCFit -Feature $x -Target $y -TreatedUnit 0 -VPenalty 1e-9 -WPenalty 0.1 -CvFolds 3 -GradientFolds 3
        $small.TrivialUnits | Should -Be 5
        $all = (Get-SparseSCPrediction $small -Target $ones).Synthetic
        $rest = (Get-SparseSCPrediction $small -Target $ones -ExcludeTrivialDonors).Synthetic
        $weight = $small.Weights[0, [array]::IndexOf($small.ControlUnits, 5)]
        $weight | Should -Not -Be 0
        [math]::Abs($all - $rest - $weight) | Should -BeLessThan 1e-12
    }

    It 'refuses what belongs to other targets alone: <parameter>' -ForEach @(
        @{ parameter = 'Feature'; options = @{ Feature = , @(1, 2) } }
        @{ parameter = 'ExcludeTrivialDonors'; options = @{ ExcludeTrivialDonors = $true } }
        @{ parameter = 'DonorPool'; options = @{ Target = 'x'; DonorPool = , @(1, 0) } }
    ) {
        $fault = { Get-SparseSCPrediction $fit @options -ErrorAction Stop } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -BeLike 'OptionNotUsed,*'
        "$fault" | Should -BeLike "-$parameter is used together with*"
        { Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex | Get-SparseSCPrediction -Target 'x' -ErrorAction Stop } | Should -Throw '-Target*one of its Periods*'
    }
}

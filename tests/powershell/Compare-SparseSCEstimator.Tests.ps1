BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Compare-SparseSCEstimator' {
    It 'ranks estimators by their errors, in the spelling of the command line too' {
        $scores = Get-Smoking | Compare-SparseSCEstimator -Estimator partially-pooled, Did, Simplex -MaxBacktests 4 3> $null
        ($scores | ForEach-Object Rank) | Should -Be 1, 2, 3
        $scores.All.Rmse | Should -Be ($scores.All.Rmse | Sort-Object)
        $scores.Estimator | Sort-Object { "$_" } | Should -Be 'DifferenceInDifferences', 'PartiallyPooled', 'Simplex'
        ($scores | ForEach-Object { $_.All.Count }) | Should -Be 8, 8, 8
        $scores | Out-String -Width 200 | Should -Match 'Rank Estimator +Rmse +InSpace +InTime +MeanError +Coverage +MeanWidth +Backtests +Seconds'
    }

    It 'uses no outcome of the treated unit from its treatment on' {
        $rows = Import-Csv $Smoking
        $scores = foreach ($shift in 0, 1000) {
            $rows | ForEach-Object {
                $row = $_.psobject.Copy()
                if ($row.state -eq 'California' -and [int] $row.year -ge 1989) { $row.cigsale = [double] $row.cigsale + $shift }
                $row
            } | ConvertTo-SparseSCPanel state year cigsale -TreatedUnit California -TreatmentTime 1989 | Compare-SparseSCEstimator -Estimator Simplex -MaxBacktests 3 3> $null
        }
        $scores[0].All.Rmse | Should -Be $scores[1].All.Rmse
        $scores[0].Backtests.Kind | Should -Be 'Space', 'Space', 'Space', 'Time', 'Time', 'Time'
        $scores[0].Backtests.Unit | Select-Object -Skip 3 | Should -Be 'California', 'California', 'California'
        $scores[0].Backtests | Out-String -Width 160 | Should -Match 'Time +California +19\d\d'
    }

    It 'says how many backtests are made, and what cannot be done' {
        $scores = Get-Smoking | Compare-SparseSCEstimator -Estimator Simplex, Sdid -Inference Bootstrap -MaxBacktests 2 -Kind Space -WarningVariable warnings 3> $null
        "$warnings" | Should -BeLike '*Of 38 backtests on untreated units, 2 are made, drawn by -Seed 110011. Give a larger -MaxBacktests*'
        $scores[0].Inference | Should -Be 'Placebo'
        $scores[1].Rank | Should -BeNullOrEmpty
        $scores[1].Reason | Should -BeLike '-Inference Bootstrap draws treated units, and there is only one.*'
        { Get-Smoking | Compare-SparseSCEstimator -Estimator Simplex -PrePeriods 19 -PostPeriods 13 -ErrorAction Stop } | Should -Throw '*There is no backtest on untreated units*-PrePeriods*'
    }

    It 'estimates the effect itself under every specification' {
        $scores = Get-Smoking | Compare-SparseSCEstimator -Estimator Did, Simplex -MaxBacktests 1 -PreLengths 10 -Without ('Nevada', 'Utah'), 'Montana' 3> $null
        $rows = $scores.Specifications
        $rows.Count | Should -Be 12
        $simplex = $rows | Where-Object Estimator -eq Simplex
        $simplex[0].Effect | Should -Be (Get-Smoking | Measure-SparseSCEffect -Estimator Simplex).Effect.Average.Effect
        $simplex[4].PrePeriods | Should -Be 10
        $simplex[4].Without | Should -Be 'Nevada', 'Utah'
        $rows | Out-String -Width 160 | Should -Match 'Simplex +10 +Nevada, Utah +-\d+'
        { Get-Smoking | Compare-SparseSCEstimator -Estimator Did -Without Atlantis -ErrorAction Stop } | Should -Throw "*-Without*there is no unit 'Atlantis'*"
        { Get-Smoking | Compare-SparseSCEstimator -Estimator Did -Without California -ErrorAction Stop } | Should -Throw "*-Without*'California' is treated*"
    }

    It 'names an estimator there is not' {
        { Get-Smoking | Compare-SparseSCEstimator -Estimator Magic } | Should -Throw '*Magic*'
    }
}

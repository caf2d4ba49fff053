BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Measure-SparseSCEffect' {
    It 'estimates the effect of a panel with names and times' {
        $effect = Get-Smoking | Measure-SparseSCEffect
        $effect.GetType().FullName | Should -Be 'SparseSC.Core.Models.EffectEstimate'
        $effect.Effect.PerPeriod.Time | Should -Be (1989..2000 | ForEach-Object { "$_" })
        $effect.Effect.PlaceboCount | Should -Be 38
        $effect.OutcomeName | Should -Be 'cigsale'
        $effect.Effect.Average.Effect | Should -BeLessThan -10
    }

    It 'gives the published effect with simplex weights' {
        $effect = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex
        [math]::Abs($effect.Effect.Average.Effect + 19.513630) | Should -BeLessThan 1e-6
    }

    It 'divides by doses' {
        $one = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex -CrossFitFolds 1
        $two = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex -CrossFitFolds 1 -Dose @{ California = 2 }
        [math]::Abs($one.Effect.Average.Effect - 2 * $two.Effect.Average.Effect) | Should -BeLessThan 1e-9
        { Get-Smoking | Measure-SparseSCEffect -Dose @{ Californa = 2 } -ErrorAction Stop } | Should -Throw "*did you mean 'California'*"
    }

    It 'ends intervals where its test does, or where the package ends them' {
        $usual = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex
        $usual.Effect.Interval | Should -Be 'Test'
        foreach ($value in @($usual.Effect.PerPeriod; $usual.Effect.Average)) {
            ($value.CiLow -gt 0 -or $value.CiHigh -lt 0) | Should -Be ($value.PValue -le 0.05 + 1e-9)
        }
        (Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex -Interval reference -PlaceboScale none).Effect.PlaceboScale | Should -Be 'None'
        $open = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex -Level 0.99 -WarningVariable warnings 3> $null
        $open.Effect.Average.CiHigh | Should -Be ([double]::PositiveInfinity)
        "$warnings" | Should -BeLike '*Intervals have no ends: with 38 placebos no p-value can be below 0.0256*-Level*'
    }

    It 'shows how the treated are matched' {
        $text = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex | Out-String -Width 200
        $text | Should -Match 'Match\s+: RMSPE 1\.\d+ before the treatment \(plain mean of the donors: 1\d\.\d+\), 3\.\d+ effective donors'
    }

    It 'says whether to believe it' {
        $effect = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex -PrePeriods 6
        ($effect.Diagnostics | Where-Object What -eq 'pre-periods').Verdict | Should -Be 'Doubtful'
        ($effect | Out-String -Width 200) | Should -Match 'Diagnostics\s+: \d of \d good\r?\n\s+Doubtful: pre-periods\. Only 6 periods'
        ($effect | Out-String -Width 200) | Should -Match 'RelativeEffect\s+: -2\d\.\d % \[-'
        ($effect.Diagnostics | Out-String -Width 120) | Should -Match 'Doubtful pre-periods +6 Only 6 periods'
        $effect.Effect.Cumulative.Effect / $effect.Effect.Average.Effect | Should -BeIn (12 - 1e-9), 12, (12 + 1e-9)
    }

    It 'survives serialisation' {
        $path = Join-Path $TestDrive effect.xml
        Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex | Export-Clixml $path -Depth 5
        $back = Import-Clixml $path
        $back.Effect.PerPeriod[0].Time | Should -Be '1989'
        [math]::Abs($back.Effect.Average.Effect + 19.513630) | Should -BeLessThan 1e-6
    }

    It 'names the parameter at fault' {
        { Get-Smoking | Measure-SparseSCEffect -PrePeriods 30 -ErrorAction Stop } | Should -Throw '*-PrePeriods 30*'
        { Get-Smoking | Measure-SparseSCEffect -GridLength 3 -ErrorAction Stop } | Should -Throw '*-GridLength*'
    }

    It 'shows effects, not types' {
        $text = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex | Out-String -Width 120
        $text | Should -Match 'AverageEffect\s+: -19.51 \['
        $text | Should -Match 'Treated\s+: 1 from 1989'
    }

    It 'refuses what the estimator does not use: <parameter>' -ForEach @(
        @{ parameter = 'WPens'; options = @{ Joint = $true; WPens = 1.0 } }
        @{ parameter = 'CvFolds'; options = @{ CvFolds = 5 } }
        @{ parameter = 'WPens'; options = @{ UnitWeight = 'Simplex'; WPens = 1.0 } }
        @{ parameter = 'CvFolds'; options = @{ UnitWeight = 'Simplex'; CvFolds = 5 } }
        @{ parameter = 'TreatmentShare'; options = @{ TreatmentShare = 0.3 } }
        @{ parameter = 'LassoFolds'; options = @{ VPens = 0.1; LassoFolds = 3 } }
        @{ parameter = 'GridMin'; options = @{ Joint = $true; Grid = 0.1, 0.2; GridMin = 0.1 } }
        @{ parameter = 'Force'; options = @{ Force = $true } }
        @{ parameter = 'UnitWeight'; options = @{ Joint = $true; UnitWeight = 'Simplex' } }
    ) {
        { Get-Smoking | Measure-SparseSCEffect @options -ErrorAction Stop } | Should -Throw "-$parameter *"
    }

    It 'shows what is used together in a syntax of its own' {
        (Get-Command Measure-SparseSCEffect).ParameterSets.Name | Sort-Object | Should -Be 'Fast', 'Joint', 'Mean', 'UnitWeight'
        $syntax = @((Get-Help Measure-SparseSCEffect).syntax.syntaxItem)
        $syntax.Count | Should -Be 4
        ($syntax | Where-Object { $_.parameter.name -contains 'CvFolds' }).parameter.name | Should -Contain 'Joint'
        ($syntax | Where-Object { $_.parameter.name -contains 'WPens' }).parameter.name | Should -Not -Contain 'Joint'
        ($syntax | Where-Object { $_.parameter.name -contains 'UnitWeight' }).parameter.Count | Should -BeLessThan 48
        ($syntax | Where-Object { $_.parameter.name -contains 'Solver' }).parameter.name | Should -Not -Contain 'CrossFitFolds'
    }

    It 'says what it takes when rows come instead of a panel' {
        { Import-Csv $Smoking | Select-Object -First 1 | Measure-SparseSCEffect -ErrorAction Stop } | Should -Throw "*'Panel'*a panel*state, year*ConvertTo-SparseSCPanel*"
    }
}

Describe 'Measure-SparseSCEffect -BatchDirectory' {
    It 'writes a plan whose merge is the estimate: <name>' -ForEach @(
        @{ name = 'fast'; options = @{ CrossFitFolds = 3 } }
        @{ name = 'simplex'; options = @{ UnitWeight = 'Simplex'; CrossFitFolds = 5 } }
        @{ name = 'joint'; options = @{ Joint = $true; CrossFitFolds = 2; GridLength = 3; CvFolds = 3 } }
    ) {
        $plan = Get-Smoking | Measure-SparseSCEffect @options -BatchDirectory (Join-Path $TestDrive ([guid]::NewGuid()))
        $plan.GetType().FullName | Should -Be 'SparseSC.Batch.Plan.BatchPlan'
        $plan.Kind | Should -Be 'Effects'
        $plan.Tasks | Should -Be $options.CrossFitFolds
        $plan.TreatmentTimes | Should -Be '1989'
        $merged = $plan | Start-SparseSCBatchJob | Wait-SparseSCBatchJob | Receive-SparseSCResults | Merge-SparseSCResults
        $expected = Get-Smoking | Measure-SparseSCEffect @options
        $merged.GetType().FullName | Should -Be 'SparseSC.Core.Models.EffectEstimate'
        $merged.OutcomeName | Should -Be 'cigsale'
        $merged.Effect.Average.Effect | Should -Be $expected.Effect.Average.Effect
        $merged.Effect.Average.CiLow | Should -Be $expected.Effect.Average.CiLow
        $merged.PreFit.Rms.PValue | Should -Be $expected.PreFit.Rms.PValue
        (Compare-Object $merged.Synthetic $expected.Synthetic) | Should -BeNullOrEmpty
    }

    It 'replaces a plan only with -Force, and writes nothing with -WhatIf' {
        $folder = Join-Path $TestDrive forced
        Get-Smoking | Measure-SparseSCEffect -CrossFitFolds 3 -BatchDirectory $folder -WhatIf | Should -BeNullOrEmpty
        Test-Path $folder | Should -BeFalse
        Get-Smoking | Measure-SparseSCEffect -CrossFitFolds 3 -BatchDirectory $folder | Out-Null
        { Get-Smoking | Measure-SparseSCEffect -CrossFitFolds 4 -BatchDirectory $folder -ErrorAction Stop } | Should -Throw '*-Force*'
        (Get-Smoking | Measure-SparseSCEffect -CrossFitFolds 4 -BatchDirectory $folder -Force).Tasks | Should -Be 4
    }

    It 'refuses what a plan of effects cannot do: <parameter>' -ForEach @(
        @{ parameter = 'AllowPartial'; call = { Merge-SparseSCResults $plan -AllowPartial -ErrorAction Stop } }
        @{ parameter = 'Choice'; call = { Merge-SparseSCResults $plan -Choice Min -ErrorAction Stop } }
        @{ parameter = 'MergeOnNode'; call = { Start-SparseSCBatchJob $plan -MergeOnNode -ErrorAction Stop } }
    ) {
        $plan = Get-Smoking | Measure-SparseSCEffect -CrossFitFolds 3 -BatchDirectory (Join-Path $TestDrive $parameter)
        $call | Should -Throw "*-$parameter*"
    }
}

Describe 'Measure-SparseSCEffect -Estimator' {
    It 'takes the short names and the older parameters for the same: <name>' -ForEach @(
        @{ name = 'did'; older = @{ UnitWeight = 'DifferenceInDifferences' } }
        @{ name = 'Simplex'; older = @{ UnitWeight = 'Simplex' } }
    ) {
        $named = Get-Smoking | Measure-SparseSCEffect -Estimator $name
        $same = Get-Smoking | Measure-SparseSCEffect @older
        "$($named.Effect.Average)" | Should -Be "$($same.Effect.Average)"
        { Get-Smoking | Measure-SparseSCEffect -Estimator $name -Joint -ErrorAction Stop } | Should -Throw '*contradicts -Joint*'
    }

    It 'estimates synthetic difference in differences' {
        $effect = Get-Smoking | Measure-SparseSCEffect -Estimator Sdid
        $effect.Effect.Average.Effect | Should -BeGreaterThan -15.61
        $effect.Effect.Average.Effect | Should -BeLessThan -15.6
        [math]::Round($effect.Effect.Average.StandardError, 3) | Should -Be 9.371
        ($effect | Out-String) | Should -Match 'Fitted by\s+: Sdid'
        ($effect | Get-SparseSCWeight | Measure-Object Weight -Sum).Sum | Should -BeGreaterThan 0.999999
        ($effect | Get-SparseSCPrediction | Select-Object -Last 1).Observed | Should -BeGreaterThan 41
    }

    It 'estimates augmented synthetic control' {
        $effect = Get-Smoking | Measure-SparseSCEffect -Estimator Augmented -LambdaChoice OneStandardError -Inference JackknifePlus
        [math]::Round($effect.Effect.Average.Effect, 2) | Should -Be -15.95
        $effect.Effect.Average.CiHigh | Should -BeLessThan 0
        { Get-Smoking | Measure-SparseSCEffect -Estimator Simplex -Lambda 1 -ErrorAction Stop } | Should -Throw '*-Lambda belongs to -Estimator Augmented*'
        { Get-Smoking | Measure-SparseSCEffect -Joint -Lambda 1 -ErrorAction Stop } | Should -Throw '*-Lambda belongs to -Estimator Augmented*'
    }

    It 'estimates penalized synthetic control' {
        [math]::Round((Get-Smoking | Measure-SparseSCEffect -Estimator Penalized -Penalty 0.1).Effect.Average.Effect, 2) | Should -Be -23.48
        (Get-Smoking | Measure-SparseSCEffect -Estimator Penalized).Periods[0].Fit.WPen | Should -Be 1e-4
        { Get-Smoking | Measure-SparseSCEffect -Estimator Simplex -Penalty 1 -ErrorAction Stop } | Should -Throw '*-Penalty belongs to -Estimator Penalized*'
    }

    It 'estimates robust synthetic control' {
        $effect = Get-Smoking | Measure-SparseSCEffect -Estimator Robust -Rank 2 -Ridge 0
        [math]::Round($effect.Effect.Average.Effect, 2) | Should -Be -17.35
        $effect.Periods[0].Fit.Rank | Should -Be 2
        { Get-Smoking | Measure-SparseSCEffect -Estimator Penalized -Rank 1 -ErrorAction Stop } | Should -Throw '*-Rank belongs to -Estimator Robust*'
    }

    It 'estimates partially pooled synthetic control' {
        $usual = Get-Smoking | Measure-SparseSCEffect -Estimator PartiallyPooled -By Cohort -Leads 5
        [math]::Abs($usual.Effect.Average.Effect - (Get-Smoking | Measure-SparseSCEffect -Estimator Simplex -Demean -PostPeriods 5).Effect.Average.Effect) | Should -BeLessThan 1e-6
        $plain = Get-Smoking | Measure-SparseSCEffect -Estimator Partially-Pooled -Demean:$false -Inference Jackknife
        [math]::Abs($plain.Effect.Average.Effect - (Get-Smoking | Measure-SparseSCEffect -Estimator Simplex).Effect.Average.Effect) | Should -BeLessThan 1e-6
        $plain.Effect.Average.StandardError | Should -BeGreaterThan 0
        $plain.Pooling.ScaledGlobalL2 | Should -BeLessThan 1
        { Get-Smoking | Measure-SparseSCEffect -Estimator Sdid -Nu 1 -ErrorAction Stop } | Should -Throw '*-Nu belongs to other estimators*'
    }

    It 'matches predictors by given weights' {
        $panel = Import-Csv $Smoking |
            ConvertTo-SparseSCPanel state year cigsale -Covariate lnincome, retprice -TreatedUnit California -TreatmentTime 1989
        $effect = $panel | Measure-SparseSCEffect -Estimator Classic -V 1, 1 -ValidationFrom 1980
        ($effect | Get-SparseSCWeight | Measure-Object Weight -Sum).Sum | Should -BeGreaterThan 0.999999
        { $panel | Measure-SparseSCEffect -Estimator Classic -V 1 -ErrorAction Stop } | Should -Throw '*-V has 1 weights; there are 2 predictors*'
    }

    It 'regresses on the donors' {
        $effect = Get-Smoking | Measure-SparseSCEffect -Estimator Lasso
        [math]::Round($effect.Effect.Average.Effect, 2) | Should -Be -15.85
        { Get-Smoking | Measure-SparseSCEffect -Estimator LeastSquares -ErrorAction Stop } | Should -Throw '*-Estimator LeastSquares regresses 19*'
    }

    It 'predicts with intervals' {
        $effect = Get-Smoking | Measure-SparseSCEffect -Estimator Simplex -Inference PredictionInterval -UAlpha 0.1 -EMethod LocationScale -Draws 50
        [math]::Round($effect.Effect.Level, 3) | Should -Be 0.85
        $effect.PredictionInterval.Joint.Count | Should -Be 12
        [double]::IsNaN($effect.Effect.Average.PValue) | Should -BeTrue
        { Get-Smoking | Measure-SparseSCEffect -Estimator Simplex -Differences -ErrorAction Stop } | Should -Throw '*-Differences belongs to -Inference PredictionInterval*'
    }

    It 'says which inference goes with which estimator' {
        { Get-Smoking | Measure-SparseSCEffect -Estimator Fast -Inference Bootstrap -ErrorAction Stop } | Should -Throw '*There is Fast with Placebo*'
        { Get-Smoking | Measure-SparseSCEffect -Estimator Sdid -BatchDirectory (Join-Path $TestDrive sdid) -ErrorAction Stop } | Should -Throw '*not split into tasks*'
    }

    It 'has the jackknife over units, and conformal intervals on a grid' {
        $effect = Get-Smoking | Measure-SparseSCEffect -Estimator Simplex -Inference Jackknife
        $effect.Inference | Should -Be 'Jackknife'
        $effect.Effect.PlaceboCount | Should -Be 38
        $effect.Effect.Average.StandardError | Should -BeGreaterThan 0
        $grid = Get-Smoking | Measure-SparseSCEffect -Estimator Simplex -Inference Conformal -NullGrid 25
        $grid.Effect.Average.Intervals | Should -BeNullOrEmpty
        { Get-Smoking | Measure-SparseSCEffect -Estimator Simplex -NullGrid 25 -ErrorAction Stop } | Should -Throw '*-NullGrid belongs to -Inference Conformal*'
    }

    It 'judges conformally' {
        $effect = Get-Smoking | Measure-SparseSCEffect -Estimator Simplex -Inference Conformal
        $effect.Effect.Average.PValue | Should -Be (Get-Smoking | Test-SparseSCPlacebo -Kind Conformal).Average.PValue
    }
}

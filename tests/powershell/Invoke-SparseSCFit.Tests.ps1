BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Invoke-SparseSCFit' {
    BeforeAll {
        $panel = Get-Smoking
        $features = [double[,]]::new(12, 3)
        $targets = [double[,]]::new(12, 2)
        $random = [random]::new(3)
        for ($i = 0; $i -lt 12; $i++) {
            for ($j = 0; $j -lt 3; $j++) { $features[$i, $j] = $random.NextDouble() }
            for ($j = 0; $j -lt 2; $j++) { $targets[$i, $j] = $features[$i, $j] + $random.NextDouble() / 10 }
        }

        $small = @{ TreatedUnit = 0, 5; GridLength = 3; CvFolds = 2; GradientFolds = 2; StoppingRule = 1 }
        $expected = Invoke-SparseSCFit -Feature $features -Target $targets @small
    }

    Context 'A panel' {
        It 'is fitted as it comes through the pipeline' {
            $fit = $panel | Invoke-SparseSCFit
            $fit.ModelType, $fit.Constraint | Should -Be 'Retrospective', 'Simplex'
            $fit.Iterations.Count | Should -Be 2
            $fit.UnitNames[$fit.TreatedUnits[0]] | Should -Be 'California'
            $fit.Predictions.GetLength(0), $fit.Predictions.GetLength(1) | Should -Be 39, 12
            ($fit.V | Measure-Object -Sum).Sum | Should -BeGreaterThan 0.999999
        }

        It 'is fitted one by one' {
            (@($panel, $panel) | Invoke-SparseSCFit -StoppingRule 1 -GridLength 2).Count | Should -Be 2
        }

        It 'may have been saved and read again' {
            $saved = Import-Csv $Smoking | ConvertTo-SparseSCPanel state year cigsale -Covariate retprice, lnincome -TreatedUnit California -TreatmentTime 1989
            $back = Copy-ThroughClixml $saved
            $back.PSObject.TypeNames[0] | Should -Be 'Deserialized.SparseSC.Core.Data.Panel'
            $options = @{ StoppingRule = 1; GridLength = 3 }
            Test-SameFit ($back | Invoke-SparseSCFit @options) ($saved | Invoke-SparseSCFit @options) | Should -BeTrue
        }

        It 'may have been saved without a treated unit' {
            $untreated = Import-Csv $Smoking | ConvertTo-SparseSCPanel state year cigsale -TreatmentTime 1989
            $options = @{ StoppingRule = 1; GridLength = 3; CvFolds = 3; GradientFolds = 3 }
            $fit = Copy-ThroughClixml $untreated | Invoke-SparseSCFit @options
            $fit.ModelType | Should -Be 'Full'
            Test-SameFit $fit ($untreated | Invoke-SparseSCFit @options) | Should -BeTrue
        }

        It 'keeps predictions of other targets when a fit is saved' {
            $matrix = [double[, ]]::new(39, 2)
            for ($unit = 0; $unit -lt 39; $unit++) { $matrix[$unit, 0] = $unit; $matrix[$unit, 1] = $unit * $unit }
            $fit = $panel | Invoke-SparseSCFit -Fast -AuxiliaryTarget $matrix
            $fit.AuxiliaryPredictions.Length | Should -Be 78
            $path = Join-Path $TestDrive 'saved.json'
            Copy-ThroughClixml $fit | Export-SparseSCFit -Path $path
            $read = Import-SparseSCFit $path
            @($read.AuxiliaryPredictions) | Should -Be @($fit.AuxiliaryPredictions)
        }
    }

    Context 'Matrices in every form' {
        It 'takes <form>' -ForEach @(
            @{ form = 'double[][]'; make = { param($m) , [double[][]]@(for ($i = 0; $i -lt $m.GetLength(0); $i++) { , [double[]]@(for ($j = 0; $j -lt $m.GetLength(1); $j++) { $m[$i, $j] }) }) } }
            @{ form = 'objects'; make = { param($m) for ($i = 0; $i -lt $m.GetLength(0); $i++) { $o = [ordered]@{}; for ($j = 0; $j -lt $m.GetLength(1); $j++) { $o["c$j"] = $m[$i, $j] }; [pscustomobject]$o } } }
            @{ form = 'hashtables'; make = { param($m) for ($i = 0; $i -lt $m.GetLength(0); $i++) { $o = [ordered]@{}; for ($j = 0; $j -lt $m.GetLength(1); $j++) { $o["c$j"] = $m[$i, $j] }; $o } } }
            @{ form = 'a DataTable'; make = { param($m)
                    $t = [Data.DataTable]::new(); for ($j = 0; $j -lt $m.GetLength(1); $j++) { $null = $t.Columns.Add("c$j", [double]) }
                    for ($i = 0; $i -lt $m.GetLength(0); $i++) { $null = $t.Rows.Add([object[]]@(for ($j = 0; $j -lt $m.GetLength(1); $j++) { $m[$i, $j] })) }
                    , $t } }
            @{ form = 'a CSV file'; make = { param($m)
                    $path = Join-Path $TestDrive "$([guid]::NewGuid()).csv"
                    $lines = for ($i = 0; $i -lt $m.GetLength(0); $i++) { @(for ($j = 0; $j -lt $m.GetLength(1); $j++) { $m[$i, $j].ToString('R', [cultureinfo]::InvariantCulture) }) -join ',' }
                    Set-Content $path $lines; $path } }
            @{ form = 'an object with ToArray, as MathNet has'; make = { param($m)
                    if (-not ('Test.Matrix' -as [type])) { Add-Type 'namespace Test { public class Matrix(double[,] v) { public double[,] ToArray() => (double[,])v.Clone(); } }' }
                    [Test.Matrix]::new($m) } }
        ) {
            $x = & $make $features
            $y = & $make $targets
            Test-SameFit (Invoke-SparseSCFit -Feature $x -Target $y @small) $expected FeatureNames, TargetNames, Balance | Should -BeTrue
        }

        It 'takes a matrix of MathNet itself' {
            Add-Type -Path (Join-Path $env:SPARSESC_TEST_FILES assemblies MathNet.Numerics.dll)
            $x = [MathNet.Numerics.LinearAlgebra.Double.DenseMatrix]::OfArray($features)
            $y = [MathNet.Numerics.LinearAlgebra.Double.DenseMatrix]::OfArray($targets)
            Test-SameFit (Invoke-SparseSCFit -Feature $x -Target $y @small) $expected | Should -BeTrue
        }

        It 'finds treated units by name when a column of text names the rows' {
            $rows = for ($i = 0; $i -lt 12; $i++) { [pscustomobject]@{ name = "unit $i"; a = $features[$i, 0]; b = $features[$i, 1]; c = $features[$i, 2] } }
            $options = $small.Clone()
            $options.TreatedUnit = 'unit 0', 'unit 5'
            $fit = Invoke-SparseSCFit -Feature $rows -Target $targets @options
            Test-SameFit $fit $expected UnitNames, FeatureNames, Balance | Should -BeTrue
            $fit.UnitNames[5] | Should -Be 'unit 5'
            $fit.FeatureNames | Should -Be 'a', 'b', 'c'
        }

        It 'reads a path relative to the session''s location' {
            Push-Location $TestDrive
            try {
                Set-Content x.csv @(for ($i = 0; $i -lt 12; $i++) { (0..2 | ForEach-Object { $features[$i, $_].ToString('R', [cultureinfo]::InvariantCulture) }) -join ',' })
                Test-SameFit (Invoke-SparseSCFit -Feature ./x.csv -Target $targets @small) $expected | Should -BeTrue
            }
            finally { Pop-Location }
        }
    }

    Context 'Options' {
        It 'is a full model without treated units' {
            (Invoke-SparseSCFit -Feature $features -Target $targets -VPen 0.1 -WPen 1).ModelType | Should -Be 'Full'
        }

        It 'takes penalties, their other names, and the command line''s spelling of a model type' {
            $fit = Invoke-SparseSCFit -Feature $features -Target $targets -TreatedUnit 0, 5 -VPenalty 0.01 -WPenalty 1 -ModelType prospective-restricted -GradientFolds None -CvFolds 2
            $fit.VPen, $fit.WPen, $fit.ModelType | Should -Be 0.01, 1, 'ProspectiveRestricted'
        }

        It 'takes folds as objects, as pairs and as a file alike' {
            $folds = @{ Train = 0..4; Test = 5..9 }, @{ Train = 5..9; Test = 0..4 }
            $pairs = , ((0..4), (5..9)) + , ((5..9), (0..4))
            $file = Join-Path $TestDrive folds.json
            Set-Content $file (ConvertTo-Json $pairs -Compress -Depth 5)
            $options = $small.Clone()
            $fits = foreach ($form in $folds, $pairs, $file) {
                $options.CvFolds = $form
                Invoke-SparseSCFit -Feature $features -Target $targets @options
            }

            $fits[0].Folds.Count | Should -Be 2
            Test-SameFit $fits[0] $fits[1] | Should -BeTrue
            Test-SameFit $fits[0] $fits[2] | Should -BeTrue
        }

        It 'takes a donor pool' {
            $pool = [int[,]]::new(12, 10)
            for ($i = 0; $i -lt 12; $i++) { for ($j = 2; $j -lt 10; $j++) { $pool[$i, $j] = 1 } }
            $fit = Invoke-SparseSCFit -Feature $features -Target $targets -DonorPool $pool @small
            $fit.Weights[0, 0], $fit.Weights[0, 1] | Should -Be 0, 0
            $fit.Weights[0, 5] | Should -Not -Be 0
        }

        It 'leaves the weights out when told' {
            $fit = $panel | Invoke-SparseSCFit -StoppingRule 1 -GridLength 2 -NoWeights
            $fit.Weights | Should -BeNullOrEmpty
            $fit.Predictions.Length | Should -Be (39 * 12)
        }

        It 'gives the same bits for any number of threads' {
            $options = @{ StoppingRule = 1; GridLength = 4 }
            Test-SameFit ($panel | Invoke-SparseSCFit -ThrottleLimit 1 @options) ($panel | Invoke-SparseSCFit -MaxDegreeOfParallelism 4 @options) | Should -BeTrue
        }

        It 'calls script blocks on the pipeline thread, with the scores as argument and as $_' {
            $thread = [Environment]::CurrentManagedThreadId
            $seen = @{}
            $fit = $panel | Invoke-SparseSCFit -GridLength 4 -Choice {
                param($scores)
                $seen.thread = [Environment]::CurrentManagedThreadId
                $seen.same = $_.Count -eq $scores.Count
                2
            } -StoppingRule { param($current, $previous, $number) $seen.number = $number; $number -eq 2 }
            $seen.thread, $seen.same, $seen.number | Should -Be $thread, $true, 2
            $fit.Iterations.Count | Should -Be 3
            $fit.Iterations.SelectedIndex | Should -Be 2, 2, 2
        }

        It 'shows progress at most four times a second, with the time left' {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell = [powershell]::Create()
            $null = $shell.AddScript("Import-Module '$ModulePath'; `$input | Invoke-SparseSCFit -GridLength 40 -StoppingRule 3")
            $null = $shell.Invoke(@(, $panel))
            $records = $shell.Streams.Progress | Where-Object Activity -EQ 'Fitting synthetic controls'
            $updates = @($records | Where-Object RecordType -EQ Processing)
            $updates.Count | Should -BeGreaterThan 0
            $updates.Count | Should -BeLessOrEqual (1 + 4 * $watch.Elapsed.TotalSeconds)
            @($records | Where-Object RecordType -EQ Completed).Count | Should -Be 1
            $updates[-1].StatusDescription | Should -Match '\d+ of \d+'
        }
    }

    Context 'The fast fit' {
        It 'matches on what the lasso keeps, and says so' {
            $fit = $panel | Invoke-SparseSCFit -Fast
            $fit.IsFast, $fit.MatchSpace, $fit.ModelType | Should -Be $true, 'Lasso', 'Retrospective'
            $fit.Iterations.VPen.Count, $fit.Folds.Count | Should -Be 100, 5
            $fit.VPen | Should -Be $fit.Iterations[0].VPen[$fit.SelectedIndex]
            @($fit.V -gt 0).Count | Should -BeGreaterThan 0
            @($fit.V -gt 0).Count | Should -BeLessThan 19
            $text = $fit | Out-String -Width 200
            $text | Should -Match 'MainDonors\s+: \d+ of 38: '
            $text | Should -Match 'Score\s+: \S+\r?\n'
        }

        It 'gives the same bits for any number of threads' {
            Test-SameFit ($panel | Invoke-SparseSCFit -Fast -ThrottleLimit 1) ($panel | Invoke-SparseSCFit -Fast -ThrottleLimit 4) | Should -BeTrue
        }

        It 'takes weights and penalties as given' {
            $fit = Invoke-SparseSCFit -Feature $features -Target $targets -TreatedUnit 0, 5 -Fast -V 1, 0, 2 -WPens 3 -NoWeights
            $fit.V | Should -Be 1, 0, 2
            $fit.WPen, $fit.MatchSpace | Should -Be 3, 'Fixed'
            $fit.Weights | Should -BeNullOrEmpty
            (Invoke-SparseSCFit -Feature $features -Target $targets -TreatedUnit 0, 5 -Fast -VPens 0.001).VPen | Should -Be 0.001
        }

        It 'takes the command line''s spelling of a match space' {
            ($panel | Invoke-SparseSCFit -Fast -MatchSpace d-lasso -TreatmentShare 0.7 -LassoSolver active-set).MatchSpace | Should -Be 'DLasso'
        }

        It 'predicts other targets with the same weights' {
            $double = [double[,]]::new(12, 1)
            for ($i = 0; $i -lt 12; $i++) { $double[$i, 0] = 2 * $targets[$i, 0] }
            $fit = Invoke-SparseSCFit -Feature $features -Target $targets -TreatedUnit 0, 5 -Fast -V 1, 1, 1 -AuxiliaryTarget $double
            $fit.AuxiliaryPredictions[3, 0] | Should -BeGreaterThan (2 * $fit.Predictions[3, 0] - 1e-9)
            $fit.AuxiliaryPredictions[3, 0] | Should -BeLessThan (2 * $fit.Predictions[3, 0] + 1e-9)
        }

        It 'lends its features to the joint fit' {
            $kept = ($panel | Invoke-SparseSCFit -Fast).V
            $fit = $panel | Invoke-SparseSCFit -MatchSpace Lasso -StoppingRule 1 -GridLength 3
            $fit.IsFast, $fit.V.Count | Should -Be $false, 19
            for ($k = 0; $k -lt 19; $k++) { if ($kept[$k] -eq 0) { $fit.V[$k] | Should -Be 0 } }
        }
    }

    Context 'What is wrong is said by id and in words' {
        It '<id>' -ForEach @(
            @{ id = 'UnitOutOfRange'; words = '-TreatedUnit 12: the 12 rows are numbered from 0 to 11'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -TreatedUnit 12 } }
            @{ id = 'UnknownUnit'; words = "-TreatedUnit 'Ohio' is no row of the data"; run = { Invoke-SparseSCFit -Feature $features -Target $targets -TreatedUnit Ohio } }
            @{ id = 'MatrixRagged'; words = '-Feature: row 1 does not have 2 numbers'; run = { Invoke-SparseSCFit -Feature @((1, 2), (1, 2, 3)) -Target $targets } }
            @{ id = 'NotANumber'; words = "-Feature: row 1, column 'a' is 'x'"; run = { Invoke-SparseSCFit -Feature ([pscustomobject]@{ a = 1 }, [pscustomobject]@{ a = 'x' }) -Target $targets } }
            @{ id = 'NotAMatrix'; words = '-Target is Version, which holds no matrix'; run = { Invoke-SparseSCFit -Feature $features -Target ([version]'1.0') } }
            @{ id = 'FileNotFound'; words = 'nowhere.csv'; run = { Invoke-SparseSCFit -Feature ./nowhere.csv -Target $targets } }
            @{ id = 'UnknownChoice'; words = "-Choice 'best' is unknown"; run = { Invoke-SparseSCFit -Feature $features -Target $targets -Choice best } }
            @{ id = 'ChoiceNotAnIndex'; words = "The script block of -Choice returned 'x'"; run = { Invoke-SparseSCFit -Feature $features -Target $targets @small -Choice { 'x' } } }
            @{ id = 'CallbackFailed'; words = 'The script block of -StoppingRule failed: oh'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -TreatedUnit 0 -GridLength 2 -CvFolds 2 -GradientFolds 2 -StoppingRule { throw 'oh' } } }
            @{ id = 'FoldsMalformed'; words = '-CvFolds: fold 0 has no test rows'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -CvFolds @(@{ Train = 1, 2 }) } }
            @{ id = 'FoldCountTooSmall'; words = '-CvFolds must be a number of folds or a file of folds; None is only for -GradientFolds'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -CvFolds None } }
            @{ id = 'NoTreatedUnits'; words = '-ModelType ProspectiveRestricted needs -TreatedUnit'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -ModelType prospective-restricted } }
            @{ id = 'OptionNotUsed'; words = '-VPen belongs to the joint fit and cannot be given with -Fast. The fast fit takes -VPens'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -Fast -VPen 1 } }
            @{ id = 'OptionNotUsed'; words = '-Tolerance belongs to the joint fit'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -Fast -Tol 1 } }
            @{ id = 'OptionNotUsed'; words = '-LassoTolerance belongs to a match space. Give -Fast or -MatchSpace as well'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -LassoTol 1 } }
            @{ id = 'OptionNotUsed'; words = '-Force replaces the plan in -BatchDirectory'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -Force } }
            @{ id = 'OptionNotUsed'; words = '-BatchDirectory belongs to the joint fit'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -Fast -BatchDirectory x } }
            @{ id = 'OptionNotUsed'; words = '-Seed draws the units of -SampleFraction'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -Fast -Seed 3 } }
            @{ id = 'OptionNotUsed'; words = '-VPens is not used by -MatchSpace Fixed'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -Fast -V 1, 1, 1 -VPens 1 } }
            @{ id = 'DataMissing'; words = 'Pipe a panel in or give -Panel; or give both -Feature and -Target'; run = { Invoke-SparseSCFit -Feature $features } }
            @{ id = 'DataFormsMixed'; words = '-Feature belongs to matrices and cannot be given with -Panel'; run = { Invoke-SparseSCFit $panel -Feature $features } }
            @{ id = 'FeatureCountMismatch'; words = '-V has 2 weights; there are 3 features'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -Fast -V 1, 2 } }
            @{ id = 'TooFewUnitsForFolds'; words = '-LassoFolds 11 needs at least as many control units; there are 10'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -TreatedUnit 0, 5 -Fast -LassoFolds 11 } }
            @{ id = 'MatchSpaceNotPlanned'; words = 'A plan cannot choose features by -MatchSpace first'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -MatchSpace Lasso -BatchDirectory (Join-Path $TestDrive no) } }
            @{ id = 'DonorPoolValue'; words = '-DonorPool: row 0, column 1 is neither 0 nor 1'; run = { Invoke-SparseSCFit -Feature $features -Target $targets -DonorPool $features } }
        ) {
            $fault = { & $run } | Should -Throw -PassThru
            $fault.FullyQualifiedErrorId | Should -Be "$id,SparseSC.PowerShell.Commands.InvokeSparseSCFitCommand"
            "$fault" | Should -BeLike "*$words*"
        }

        It 'names the parameter and the count when there are more folds than controls' {
            { $panel | Invoke-SparseSCFit -CvFolds 50 -ErrorAction Stop } | Should -Throw '*-CvFolds 50 needs at least 50 control units; there are 38*'
        }

        It 'goes on with the next panel after an error' {
            $untreated = Import-Csv $Smoking | ConvertTo-SparseSCPanel state year cigsale
            $fits = @($untreated, $panel) | Invoke-SparseSCFit -StoppingRule 1 -GridLength 2 -ErrorVariable faults -ErrorAction SilentlyContinue
            @($fits).Count, $faults.Count | Should -Be 1, 1
            $faults[0].FullyQualifiedErrorId | Should -BeLike 'NoTreatedUnit,*'
            $faults[0].TargetObject | Should -Be $untreated
        }
    }

    Context 'A plan' {
        It 'is written and passed on instead of a fit' {
            $plan = New-SmallPlan
            $plan.GetType().FullName | Should -Be 'SparseSC.Batch.Plan.BatchPlan'
            $plan.Tasks, $plan.Folds, $plan.Penalties | Should -Be 12, 3, 4
            $plan.Directory | Should -Be (Join-Path $TestDrive small)
            $plan.PlanFile | Should -Exist
        }

        It 'is not written with -WhatIf' {
            $panel | Invoke-SparseSCFit -BatchDirectory (Join-Path $TestDrive none) -WhatIf | Should -BeNullOrEmpty
            Join-Path $TestDrive none | Should -Not -Exist
        }

        It 'is replaced only with -Force' {
            $first = New-SmallPlan taken
            { $panel | Invoke-SparseSCFit -BatchDirectory $first.Directory -GridLength 2 -ErrorAction Stop } | Should -Throw -ErrorId 'BatchDirectoryInUse,*'
            $second = $panel | Invoke-SparseSCFit -BatchDirectory $first.Directory -Force -GridLength 2
            $second.Penalties | Should -Be 2
            $second.Hash | Should -Not -Be $first.Hash
        }

        It 'is taken up with its results when it is the same, with and without -Force' -ForEach @(@{ force = $false }, @{ force = $true }) {
            $name = "again$force"
            $null = New-SmallPlan $name | Start-SparseSCBatchJob | Wait-SparseSCBatchJob
            $said = New-SmallPlan $name @{ Force = $force; Verbose = $true } 4>&1
            $plan = $said | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }
            "$said" | Should -BeLike '*is in * already, with 12 of 12 results; it was taken up*'
            $plan.WasThere | Should -BeTrue
            ($plan | Receive-SparseSCResults).IsComplete | Should -BeTrue
        }

        It 'warns about the simplex' {
            $plan = $panel | Invoke-SparseSCFit -BatchDirectory (Join-Path $TestDrive simplex) -StoppingRule 1 -Constraint Simplex -WarningVariable warnings -WarningAction SilentlyContinue
            "$warnings" | Should -Match 'use -Constraint Orthant unless'
            $plan.Warnings | Should -Be "$warnings"
        }
    }

    Context 'Ctrl-C' {
        It 'stops a fit at once and awaits it' {
            $random = [random]::new(2)
            $x = [double[,]]::new(600, 60)
            for ($i = 0; $i -lt 600; $i++) { for ($j = 0; $j -lt 60; $j++) { $x[$i, $j] = $random.NextDouble() } }
            $run = Start-InRunspace 'param($x) Invoke-SparseSCFit -Feature $x -Target $x -TreatedUnit 0 -GridLength 20000' @{ x = $x }
            Wait-Until { $run.Shell.Streams.Progress.Count -gt 0 }
            $run.Shell.Stop()
            $run.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
    }

    Context 'Views' {
        It 'tells what matters of a fit, also after it was saved and read again' {
            $fit = $panel | Invoke-SparseSCFit -StoppingRule 1
            $text = $fit | Out-String -Width 200
            foreach ($line in 'ModelType\s+: Retrospective', 'Units\s+: 38 donors, 1 treated \(California\)', 'Penalties\s+: v \S+, w \S+', 'Score\s+: \S+ ± \S+', 'ScoreR2\s+: 0\.\d+', 'FeaturesKept : \d+ of 19: \d{4} \(', 'MainDonors\s+: \d+ of 38: ', 'AverageGap\s+: -\d', 'TimeTaken\s+: \S+ s') {
                $text | Should -Match $line
            }

            Copy-ThroughClixml $fit | Out-String -Width 200 | Should -Be $text
            $fit | ConvertTo-Json -Depth 5 -Compress | ConvertFrom-Json | ForEach-Object Score | Should -Be $fit.Score
        }

        It 'lists a plan in a table' {
            (New-SmallPlan view | Out-String -Width 200) | Should -Match '12\s+3\s+4\s+v\s+Retrospective\s+.*view'
        }
    }
}

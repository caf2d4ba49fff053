BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Merge-SparseSCResults' {
    BeforeAll {
        $plan = New-SmallPlan merged
        $job = $plan | Start-SparseSCBatchJob -JobId merged | Wait-SparseSCBatchJob
        $expected = Get-Smoking | Invoke-SparseSCFit -StoppingRule 1 -Constraint Orthant -GridLength 4 -CvFolds 3
    }

    It 'takes <form>, and gives the fit to the last bit' -ForEach @(
        @{ form = 'a plan'; make = { $plan } }
        @{ form = 'a plan saved and read again'; make = { Copy-ThroughClixml $plan } }
        @{ form = 'a job'; make = { $job } }
        @{ form = 'a job saved and read again'; make = { Copy-ThroughClixml $job } }
        @{ form = 'results'; make = { $job | Receive-SparseSCResults } }
        @{ form = 'results saved and read again'; make = { Copy-ThroughClixml ($job | Receive-SparseSCResults) } }
        @{ form = 'a path'; make = { $plan.Directory } }
    ) {
        Test-SameFit (& $make | Merge-SparseSCResults) $expected | Should -BeTrue
        Test-SameFit (Merge-SparseSCResults (& $make)) $expected | Should -BeTrue
    }

    It 'is called by its singular too' {
        (Merge-SparseSCResult $plan).Score | Should -Be $expected.Score
    }

    It 'chooses otherwise when told: <choice>' -ForEach @(
        @{ choice = 'Min' }
        @{ choice = '1se' }
        @{ choice = { 1 } }
    ) {
        $fit = Merge-SparseSCResults $plan -Choice $choice
        $other = Get-Smoking | Invoke-SparseSCFit -StoppingRule 1 -Constraint Orthant -GridLength 4 -CvFolds 3 -Choice $choice
        $fit.SelectedIndex | Should -Be $other.SelectedIndex
        Test-SameFit $fit $other | Should -BeTrue
    }

    It 'leaves the weights out when told' {
        (Merge-SparseSCResults $plan -NoWeights).Weights | Should -BeNullOrEmpty
    }

    It 'keeps to the plan about the weights when not told' {
        $without = New-SmallPlan noweights @{ NoWeights = $true }
        $null = $without | Start-SparseSCBatchJob | Wait-SparseSCBatchJob
        (Merge-SparseSCResults $without).Weights | Should -BeNullOrEmpty
    }

    It 'says which results are missing and how to get them' {
        $partial = New-SmallPlan partial
        $null = $partial | Start-SparseSCBatchJob | Wait-SparseSCBatchJob
        Get-ChildItem (Join-Path $partial.Directory results) -Filter *.json | Sort-Object Name | Select-Object -Index 5, 6, 7 | Remove-Item
        $fault = { Merge-SparseSCResults $partial } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -Be 'ResultsMissing,SparseSC.PowerShell.Commands.MergeSparseSCResultsCommand'
        "$fault" | Should -Be '3 of 12 results are missing (fold 1 at penalties 1-3). Run Start-SparseSCBatchJob again to compute only these, or use -AllowPartial.'
        $partial | Start-SparseSCBatchJob | Wait-SparseSCBatchJob | Merge-SparseSCResults | ForEach-Object Score | Should -Be $expected.Score
    }

    It 'leaves out whole penalties that lack a fold when a partial set is allowed, and says so' {
        $partial = New-SmallPlan allowed
        $null = $partial | Start-SparseSCBatchJob | Wait-SparseSCBatchJob
        Get-ChildItem (Join-Path $partial.Directory results) -Filter *.json | Sort-Object Name | Select-Object -Index 5 | Remove-Item
        $fit = Merge-SparseSCResults $partial -AllowPartial -WarningVariable warnings -WarningAction SilentlyContinue
        $fit.Scores | Should -Be $expected.Scores[0, 2, 3]
        "$($warnings[-1])", "$($warnings[0])" | Should -Contain '1 of 12 results are missing (fold 1 at penalty 1): penalty 1 of 4 was left out of the choice.'
    }

    It 'says why tasks failed when it is the last of a pipeline' {
        New-FailingPlan cause | Start-SparseSCBatchJob | Wait-SparseSCBatchJob -WarningAction Ignore | Receive-SparseSCResults -WarningAction Ignore |
            Merge-SparseSCResults -ErrorVariable faults -ErrorAction SilentlyContinue
        "$($faults[-1])" | Should -BeLike '12 of 12 results are missing (folds 0-2 at all penalties). 12 failed; task 0: *did not converge*'
    }

    It 'goes on with the next after an error' {
        $fits = (Join-Path $TestDrive nothing), $plan.Directory | Merge-SparseSCResults -ErrorVariable faults -ErrorAction SilentlyContinue
        @($fits).Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'PlanNotFound,*'
    }

    It 'Ctrl-C while a script block chooses ends the merge' {
        $run = Start-InRunspace 'param($p) Merge-SparseSCResults $p -Choice { Write-Verbose waiting -Verbose; Start-Sleep 600; Write-Verbose over -Verbose; 0 }' @{ p = $plan.Directory }
        Wait-Until { $run.Shell.Streams.Verbose.Count -gt 0 }
        $run.Shell.Stop()
        $run.Shell.Streams.Verbose.Message | Should -Be 'waiting'
        $run.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
    }
}

BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Receive-SparseSCResults' {
    BeforeAll {
        $plan = New-SmallPlan received
        $job = $plan | Start-SparseSCBatchJob -JobId received | Wait-SparseSCBatchJob
    }

    It 'takes <form>' -ForEach @(
        @{ form = 'a job'; make = { $job } }
        @{ form = 'a job saved and read again'; make = { Copy-ThroughClixml $job } }
        @{ form = 'an id'; make = { 'received' } }
    ) {
        $results = & $make | Receive-SparseSCResults
        $results.GetType().FullName | Should -Be 'SparseSC.Batch.Jobs.BatchResults'
        $results.JobId, $results.Done, $results.Tasks, $results.IsComplete | Should -Be 'received', 12, 12, $true
        $results.BatchDirectory, $results.PlanHash | Should -Be $plan.Directory, $plan.Hash
        $results.Message | Should -BeNullOrEmpty
    }

    It 'looks at a batch directory by itself: a path, a plan, a plan saved and read again' {
        (Receive-SparseSCResults -BatchDirectory $plan.Directory).Done | Should -Be 12
        ($plan | Receive-SparseSCResults).Done | Should -Be 12
        (Copy-ThroughClixml $plan | Receive-SparseSCResults).Done | Should -Be 12
    }

    It 'is called by its singular too' {
        (Receive-SparseSCResult received).Done | Should -Be 12
    }

    It 'receives into another batch directory of the same plan' {
        $copy = New-SmallPlan copy
        $results = $job | Receive-SparseSCResults -BatchDirectory $copy.Directory
        $results.BatchDirectory, $results.Done | Should -Be $copy.Directory, 12
        @(Get-ChildItem (Join-Path $copy.Directory results) -Filter *.json).Count | Should -Be 12
    }

    It 'refuses a batch directory of another plan' {
        $other = New-SmallPlan other @{ GridMax = 0.5 }
        { $job | Receive-SparseSCResults -BatchDirectory $other.Directory -ErrorAction Stop } | Should -Throw -ErrorId 'PlanMismatch,*'
    }

    It 'says what is missing and which file was refused, and passes on what is there' {
        $damaged = New-SmallPlan damaged
        $null = $damaged | Start-SparseSCBatchJob -JobId damaged | Wait-SparseSCBatchJob
        $files = Get-ChildItem (Join-Path $damaged.Directory results) -Filter *.json | Sort-Object Name
        Remove-Item $files[1]
        Set-Content $files[2] '{'
        $results = Receive-SparseSCResults damaged -WarningVariable warnings -WarningAction SilentlyContinue
        $results.Done, $results.IsComplete | Should -Be 10, $false
        $results.Missing | Should -Be 1, 2
        $results.Invalid[0].File | Should -Be $files[2].FullName
        "$warnings" | Should -BeLike "2 of 12 results are missing (fold 0 at penalties 1-2).*$($files[2].Name)*Start-SparseSCBatchJob computes only what is missing."
    }

    It 'says why tasks failed' {
        $null = New-FailingPlan | Start-SparseSCBatchJob -JobId failing | Wait-SparseSCBatchJob -WarningAction SilentlyContinue
        $results = Receive-SparseSCResults failing -WarningAction SilentlyContinue
        $results.Failed.Count | Should -Be 12
        $results.Failed[0].ErrorId | Should -Be 'SearchDidNotConverge'
        $results.Failed[0].Message | Should -BeLike '*-MaxIter*'
    }

    It 'asks for something to receive' {
        { Receive-SparseSCResults } | Should -Throw -ErrorId 'NothingToReceive,SparseSC.PowerShell.Commands.ReceiveSparseSCResultsCommand'
    }

    It 'reports an unknown job by id' {
        { Receive-SparseSCResults nobody } | Should -Throw -ErrorId 'JobNotFound,SparseSC.PowerShell.Commands.ReceiveSparseSCResultsCommand'
    }

    It 'is shown in a table' {
        Receive-SparseSCResults received | Out-String -Width 200 | Should -Match '12\s+12\s+0\s+0\s+0\s+.*received'
    }

    It 'receives and merges in PowerShell jobs' {
        $job = New-SmallPlan inJobs | Start-SparseSCBatchJob | Wait-SparseSCBatchJob
        $received = $job | Receive-SparseSCResults -AsJob | Receive-Job -Wait -AutoRemoveJob
        ($received.IsComplete, $received.JobId) | Should -Be ($true, $job.Id)
        $merged = $received | Merge-SparseSCResults -AsJob -Choice Min | Receive-Job -Wait -AutoRemoveJob
        $merged.Score | Should -Be ($received | Merge-SparseSCResults -Choice Min).Score
        { $received | Merge-SparseSCResults -AsJob -Choice { 0 } } | Should -Throw -ErrorId 'ChoiceScriptAsJob,*'
        (Receive-SparseSCResults nobody -AsJob | Wait-Job).State | Should -Be 'Failed'
    }
}

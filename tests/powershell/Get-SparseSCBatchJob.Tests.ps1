BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Get-SparseSCBatchJob' {
    BeforeAll {
        $done = New-SmallPlan done | Start-SparseSCBatchJob -JobId alpha-1 | Wait-SparseSCBatchJob
        $failed = New-FailingPlan | Start-SparseSCBatchJob -JobId beta-1 | Wait-SparseSCBatchJob -WarningAction SilentlyContinue
    }

    It 'lists every job, the newest first' {
        (Get-SparseSCBatchJob).Id | Should -Be 'beta-1', 'alpha-1'
    }

    It 'lists nothing where there is nothing' {
        Get-SparseSCBatchJob -Config (New-SparseSCBatchConfig -Local -JobDirectory (Join-Path $TestDrive void)) | Should -BeNullOrEmpty
        Join-Path $TestDrive void | Should -Not -Exist
    }

    It 'finds jobs by id, by wildcard and by state' {
        (Get-SparseSCBatchJob alpha-1).Id | Should -Be 'alpha-1'
        (Get-SparseSCBatchJob ALPHA*).Id | Should -Be 'alpha-1'
        (Get-SparseSCBatchJob -State Failed, Running).Id | Should -Be 'beta-1'
        (Get-SparseSCBatchJob alpha-1, beta-1).Count | Should -Be 2
    }

    It 'looks again at <form>' -ForEach @(
        @{ form = 'a job'; make = { $done } }
        @{ form = 'a job saved and read again'; make = { Copy-ThroughClixml $done } }
        @{ form = 'an id'; make = { 'alpha-1' } }
        @{ form = 'results'; make = { $done | Receive-SparseSCResults } }
        @{ form = 'an object with a JobId'; make = { [pscustomobject]@{ JobId = 'alpha-1' } } }
    ) {
        (& $make | Get-SparseSCBatchJob).Id | Should -Be 'alpha-1'
        (Get-SparseSCBatchJob (& $make)).Done | Should -Be 12
    }

    It 'brings the configuration along with a job' {
        $config = New-SparseSCBatchConfig -Local -JobDirectory (Join-Path $TestDrive apart)
        $job = New-SmallPlan apart | Start-SparseSCBatchJob -Config $config -JobId apart | Wait-SparseSCBatchJob
        (Get-SparseSCBatchJob $job).State | Should -Be 'Completed'
        (Copy-ThroughClixml $job | Get-SparseSCBatchJob).State | Should -Be 'Completed'
        { Get-SparseSCBatchJob apart -ErrorAction Stop } | Should -Throw -ErrorId 'JobNotFound,*'
    }

    It 'says what failed and why, in the cmdlets'' spelling' {
        $job = Get-SparseSCBatchJob beta-1
        $job.State, $job.Failed, $job.Left | Should -Be 'Failed', 12, 12
        $job.Message | Should -BeLike '12 of 12 tasks failed; task 0: *did not converge*-MaxIter*'
    }

    It 'reports an unknown job by id and goes on with the others' {
        $jobs = 'nobody', 'alpha-1' | Get-SparseSCBatchJob -ErrorVariable faults -ErrorAction SilentlyContinue
        $jobs.Id | Should -Be 'alpha-1'
        $faults[0].FullyQualifiedErrorId | Should -Be 'JobNotFound,SparseSC.PowerShell.Commands.GetSparseSCBatchJobCommand'
        $faults[0].CategoryInfo.Category, $faults[0].TargetObject | Should -Be 'ObjectNotFound', 'nobody'
    }

    It 'says that the batch directory is gone' {
        $job = New-SmallPlan gone | Start-SparseSCBatchJob -JobId gone | Wait-SparseSCBatchJob
        Remove-Item $job.BatchDirectory -Recurse
        $seen = Get-SparseSCBatchJob gone
        $seen.State | Should -Be 'Failed'
        $seen.Message | Should -BeLike '*does not exist*'
        Remove-SparseSCBatchJob gone
    }

    It 'is seen from another session' {
        $id = Invoke-PowerShell -Command "Import-Module '$ModulePath'; (Get-SparseSCBatchJob -State Completed).Id"
        $id | Should -Contain 'alpha-1'
    }

    It 'is shown in a table' {
        Get-SparseSCBatchJob beta-1 | Out-String -Width 120 | Should -Match 'beta-1\s+Failed\s+0\s+12\s+12\s+-\s+\d\d-\d\d \d\d:\d\d'
    }
}

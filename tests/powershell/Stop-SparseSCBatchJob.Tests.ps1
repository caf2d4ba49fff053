BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Stop-SparseSCBatchJob' {
    BeforeAll { $plan = New-EndlessPlan stopped }

    AfterAll { Get-SparseSCBatchJob -State Running | Stop-SparseSCBatchJob }

    It 'stops <form>, keeps the results and leaves no worker' -ForEach @(
        @{ form = 'a job'; make = { param($job) $job } }
        @{ form = 'a job saved and read again'; make = { param($job) Copy-ThroughClixml $job } }
        @{ form = 'an id'; make = { param($job) $job.Id } }
        @{ form = 'an object with a JobId'; make = { param($job) [pscustomobject]@{ JobId = $job.Id } } }
    ) {
        $job = $plan | Start-SparseSCBatchJob
        $before = $job.Done
        Wait-Until { (Get-SparseSCBatchJob $job.Id).Done -gt $before }
        & $make $job | Stop-SparseSCBatchJob -ErrorAction Stop | Should -BeNullOrEmpty
        Get-LiveWorker $job.Id | Should -BeNullOrEmpty
        $seen = Get-SparseSCBatchJob $job.Id
        $seen.State | Should -Be 'Stopped'
        $seen.Done | Should -BeGreaterThan $before
        $seen.Message | Should -BeLike '*Start the job again to compute only these*'
    }

    It 'stops a detached job, and passes it on when told' {
        $job = $plan | Start-SparseSCBatchJob -Detach
        (Stop-SparseSCBatchJob $job -PassThru).State | Should -Be 'Stopped'
        Get-LiveWorker $job.Id | Should -BeNullOrEmpty
    }

    It 'takes wildcards' {
        $null = $plan | Start-SparseSCBatchJob -JobId wild-1
        (Stop-SparseSCBatchJob 'wild-*' -PassThru).Id | Should -Be 'wild-1'
        (Get-SparseSCBatchJob wild-1).State | Should -Be 'Stopped'
        Stop-SparseSCBatchJob 'nothing-*' -PassThru | Should -BeNullOrEmpty
        Remove-SparseSCBatchJob 'wild-*' -WhatIf
        (Get-SparseSCBatchJob 'wild-*').Id | Should -Be 'wild-1'
        Remove-SparseSCBatchJob 'wild-*'
        Get-SparseSCBatchJob 'wild-*' | Should -BeNullOrEmpty
    }

    It 'stops nothing with -WhatIf' {
        $job = $plan | Start-SparseSCBatchJob
        $job | Stop-SparseSCBatchJob -WhatIf
        Get-LiveWorker $job.Id | Should -Not -BeNullOrEmpty
        $job | Stop-SparseSCBatchJob
    }

    It 'leaves a finished job as it is' {
        $job = New-SmallPlan finished | Start-SparseSCBatchJob | Wait-SparseSCBatchJob
        ($job | Stop-SparseSCBatchJob -PassThru).State | Should -Be 'Completed'
    }

    It 'stops a job of another session' {
        $id = Invoke-PowerShell -Command "Import-Module '$ModulePath'; (Start-SparseSCBatchJob '$($plan.Directory)' -Detach).Id"
        Get-LiveWorker $id | Should -Not -BeNullOrEmpty
        Stop-SparseSCBatchJob $id
        Get-LiveWorker $id | Should -BeNullOrEmpty
    }

    It 'reports an unknown job by id and goes on' {
        $job = $plan | Start-SparseSCBatchJob
        'nobody', $job | Stop-SparseSCBatchJob -ErrorVariable faults -ErrorAction SilentlyContinue
        $faults[0].FullyQualifiedErrorId | Should -Be 'JobNotFound,SparseSC.PowerShell.Commands.StopSparseSCBatchJobCommand'
        (Get-SparseSCBatchJob $job).State | Should -Be 'Stopped'
    }
}

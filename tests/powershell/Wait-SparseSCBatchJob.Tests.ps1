BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Wait-SparseSCBatchJob' {
    AfterEach { Get-SparseSCBatchJob -State Running | Stop-SparseSCBatchJob }

    It 'passes on <form> when it is finished' -ForEach @(
        @{ form = 'a job'; make = { param($job) $job } }
        @{ form = 'a job saved and read again'; make = { param($job) Copy-ThroughClixml $job } }
        @{ form = 'an id'; make = { param($job) $job.Id } }
        @{ form = 'an object with a JobId'; make = { param($job) [pscustomobject]@{ JobId = $job.Id } } }
    ) {
        $job = New-SmallPlan ($form -replace '\W') | Start-SparseSCBatchJob
        $done = & $make $job | Wait-SparseSCBatchJob
        $done.Id, $done.State, $done.Done | Should -Be $job.Id, 'Completed', 12
        (Wait-SparseSCBatchJob (& $make $job)).State | Should -Be 'Completed'
    }

    It 'waits for several' {
        $jobs = (New-SmallPlan s1), (New-SmallPlan s2 @{ GridMax = 0.5 }) | Start-SparseSCBatchJob | Wait-SparseSCBatchJob
        $jobs.State | Should -Be 'Completed', 'Completed'
    }

    It 'waits for the first only, and the others go on' {
        $long = New-EndlessPlan others | Start-SparseSCBatchJob
        $short = New-SmallPlan first | Start-SparseSCBatchJob
        $done = @($long, $short | Wait-SparseSCBatchJob -Any -PollingInterval 0.1)
        $done.Id | Should -Be $short.Id
        (Get-SparseSCBatchJob $long.Id).State | Should -Be 'Running'
        Get-LiveWorker $long.Id | Should -Not -BeNullOrEmpty
    }

    It 'passes each on as soon as it is finished, and starts all before it waits' {
        $long = New-EndlessPlan slow
        $short = New-SmallPlan quick
        $run = Start-InRunspace 'param($p) $p | Start-SparseSCBatchJob | Wait-SparseSCBatchJob -PollingInterval 0.1' @{ p = $long, $short }
        Wait-Until { $run.Output.Count -gt 0 }
        $run.Output[0].BatchDirectory | Should -Be $short.Directory
        (Get-SparseSCBatchJob -State Running).BatchDirectory | Should -Be $long.Directory
        $run.Shell.Stop()
        $run.Output.Count | Should -Be 1
    }

    It 'waits in a PowerShell job' {
        $wait = New-SmallPlan asjob | Start-SparseSCBatchJob | Wait-SparseSCBatchJob -AsJob
        $wait | Should -BeOfType ([System.Management.Automation.Job])
        Get-Job -Id $wait.Id | Should -Be $wait
        (Wait-Job $wait).State | Should -Be 'Completed'
        $wait.Progress.Count | Should -BeGreaterThan 0
        $done = $wait | Receive-Job -Wait -AutoRemoveJob
        $done.State, $done.Done | Should -Be 'Completed', 12
        Get-Job -Id $wait.Id -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'a PowerShell job that is stopped stops a job of the session, as Ctrl-C does' {
        $job = New-EndlessPlan stopjob | Start-SparseSCBatchJob
        $wait = $job | Wait-SparseSCBatchJob -AsJob
        Stop-Job $wait
        $wait.State | Should -Be 'Stopped'
        (Get-SparseSCBatchJob $job.Id).State | Should -Be 'Stopped'
        Get-LiveWorker $job.Id | Should -BeNullOrEmpty
        Remove-Job $wait
    }

    It 'a PowerShell job fails with what went wrong' {
        $wait = Wait-SparseSCBatchJob nobody -AsJob
        (Wait-Job $wait).State | Should -Be 'Failed'
        Receive-Job $wait -ErrorVariable faults -ErrorAction SilentlyContinue
        "$($faults[0])" | Should -BeLike "*There is no job 'nobody'*"
        Remove-Job $wait
    }

    It 'throws nothing away because tasks failed' {
        $plan = New-FailingPlan
        $job = $plan | Start-SparseSCBatchJob | Wait-SparseSCBatchJob -WarningVariable warnings -WarningAction SilentlyContinue
        $job.State | Should -Be 'Failed'
        "$warnings" | Should -BeLike "*ended as Failed. 12 of 12 tasks failed; task 0:*"
    }

    It 'makes an error of a job that failed, after it was passed on, with -ErrorOnFailure' {
        $job = New-FailingPlan strict | Start-SparseSCBatchJob
        $done = $job | Wait-SparseSCBatchJob -ErrorOnFailure -ErrorVariable faults -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $done.State | Should -Be 'Failed'
        $faults[0].FullyQualifiedErrorId | Should -Be 'JobNotCompleted,SparseSC.PowerShell.Commands.WaitSparseSCBatchJobCommand'
        $faults[0].TargetObject.Id | Should -Be $job.Id
        "$($faults[0])" | Should -BeLike '*ended as Failed: 0 of 12 tasks are done, 12 failed.*did not converge*'
        { $job | Wait-SparseSCBatchJob -ErrorOnFailure -ErrorAction Stop -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'JobNotCompleted,*'
    }

    It 'makes no error of a job that is completed with -ErrorOnFailure' {
        $done = New-SmallPlan lenient | Start-SparseSCBatchJob | Wait-SparseSCBatchJob -ErrorOnFailure -ErrorVariable faults
        $done.State | Should -Be 'Completed'
        $faults | Should -BeNullOrEmpty
    }

    It 'takes wildcards' {
        $null = New-SmallPlan wild | Start-SparseSCBatchJob -JobId wild-1
        (Wait-SparseSCBatchJob 'wild-*').Id | Should -Be 'wild-1'
    }

    It 'gives up after a timeout in <form>, and the job goes on' -ForEach @(
        @{ form = 'seconds'; timeout = 0.5 }
        @{ form = 'a time span'; timeout = [timespan]::FromMilliseconds(500) }
        @{ form = 'text'; timeout = '0.5' }
    ) {
        $job = New-EndlessPlan "timeout$($form -replace '\W')" | Start-SparseSCBatchJob
        $seen = $job | Wait-SparseSCBatchJob -Timeout $timeout -PollingInterval 0.1 -WarningVariable warnings -WarningAction SilentlyContinue
        $seen.State | Should -Be 'Running'
        "$warnings" | Should -BeLike '*still running*'
        Get-LiveWorker $job.Id | Should -Not -BeNullOrEmpty
    }

    It 'shows how many tasks are done' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $run = Start-InRunspace 'param($p) Start-SparseSCBatchJob $p | Wait-SparseSCBatchJob -PollingInterval 0.1' @{ p = (New-EndlessPlan bar).Directory }
        function Get-Update { $run.Shell.Streams.Progress | Where-Object { $_.RecordType -eq 'Processing' -and $_.Activity -like 'Job *' } }
        Wait-Until { @(Get-Update | Where-Object SecondsRemaining -GE 0).Count -gt 3 }
        $run.Shell.Stop()
        $updates = @(Get-Update)
        # At most four a second, however long it took.
        $updates.Count | Should -BeLessOrEqual (2 + 4 * $watch.Elapsed.TotalSeconds)
        $updates[0].StatusDescription | Should -Be 'Looking at it'
        $updates[-1].StatusDescription | Should -Match '^\d+ of 400001 tasks done, \d+ running$'
        $updates[-1].SecondsRemaining | Should -BeGreaterOrEqual 0
    }

    It 'Ctrl-C stops a job of the session and leaves no worker' {
        $plan = New-EndlessPlan ctrlc
        $run = Start-InRunspace 'param($p) Start-SparseSCBatchJob $p -JobId ctrlc | Wait-SparseSCBatchJob' @{ p = $plan.Directory }
        Wait-Until { (Get-SparseSCBatchJob ctrlc -ErrorAction Ignore).Done -ge 1 }
        Get-LiveWorker ctrlc | Should -Not -BeNullOrEmpty
        $run.Shell.Stop()
        $run.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        Get-LiveWorker ctrlc | Should -BeNullOrEmpty
        (Get-SparseSCBatchJob ctrlc).State | Should -Be 'Stopped'
    }

    It 'Ctrl-C leaves a detached job running' {
        $plan = New-EndlessPlan ctrld
        $run = Start-InRunspace 'param($p) Start-SparseSCBatchJob $p -JobId ctrld -Detach | Wait-SparseSCBatchJob' @{ p = $plan.Directory }
        Wait-Until { (Get-SparseSCBatchJob ctrld -ErrorAction Ignore).Done -ge 1 }
        $run.Shell.Stop()
        Get-LiveWorker ctrld | Should -Not -BeNullOrEmpty
        (Get-SparseSCBatchJob ctrld).State | Should -Be 'Running'
    }

    It 'reports an unknown job by id' {
        Wait-SparseSCBatchJob nobody -ErrorVariable faults -ErrorAction SilentlyContinue
        $faults[0].FullyQualifiedErrorId | Should -Be 'JobNotFound,SparseSC.PowerShell.Commands.WaitSparseSCBatchJobCommand'
    }
}

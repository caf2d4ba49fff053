BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Get-SparseSCBatchTask' {
    BeforeAll {
        $plan = New-SmallPlan tasks
        $job = New-HalfFailedJob $plan tasks
    }

    It 'lists the tasks of <form>' -ForEach @(
        @{ form = 'a job'; make = { $job } }
        @{ form = 'a job saved and read again'; make = { Copy-ThroughClixml $job } }
        @{ form = 'an id'; make = { $job.Id } }
        @{ form = 'an object with a JobId'; make = { [pscustomobject]@{ JobId = $job.Id } } }
    ) {
        $tasks = & $make | Get-SparseSCBatchTask
        $tasks.Count | Should -Be 12
        $tasks.Id | Should -Be (0..11 | ForEach-Object { 'task-{0:d6}' -f $_ })
        $tasks[7].PlanTasks, "$($tasks[7].Folds)", "$($tasks[7].Penalties)" | Should -Be '7', '1', '3'
        $tasks.JobId | Select-Object -Unique | Should -Be $job.Id
        @(Get-SparseSCBatchTask (& $make)).Count | Should -Be 12
    }

    It 'says what failed, and why' {
        $failed = $job | Get-SparseSCBatchTask -State Failed
        $failed.Id | Should -Be 'task-000005', 'task-000006'
        $failed[0].Diagnosis | Should -Be 'The machine burnt down. Give -MaxIteration of Invoke-SparseSCFit.'
    }

    It 'chooses by name and state' {
        ($job | Get-SparseSCBatchTask -TaskId task-00001*).Id | Should -Be 'task-000010', 'task-000011'
        ($job | Get-SparseSCBatchTask -TaskId task-000003, *5 -State Completed).Id | Should -Be 'task-000003'
        @($job | Get-SparseSCBatchTask -State Completed).Count | Should -Be 10
    }

    It 'looks again at <form>' -ForEach @(
        @{ form = 'a task'; make = { param($task) $task } }
        @{ form = 'a task saved and read again'; make = { param($task) Copy-ThroughClixml $task } }
    ) {
        $task = $job | Get-SparseSCBatchTask -TaskId task-000006
        $again = & $make $task | Get-SparseSCBatchTask
        $again.Id, $again.State | Should -Be 'task-000006', 'Failed'
        $again.Config.JobDirectory | Should -Be $task.Config.JobDirectory
    }

    It 'reports an unknown job and goes on' {
        $tasks = 'nobody', $job.Id | Get-SparseSCBatchTask -ErrorVariable faults -ErrorAction SilentlyContinue
        $tasks.Count | Should -Be 12
        $faults[0].FullyQualifiedErrorId | Should -Be 'JobNotFound,SparseSC.PowerShell.Commands.GetSparseSCBatchTaskCommand'
        $faults[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'is shown in a table and in a list' {
        $task = $job | Get-SparseSCBatchTask -TaskId task-000005
        $task | Out-String -Width 200 | Should -Match 'task-000005\s+Failed\s+5\s+\S+.*The machine burnt down'
        $task | Format-List | Out-String -Width 200 | Should -Match '(?s)Folds\s+: 1.*Diagnosis\s+: The machine burnt down'
    }
}

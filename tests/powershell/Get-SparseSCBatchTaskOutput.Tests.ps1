BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Get-SparseSCBatchTaskOutput' {
    BeforeAll {
        $plan = New-SmallPlan output
        $job = New-HalfFailedJob $plan output
    }

    It 'reads the output of <form>' -ForEach @(
        @{ form = 'a task'; make = { $job | Get-SparseSCBatchTask -TaskId task-000005 } }
        @{ form = 'a task saved and read again'; make = { Copy-ThroughClixml ($job | Get-SparseSCBatchTask -TaskId task-000005) } }
    ) {
        $output = & $make | Get-SparseSCBatchTaskOutput
        $output.JobId, $output.TaskId, $output.Run, $output.IsLatest | Should -Be $job.Id, 'task-000005', 1, $true
        $output.StandardError | Should -BeLike '*The machine burnt down*'
    }

    It 'reads the output of every task of <form>' -ForEach @(
        @{ form = 'a job'; make = { $job } }
        @{ form = 'an id'; make = { $job.Id } }
    ) {
        $outputs = & $make | Get-SparseSCBatchTaskOutput
        $outputs.Count | Should -Be 12
        @($outputs | Where-Object StandardError).TaskId | Should -Be 'task-000005', 'task-000006'
    }

    It 'chooses by name, and the latest run only' {
        (Get-SparseSCBatchTaskOutput $job task-000006 -Latest).TaskId | Should -Be 'task-000006'
        (Get-SparseSCBatchTaskOutput $job *6, *7).TaskId | Should -Be 'task-000006', 'task-000007'
    }

    It 'says when there is no such task' {
        $fault = { Get-SparseSCBatchTaskOutput $job task-000099 -ErrorAction Stop } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -Be 'TaskNotFound,SparseSC.PowerShell.Commands.GetSparseSCBatchTaskOutputCommand'
        $fault.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'is shown as text' {
        Get-SparseSCBatchTaskOutput $job task-000005 | Out-String -Width 200 | Should -Match '(?s)output/task-000005, run 1, the latest.*StandardError\s+: The machine burnt down'
    }

    It 'follows a task until it is over' {
        $job = New-FailingPlan followed | Start-SparseSCBatchJob
        $pieces = Get-SparseSCBatchTaskOutput $job.Id task-000000 -Follow
        $whole = Get-SparseSCBatchTaskOutput $job.Id task-000000
        -join $pieces.StandardError | Should -Be $whole.StandardError
        $whole.StandardError | Should -Not -BeNullOrEmpty
    }
}

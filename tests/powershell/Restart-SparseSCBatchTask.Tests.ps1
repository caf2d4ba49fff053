BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Restart-SparseSCBatchTask' {
    BeforeAll { $expected = Get-Smoking | Invoke-SparseSCFit -StoppingRule 1 -Constraint Orthant -GridLength 4 -CvFolds 3 }

    BeforeEach {
        $plan = New-SmallPlan "restart-$([guid]::NewGuid())"
        $job = New-HalfFailedJob $plan
    }

    It 'runs the failed tasks of <form> again, and the set is complete' -ForEach @(
        @{ form = 'a job'; make = { $job } }
        @{ form = 'a job saved and read again'; make = { Copy-ThroughClixml $job } }
        @{ form = 'an id'; make = { $job.Id } }
        @{ form = 'tasks'; make = { $job | Get-SparseSCBatchTask -State Failed } }
    ) {
        $again = @(& $make | Restart-SparseSCBatchTask)
        $again.Count | Should -Be 1
        $again[0].Id, $again[0].Failed | Should -Be $job.Id, 0
        $done = $again | Wait-SparseSCBatchJob
        $done.State, $done.Done | Should -Be 'Completed', 12
        Test-SameFit ($done | Merge-SparseSCResults) $expected | Should -BeTrue
    }

    It 'runs only those that are named' {
        $null = Restart-SparseSCBatchTask $job task-000006 -WhatIf
        ($job | Get-SparseSCBatchTask -State Failed).Id | Should -Be 'task-000005', 'task-000006'
        $null = Restart-SparseSCBatchTask $job task-000006 | Wait-SparseSCBatchJob -WarningAction SilentlyContinue
        ($job | Get-SparseSCBatchTask -TaskId task-000006).State | Should -Be 'Completed'
    }

    It 'refuses a task that did not fail' {
        $fault = { Restart-SparseSCBatchTask $job task-000001 -ErrorAction Stop } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -Be 'TaskNotFailed,SparseSC.PowerShell.Commands.RestartSparseSCBatchTaskCommand'
        "$fault" | Should -BeLike "*'task-000001'*did not fail*"
        ($job | Get-SparseSCBatchTask -State Failed).Id | Should -Be 'task-000005', 'task-000006'
    }

    It 'restarts in a PowerShell job, and takes no size of machines here' {
        $job = New-FailingPlan inJob | Start-SparseSCBatchJob | Wait-SparseSCBatchJob -WarningAction SilentlyContinue
        $again = $job | Restart-SparseSCBatchTask -AsJob | Receive-Job -Wait -AutoRemoveJob
        $again.Id | Should -Be $job.Id
        { Restart-SparseSCBatchTask $job.Id -VmSize Standard_E8s_v5 -ErrorAction Stop } | Should -Throw -ErrorId 'VmSizeNotUsed,*'
    }
}

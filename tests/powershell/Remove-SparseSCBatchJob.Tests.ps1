BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Remove-SparseSCBatchJob' {
    BeforeEach {
        $plan = New-SmallPlan "removed-$([guid]::NewGuid())"
        $job = $plan | Start-SparseSCBatchJob | Wait-SparseSCBatchJob
        $record = Join-Path $env:SPARSESC_JOB_DIRECTORY $job.Id
    }

    It 'removes <form>, and keeps the batch directory' -ForEach @(
        @{ form = 'a job'; make = { $job } }
        @{ form = 'a job saved and read again'; make = { Copy-ThroughClixml $job } }
        @{ form = 'an id'; make = { $job.Id } }
        @{ form = 'results'; make = { $job | Receive-SparseSCResults } }
    ) {
        & $make | Remove-SparseSCBatchJob | Should -BeNullOrEmpty
        $record | Should -Not -Exist
        $plan.PlanFile | Should -Exist
        { Get-SparseSCBatchJob $job.Id -ErrorAction Stop } | Should -Throw -ErrorId 'JobNotFound,*'
    }

    It 'deletes the batch directory when asked' {
        $job | Remove-SparseSCBatchJob -RemoveBatchDirectory
        $plan.Directory | Should -Not -Exist
    }

    It 'never deletes a file that is not the plan''s' {
        Set-Content (Join-Path $plan.Directory mine.txt) mine
        $job | Remove-SparseSCBatchJob -RemoveBatchDirectory
        (Get-ChildItem $plan.Directory -Force).Name | Should -Be 'mine.txt'
    }

    It 'does not delete another plan that took the place' {
        $other = Get-Smoking | Invoke-SparseSCFit -BatchDirectory $plan.Directory -Force -GridLength 2
        { Remove-SparseSCBatchJob $job -RemoveBatchDirectory -ErrorAction Stop } | Should -Throw -ErrorId 'PlanMismatch,*'
        $other.PlanFile | Should -Exist
        $record | Should -Exist
    }

    It 'keeps the job when told' {
        $job | Remove-SparseSCBatchJob -KeepJob -RemoveBatchDirectory
        $plan.Directory | Should -Not -Exist
        $record | Should -Exist
    }

    It 'asks about each thing by itself' {
        $script = "Import-Module '$ModulePath'; `$env:SPARSESC_JOB_DIRECTORY = '$env:SPARSESC_JOB_DIRECTORY'
            Remove-SparseSCBatchJob '$($job.Id)' -RemoveContainer -RemovePool -RemoveBatchDirectory -WhatIf"
        $said = Invoke-PowerShell -Command $script
        $said | Should -HaveCount 4
        "$said" | Should -Match "(?s)container.*pool.*batch directory.*Remove the batch job`""
    }

    It 'needs no container and no pool to remove' {
        $job | Remove-SparseSCBatchJob -RemoveContainer -RemovePool -Force
        $record | Should -Not -Exist
        $plan.PlanFile | Should -Exist
    }

    It 'removes nothing with -WhatIf' {
        $job | Remove-SparseSCBatchJob -RemoveBatchDirectory -WhatIf
        $record | Should -Exist
        $plan.PlanFile | Should -Exist
    }

    It 'refuses a running job' {
        $running = New-EndlessPlan "running-$([guid]::NewGuid())" | Start-SparseSCBatchJob
        try {
            $fault = { Remove-SparseSCBatchJob $running -ErrorAction Stop } | Should -Throw -PassThru
            $fault.FullyQualifiedErrorId | Should -Be 'JobIsRunning,SparseSC.PowerShell.Commands.RemoveSparseSCBatchJobCommand'
            $fault.CategoryInfo.Category | Should -Be 'ResourceBusy'
        }
        finally { $running | Stop-SparseSCBatchJob }
    }

    It 'reports an unknown job by id and goes on' {
        'nobody', $job | Remove-SparseSCBatchJob -ErrorVariable faults -ErrorAction SilentlyContinue
        $faults[0].FullyQualifiedErrorId | Should -Be 'JobNotFound,SparseSC.PowerShell.Commands.RemoveSparseSCBatchJobCommand'
        $record | Should -Not -Exist
    }
}

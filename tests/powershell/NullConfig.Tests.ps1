Describe 'A configuration that could not be made' {
    BeforeAll {
        . $PSScriptRoot/Shared.ps1
        # As in a script that goes on after an error.
        $config = try { New-SparseSCBatchConfig -BatchAccountName fitsbatch -BatchAccountEndpoint https://fitsbatch.westeurope.batch.azure.com -StorageAccountName fitstore `
            -PoolId fits -DedicatedNodeCount 1 -AutoScaleFormula '$TargetDedicatedNodes=1;' } catch { $null }
        $plan = New-SmallPlan
    }

    It 'is null' { $config | Should -BeNullOrEmpty }

    It 'is refused by <name>, and nothing runs on this machine instead' -ForEach @(
        @{ name = 'Start-SparseSCBatchJob'; arguments = @{ BatchDirectory = '.' } }
        @{ name = 'Test-SparseSCBatchConfig'; arguments = @{} }
        @{ name = 'Get-SparseSCBatchJob'; arguments = @{} }
        @{ name = 'Wait-SparseSCBatchJob'; arguments = @{ JobId = 'a' } }
        @{ name = 'Receive-SparseSCResults'; arguments = @{ JobId = 'a' } }
        @{ name = 'Stop-SparseSCBatchJob'; arguments = @{ JobId = 'a' } }
        @{ name = 'Remove-SparseSCBatchJob'; arguments = @{ JobId = 'a' } }
        @{ name = 'Restart-SparseSCBatchTask'; arguments = @{ JobId = 'a' } }
        @{ name = 'Get-SparseSCBatchTask'; arguments = @{ JobId = 'a' } }
        @{ name = 'Get-SparseSCBatchTaskOutput'; arguments = @{ JobId = 'a' } }
    ) {
        $fault = { & $name @arguments -Config $config } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -BeLike 'ConfigIsNull,*'
        "$fault" | Should -BeLike '-Config is given, but as $null: *'
    }

    It 'every cmdlet with -Config is among those' {
        (Get-Command -Module SparseSC -CommandType Cmdlet | Where-Object { $_.Parameters.ContainsKey('Config') }).Count | Should -Be 10
    }

    It 'starts no job' {
        { $plan | Start-SparseSCBatchJob -Config $config } | Should -Throw
        Get-SparseSCBatchJob | Should -BeNullOrEmpty
    }

    It 'a job that is null is no word for every job' {
        { Get-SparseSCBatchJob -JobId $null } | Should -Throw -ErrorId 'JobIdIsNull,*'
        { Get-SparseSCBatchJob -JobId @($null) } | Should -Throw -ErrorId 'JobIdIsNull,*'
        { Receive-SparseSCResults -JobId $null -BatchDirectory $plan.Directory } | Should -Throw -ErrorId 'JobIdIsNull,*'
    }

    It 'a job object that has lost its configuration is not taken for one of this machine' {
        $job = $plan | Start-SparseSCBatchJob | Wait-SparseSCBatchJob
        $lost = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($job, 1))
        $lost.Config = $null
        $lost | Wait-SparseSCBatchJob -ErrorVariable faults -ErrorAction SilentlyContinue
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'ConfigLost,*'
        ($lost | Wait-SparseSCBatchJob -Config (New-SparseSCBatchConfig -Local)).State | Should -Be 'Completed'
    }
}

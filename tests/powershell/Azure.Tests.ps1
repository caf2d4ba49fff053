BeforeDiscovery {
    . $PSScriptRoot/Shared.ps1
    . $PSScriptRoot/AzureShared.ps1
    # The service of the tests runs its tasks in a shell, and processes are watched in /proc.
    $isHere = $IsLinux -and (Get-Command node -ErrorAction Ignore) -and (Test-Path $Azurite)
}

Describe 'Jobs on Azure' -Skip:(-not $isHere) {
    BeforeAll {
        . $PSScriptRoot/Shared.ps1
        . $PSScriptRoot/AzureShared.ps1
        $world = Start-Azure (Join-Path $TestDrive azure)
        $config = New-AzureConfig $world
        $expected = Get-Smoking | Invoke-SparseSCFit -StoppingRule 1 -Constraint Orthant -GridLength 4 -CvFolds 3
    }

    AfterAll { Stop-Azure $world }

    It 'finds the configuration fit for jobs' {
        $findings = $config | Test-SparseSCBatchConfig
        $findings.Severity | Should -Not -Contain 'Error' -Because ($findings | Out-String)
        $findings.Check | Should -Contain 'Account'
        $findings.Check | Should -Contain 'Storage'
    }

    It 'touches nothing with -WhatIf' {
        $plan = New-SmallPlan whatif
        $before = Get-RequestCount $world
        $plan | Start-SparseSCBatchJob -Config $config -JobId whatif -WhatIf
        $plan | Start-SparseSCBatchJob -Config $config -AsJob -WhatIf
        Stop-SparseSCBatchJob whatif -Config $config -WhatIf
        Restart-SparseSCBatchTask whatif -Config $config -WhatIf
        Remove-SparseSCBatchJob whatif -Config $config -RemoveContainer -RemovePool -RemoveBatchDirectory -WhatIf
        Get-RequestCount $world | Should -Be $before
        $plan.PlanFile | Should -Exist
    }

    It 'a job goes on when its caller is killed, is found by its id, and gives the fit to the last bit; nothing of it tells a secret' {
        $plan = New-SmallPlan survives
        $streams = Join-Path $world.Folder streams.txt
        $script = @"
            `$env:BATCH_ACCOUNT_NAME = '$($world.Account)'; `$env:BATCH_ACCOUNT_ENDPOINT = '$($world.Endpoint)'
            `$env:BATCH_ACCOUNT_KEY = [Console]::In.ReadLine(); `$env:STORAGE_ACCOUNT_CONNECTION_STRING = [Console]::In.ReadLine()
            Start-Transcript '$($world.Folder)/transcript.txt'
            Import-Module '$ModulePath'
            `$config = New-SparseSCBatchConfig -PoolId tests -DedicatedNodeCount 2 -WorkerPath '$($world.Worker)' -Verbose
            `$job = Start-SparseSCBatchJob '$($plan.Directory)' -Config `$config -JobId survives -TaskGroupSize 2 -Verbose
            `$config, `$job | Format-List | Out-String
            `$config, `$job | Export-Clixml '$($world.Folder)/objects.xml'
            `$config, `$job | ConvertTo-Json -Depth 6
            `$config, `$job | Format-List * -Force | Out-String
            try { Get-SparseSCBatchJob nobody -Config `$config -ErrorAction Stop } catch { `$_ | Format-List * -Force | Out-String }
            'started'
            Stop-Process -Id `$PID -Force
"@
        $watch = Start-ArgumentWatch $world
        $caller = $world.Key, $world.ConnectionString | Invoke-PowerShell -Command "& { $script } *>&1" | Out-String
        $caller | Should -Match 'started\s*$'
        $caller | Should -Match 'VERBOSE: '
        $found = Get-SparseSCBatchJob -Config $config
        $found.Id | Should -Contain 'survives'
        $job = Get-SparseSCBatchJob survives -Config $config
        $job.Tasks, $job.PoolId | Should -Be 12, 'tests'
        $done = $job | Wait-SparseSCBatchJob -PollingInterval 0.5 -Verbose 4> $streams
        $done.State, $done.Done | Should -Be 'Completed', 12 -Because $done.Message
        $arguments = Stop-ArgumentWatch $watch
        $arguments | Should -Match 'sparsesc.*task.*--index'
        $fit = $done | Receive-SparseSCResults -Verbose 4>> $streams | Merge-SparseSCResults
        Test-SameFit $fit $expected | Should -BeTrue

        $tasks = $done | Get-SparseSCBatchTask
        $tasks.Count | Should -Be 6
        $tasks.State | Select-Object -Unique | Should -Be 'Completed'
        ($tasks | ForEach-Object Folds | Sort-Object -Unique).Count | Should -Be 3
        $output = $tasks[0] | Get-SparseSCBatchTaskOutput
        $written = ($done, $tasks, $output, $fit | ConvertTo-Json -Depth 6 -WarningAction Ignore) + ($done, $tasks, $config | Format-List * -Force | Out-String)
        $files = Get-ChildItem $world.Folder -File | Where-Object Name -NE 'sparsesc'
        $files += Get-ChildItem $plan.Directory -Recurse -File
        $files.Name | Should -Contain 'server.log'
        $files.Name | Should -Contain 'transcript.txt'
        foreach ($text in $caller, $written, $arguments) { Find-Secret $world $text | Should -BeNullOrEmpty }
        foreach ($file in $files) { Find-Secret $world "$(Get-Content $file.FullName -Raw)" | Should -BeNullOrEmpty -Because $file.Name }
        $clixml = Import-Clixml (Join-Path $world.Folder objects.xml)
        $clixml[1].Config.BatchAccountName | Should -Be $world.Account
    }

    It 'would have found a secret: <form>' -ForEach @(
        @{ form = 'the key of the Batch account'; plant = { "key $($world.Key)." } }
        @{ form = 'the key of the storage account, as it stands in an address'; plant = { "?k=$([uri]::EscapeDataString($world.StorageKey))" } }
        @{ form = 'a signed address'; plant = { 'http://127.0.0.1/c/b?sv=2024-11-04&sig=abcdefgh%2Bijk%3D&se=2026' } }
    ) {
        Find-Secret $world (& $plant) | Should -Not -BeNullOrEmpty
    }

    It 'is started and waited for in PowerShell jobs, in one pipeline' {
        $start = New-SmallPlan background @{ GridMax = 0.5 } | Start-SparseSCBatchJob -Config $config -AsJob
        $job = $start | Receive-Job -Wait -AutoRemoveJob
        $wait = $job | Wait-SparseSCBatchJob -AsJob -PollingInterval 0.5
        ($wait | Receive-Job -Wait -AutoRemoveJob).State | Should -Be 'Completed'
        $job | Receive-SparseSCResults | Merge-SparseSCResults | ForEach-Object { $_.Scores.Count | Should -BeGreaterThan 0 }
    }

    It 'says which tasks failed and why, and runs them again' {
        $plan = New-FailingPlan
        $job = $plan | Start-SparseSCBatchJob -Config (New-AzureConfig $world @{ MaxTaskRetryCount = 0 }) -JobId failing -TaskGroupSize 6 |
            Wait-SparseSCBatchJob -PollingInterval 0.5 -WarningVariable warnings -WarningAction SilentlyContinue
        $job.State, $job.Failed | Should -Be 'Failed', 12
        "$warnings" | Should -BeLike "*Job 'failing' ended as Failed*"
        $tasks = $job | Get-SparseSCBatchTask -State Failed
        $tasks.Count | Should -Be 2
        $tasks[0].ExitCode | Should -Be 1
        $tasks[0].Diagnosis | Should -Not -BeNullOrEmpty
        $again = $tasks[0] | Restart-SparseSCBatchTask | Wait-SparseSCBatchJob -PollingInterval 0.5 -WarningAction SilentlyContinue
        $again.State | Should -Be 'Failed'
        @($tasks[0] | Get-SparseSCBatchTaskOutput).Count | Should -BeGreaterThan 1
        $results = $again | Receive-SparseSCResults -WarningAction SilentlyContinue
        $results.Missing.Count | Should -Be 12
    }

    It 'is removed with all that is asked for, once its results are received' {
        $plan = New-SmallPlan removed
        $job = $plan | Start-SparseSCBatchJob -Config (New-AzureConfig $world @{ ContainerName = 'mine' }) -JobId removed | Wait-SparseSCBatchJob -PollingInterval 0.5
        $fault = { $job | Remove-SparseSCBatchJob -RemoveContainer -ErrorAction Stop } | Should -Throw -PassThru
        "$fault" | Should -BeLike '*Receive them first*'
        $results = $job | Receive-SparseSCResults
        $results | Remove-SparseSCBatchJob -RemoveContainer -RemovePool
        { Get-SparseSCBatchJob removed -Config $job.Config -ErrorAction Stop } | Should -Throw -ErrorId 'JobNotFound,*'
        Get-Content $world.Log | Should -Contain 'DELETE /pools/tests 202'
        Test-SameFit ($results | Merge-SparseSCResults) $expected | Should -BeTrue
    }
}

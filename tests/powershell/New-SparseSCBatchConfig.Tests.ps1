BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'New-SparseSCBatchConfig' {
    It 'makes a local configuration with defaults' {
        $config = New-SparseSCBatchConfig -Local
        $config.GetType().FullName | Should -Be 'SparseSC.Batch.Jobs.LocalBatchConfig'
        $config.Backend, $config.MaxParallel | Should -Be 'Local', 0
        $config.WorkerPath | Should -BeNullOrEmpty
        $config.JobDirectory | Should -BeNullOrEmpty
    }

    It 'makes paths full from the session''s location, but leaves a command''s name' {
        Push-Location $TestDrive
        try {
            $config = New-SparseSCBatchConfig -Local -MaxParallel 3 -JobDirectory ./mine -WorkerPath ./sparsesc
            $config.MaxParallel | Should -Be 3
            $config.JobDirectory | Should -Be (Join-Path $TestDrive mine)
            $config.WorkerPath | Should -Be (Join-Path $TestDrive sparsesc)
            (New-SparseSCBatchConfig -Local -WorkerPath pwsh).WorkerPath | Should -Be 'pwsh'
        }
        finally { Pop-Location }
    }

    It 'refuses a negative number of workers' {
        { New-SparseSCBatchConfig -Local -MaxParallel -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'is taken by the other commands after it was saved and read again, and as a hashtable' {
        $config = New-SparseSCBatchConfig -Local -JobDirectory (Join-Path $TestDrive mine) -MaxParallel 1
        $plan = New-SmallPlan saved
        $job = $plan | Start-SparseSCBatchJob -Config (Copy-ThroughClixml $config) -JobId saved | Wait-SparseSCBatchJob
        $job.Config.JobDirectory, $job.Config.MaxParallel | Should -Be $config.JobDirectory, 1
        (Get-SparseSCBatchJob saved -Config @{ Backend = 'Local'; JobDirectory = $config.JobDirectory }).State | Should -Be 'Completed'
    }

    It 'refuses what is no configuration' {
        { Get-SparseSCBatchJob -Config 'here' } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
    }

    It 'is shown in a table' {
        New-SparseSCBatchConfig -Local -JobDirectory /somewhere | Out-String -Width 200 | Should -Match "Local\s+per processor\s+the module's own\s+/somewhere"
    }

    Context 'For Azure' {
        BeforeAll {
            $key = [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes('not to be seen by anyone, ever!!'))
            $secret = ConvertTo-SecureString $key -AsPlainText
            $names = @{
                BatchAccountName = 'mybatch'; BatchAccountEndpoint = 'https://mybatch.westeurope.batch.azure.com'; StorageAccountName = 'mystorage'
                PoolId = 'fits'; ContainerImage = 'ghcr.io/me/sparsesc:1'
            }
        }

        It 'has a parameter for every setting' {
            $settings = [SparseSC.Batch.Jobs.Configuration.AzureBatchConfig].GetProperties().Where({ $_.CanWrite }).Name
            $settings.Count | Should -BeGreaterThan 30
            $parameters = (Get-Command New-SparseSCBatchConfig).Parameters
            $settings | Where-Object { -not $parameters.ContainsKey($_) -or -not $parameters[$_].ParameterSets.ContainsKey('Azure') } | Should -BeNullOrEmpty
        }

        It 'takes what is given and keeps the defaults of the rest' {
            $config = New-SparseSCBatchConfig @names -SpotNodeCount 20 -ScaleToQueue -StorageAccessDuration 48 -MaxWallClockTime 30 -Credential managed-identity
            $config.GetType().FullName | Should -Be 'SparseSC.Batch.Jobs.Configuration.AzureBatchConfig'
            $config.SpotNodeCount, $config.DedicatedNodeCount, $config.ScaleToQueue, $config.AutoPool | Should -Be 20, 0, $true, $false
            $config.StorageAccessDuration, $config.MaxWallClockTime | Should -Be ([timespan]::FromHours(48)), ([timespan]::FromMinutes(30))
            $config.Credential, $config.VmSize, $config.MaxTaskRetryCount | Should -Be 'ManagedIdentity', 'Standard_D4s_v5', 1
        }

        It 'takes names from the environment, and leaves keys there' {
            $env:BATCH_ACCOUNT_NAME = 'other'; $env:BATCH_ACCOUNT_ENDPOINT = '"https://other.eastus.batch.azure.com"'; $env:BATCH_ACCOUNT_KEY = $key
            try {
                $config = New-SparseSCBatchConfig -StorageAccountName mystorage -PoolId fits -ContainerImage ghcr.io/me/sparsesc:1
                $config.BatchAccountName, $config.BatchAccountEndpoint | Should -Be 'other', 'https://other.eastus.batch.azure.com'
                $config | ConvertTo-Json | Should -Not -Match ([regex]::Escape($key))
            }
            finally { Remove-Item env:BATCH_ACCOUNT_NAME, env:BATCH_ACCOUNT_ENDPOINT, env:BATCH_ACCOUNT_KEY }
        }

        It 'names all faults at once' {
            $fault = { New-SparseSCBatchConfig -BatchAccountName Wrong_Name -DedicatedNodeCount -1 -ContainerImage x } | Should -Throw -PassThru
            $fault.FullyQualifiedErrorId | Should -Be 'BatchConfigInvalid,SparseSC.PowerShell.Commands.NewSparseSCBatchConfigCommand'
            $fault.CategoryInfo.Category | Should -Be 'InvalidArgument'
            foreach ($words in "-BatchAccountName 'Wrong_Name'", '-BatchAccountEndpoint is missing', '-StorageAccountName is missing', '-PoolId is missing', '-DedicatedNodeCount -1 is negative') {
                "$fault" | Should -BeLike "*$words*"
            }
        }

        It 'comes back from <form>' -ForEach @(
            @{ form = 'Export-Clixml'; make = { param($config) Copy-ThroughClixml $config } }
            @{ form = 'ConvertTo-Json'; make = { param($config) $config | ConvertTo-Json | ConvertFrom-Json } }
            @{ form = 'a job of another process'; make = { param($config) Start-Job { $using:config } | Receive-Job -Wait -AutoRemoveJob } }
        ) {
            $config = New-SparseSCBatchConfig @names -AutoScaleFormula '$TargetDedicatedNodes = 1' -AutoScaleInterval 10 -Credential AzureCli -TaskSlotsPerNode 3 -RemovePoolWhenDone -BatchAccountKey $secret
            $attribute = [SparseSC.PowerShell.Commands.NewSparseSCBatchConfigCommand].Assembly.GetType('SparseSC.PowerShell.Binding.BatchConfigTransformationAttribute')
            $again = $attribute.GetMethod('ToConfig').Invoke($null, @(, (& $make $config)))
            $again.GetType() | Should -Be $config.GetType()
            $again | ConvertTo-Json | Should -Be ($config | ConvertTo-Json)
        }

        It 'never shows a secret' {
            $registry = [pscredential]::new('me', (ConvertTo-SecureString "password-$key" -AsPlainText))
            $config = New-SparseSCBatchConfig @names -BatchAccountKey $secret -StorageAccountKey $secret -RegistryServer ghcr.io -RegistryCredential $registry
            $config.RegistryUserName | Should -Be 'me'
            $path = Join-Path $TestDrive config.xml
            $config | Export-Clixml $path -Depth 9
            $seen = @(
                Get-Content $path -Raw; $config | ConvertTo-Json -Depth 9; $config | Format-List * -Force | Out-String; $config | Out-String; "$config"
                $config | Get-Member -Force | Out-String; $config | Format-Custom -Depth 9 | Out-String
            ) -join "`n"
            $seen | Should -Match 'mybatch'
            $seen | Should -Not -Match ([regex]::Escape($key))
        }

        It 'refuses a secret in plain text for -<parameter>, without repeating it' -ForEach @(
            @{ parameter = 'BatchAccountKey' }
            @{ parameter = 'StorageAccountKey' }
            @{ parameter = 'StorageConnectionString' }
        ) {
            $plain = @{ $parameter = $key }
            $fault = { New-SparseSCBatchConfig @names @plain } | Should -Throw -PassThru
            $fault.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
            "$fault" | Should -BeLike "*'$parameter'*SecureString*Read-Host -AsSecureString*"
            $fault | Format-List * -Force | Out-String | Should -Not -Match ([regex]::Escape($key))
            $fault.Exception | Format-List * -Force | Out-String | Should -Not -Match ([regex]::Escape($key))
        }

        It 'repeats no secret when settings are wrong' {
            $bad = ConvertTo-SecureString 'no base64, but secret' -AsPlainText
            $fault = { New-SparseSCBatchConfig @names -BatchAccountKey $bad -StorageConnectionString $bad } | Should -Throw -PassThru
            "$fault" | Should -BeLike '*-BatchAccountKey*'
            "$fault $($fault | Format-List * -Force | Out-String)" | Should -Not -Match 'but secret'
        }

        It 'is shown in a table and in a list' {
            $config = New-SparseSCBatchConfig @names -SpotNodeCount 20 -ScaleToQueue
            $config | Format-Table | Out-String -Width 200 | Should -Match 'Azure\s+mybatch\s+mystorage\s+fits\s+Standard_D4s_v5\s+0 dedicated, 20 Spot, as needed'
            $config | Format-List | Out-String -Width 200 | Should -Match '(?s)ContainerImage\s+: ghcr.io/me/sparsesc:1'
        }
    }
}

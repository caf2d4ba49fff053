BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'New-SparseSCBatchConfig' {
    It 'makes a local configuration with defaults' {
        $config = New-SparseSCBatchConfig -Local
        $config.GetType().FullName | Should -Be 'SparseSC.Core.Jobs.LocalBatchConfig'
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

    It 'needs a place' {
        $parameter = (Get-Command New-SparseSCBatchConfig).Parameters['Local']
        $parameter.ParameterSets['Local'].IsMandatory | Should -BeTrue
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
}

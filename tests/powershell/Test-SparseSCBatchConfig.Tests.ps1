BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Test-SparseSCBatchConfig' {
    It 'finds this machine fit for jobs' {
        $findings = New-SparseSCBatchConfig -Local | Test-SparseSCBatchConfig
        $findings.Check | Should -Be 'Worker', 'JobDirectory'
        $findings.Severity | Select-Object -Unique | Should -Be 'Ok'
        Test-SparseSCBatchConfig -Quiet | Should -BeTrue
    }

    It 'takes a configuration that was saved and read again' {
        $config = Copy-ThroughClixml (New-SparseSCBatchConfig -Local -JobDirectory (Join-Path $TestDrive elsewhere))
        ($config | Test-SparseSCBatchConfig)[1].Message | Should -BeLike '*elsewhere*'
    }

    It 'says what is wrong in the cmdlets'' spelling, and goes on' {
        $config = New-SparseSCBatchConfig -Local -WorkerPath /nowhere/worker -JobDirectory /dev/null/jobs
        $findings = Test-SparseSCBatchConfig $config
        $findings.Severity | Should -Be 'Error', 'Error'
        $findings[0].Message | Should -BeLike "*-WorkerPath '/nowhere/worker' of New-SparseSCBatchConfig does not exist*"
        $findings[1].Message | Should -BeLike '*Give another -JobDirectory*'
        Test-SparseSCBatchConfig $config -Quiet | Should -BeFalse
    }

    It 'counts settings that contradict each other as a finding' {
        $finding = @{ Backend = 'Local'; MaxParallel = -1 } | Test-SparseSCBatchConfig
        $finding.Check, $finding.Severity | Should -Be 'Settings', 'Error'
        $finding.Message | Should -BeLike '*-MaxParallel -1 of New-SparseSCBatchConfig is negative*'
    }

    It 'is shown in a table' {
        Test-SparseSCBatchConfig | Out-String -Width 200 | Should -Match 'Ok\s+Worker\s+Workers run as'
    }
}

BeforeAll {
    . $PSScriptRoot/Shared.ps1
    function Get-Story([scriptblock] $Run) { (& $Run 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }) -join "`n" }
    $panel = Get-Smoking
}

Describe '-Verbose' {
    It 'tells what a panel was made of' {
        $story = Get-Story { Import-Csv $Smoking | ConvertTo-SparseSCPanel state year cigsale -TreatedUnit California -TreatmentTime 1989 -Verbose }
        $story | Should -Match "-TreatedUnit 'California'"
        $story | Should -Match 'Read 1209 rows'
        $story | Should -Match '39 units × 31 times'
        $story | Should -Match 'ConvertTo-SparseSCPanel took \d+\.\d+ s'
    }

    It 'tells what a fit chose, and where a plan lies' {
        $story = Get-Story { $panel | Invoke-SparseSCFit -StoppingRule 1 -GridLength 3 -CvFolds 3 -Verbose }
        $story | Should -Match '-GridLength 3'
        $story | Should -Match '39 units, 1 treated; 19 features, 12 targets'
        $story | Should -Match 'Chose penalties v \S+ and w \S+ out of 3 tried'
        $story = Get-Story { $panel | Invoke-SparseSCFit -GridLength 3 -CvFolds 3 -BatchDirectory (Join-Path $TestDrive told) -Verbose }
        $story | Should -Match ([regex]::Escape((Join-Path $TestDrive told plan.json)))
    }

    It 'tells how an effect was judged and tested' {
        Get-Story { $panel | Measure-SparseSCEffect -UnitWeight Simplex -Verbose } | Should -Match 'Judged by 38 placebos \(all there are\)'
        Get-Story { $panel | Test-SparseSCPlacebo -Kind Conformal -Verbose } | Should -Match 'under 31 rearrangements'
    }

    It 'follows a job from the start to the merge' {
        $plan = New-SmallPlan followed
        $story = Get-Story { New-SparseSCBatchConfig -Local -MaxParallel 1 -Verbose }
        $story | Should -Match 'at most 1 worker processes'
        $job = $plan | Start-SparseSCBatchJob
        $story = Get-Story { $job | Wait-SparseSCBatchJob -Verbose }
        $story | Should -Match "Waiting for $($job.Id)"
        $story | Should -Match 'is Completed: 12 of 12 tasks are done'
        Get-Story { $job | Receive-SparseSCResults -Verbose } | Should -Match 'Results: 12 of 12 lie in'
        $story = Get-Story { $plan | Merge-SparseSCResults -Verbose }
        $story | Should -Match 'The plan has 12 tasks and lies in'
        $story | Should -Match 'Chose penalties'
        Get-Story { Test-SparseSCBatchConfig -Verbose } | Should -Match 'took'
    }

    It 'shows no secret' {
        $secret = ConvertTo-SecureString -AsPlainText -Force 'S3cretS3cretS3cretS3cret'
        $story = Get-Story {
            New-SparseSCBatchConfig -BatchAccountName fits -BatchAccountEndpoint 'https://fits.westeurope.batch.azure.com' -BatchAccountKey $secret -StorageAccountName fitstore `
                -PoolId fits -DedicatedNodeCount 1 -StartTaskCommandLine 'echo S3cret' -Verbose
        }
        $story | Should -Match '-BatchAccountKey \(not shown\)'
        $story | Should -Match "account 'fits'"
        $story | Should -Not -Match 'S3cret'
    }

    It 'is silent without it' {
        Get-Story { $panel | Measure-SparseSCEffect -UnitWeight Simplex } | Should -BeNullOrEmpty
    }
}

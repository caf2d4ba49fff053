BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Start-SparseSCBatchJob' {
    AfterEach { Get-SparseSCBatchJob -State Running | Stop-SparseSCBatchJob }

    Context 'What it takes' {
        It 'takes a plan of the pipeline, a path, a job, and any of them saved and read again' {
            $plan = New-SmallPlan forms
            $first = $plan | Start-SparseSCBatchJob | Wait-SparseSCBatchJob
            $first.State | Should -Be 'Completed'
            (Start-SparseSCBatchJob $plan).Id | Should -Be $first.Id
            (Start-SparseSCBatchJob -Plan $plan).Id | Should -Be $first.Id
            ($plan.Directory | Start-SparseSCBatchJob).Id | Should -Be $first.Id
            ($first | Start-SparseSCBatchJob).Id | Should -Be $first.Id
            (Copy-ThroughClixml $plan | Start-SparseSCBatchJob).Id | Should -Be $first.Id
            (Copy-ThroughClixml $first | Start-SparseSCBatchJob).Id | Should -Be $first.Id
            ([pscustomobject]@{ BatchDirectory = $plan.Directory; JobId = $first.Id } | Start-SparseSCBatchJob).Id | Should -Be $first.Id
            @(Get-SparseSCBatchJob $first.Id).Count | Should -Be 1
        }

        It 'makes an id of the folder and the time, or takes the one given' {
            (New-SmallPlan named | Start-SparseSCBatchJob).Id | Should -Match '^named-\d{8}T\d{4}-[0-9a-f]{4}$'
            (New-SmallPlan given | Start-SparseSCBatchJob -JobId my-own_1.x).Id | Should -Be 'my-own_1.x'
        }

        It 'starts nothing with -WhatIf' {
            New-SmallPlan whatif | Start-SparseSCBatchJob -JobId whatif -WhatIf | Should -BeNullOrEmpty
            Join-Path $env:SPARSESC_JOB_DIRECTORY whatif | Should -Not -Exist
        }
    }

    Context 'The whole way' {
        It 'gives the fit of one iteration, to the last bit, with <name>' -ForEach @(
            @{ name = 'the worker of the module'; worker = $null }
            @{ name = 'child PowerShells of the session''s kind'; worker = 'pwsh' }
        ) {
            $options = @{ Local = $true; MaxParallel = 2 }
            if ($worker) { $options.WorkerPath = $worker }
            $config = New-SparseSCBatchConfig @options
            $panel = Get-Smoking
            $plan = $panel | Invoke-SparseSCFit -BatchDirectory (Join-Path $TestDrive "whole-$worker") -GridLength 6
            $fit = $plan | Start-SparseSCBatchJob -Config $config | Wait-SparseSCBatchJob | Receive-SparseSCResults | Merge-SparseSCResults
            Test-SameFit $fit ($panel | Invoke-SparseSCFit -GridLength 6) | Should -BeTrue
        }
    }

    Context 'A module without a worker' {
        It 'computes in child PowerShells of the kind that runs the session' {
            $copy = Join-Path (New-Item -ItemType Directory (Join-Path $TestDrive bare)) SparseSC
            Copy-Item $ModulePath $copy -Recurse
            Remove-Item (Join-Path $copy worker) -Recurse
            $plan = New-SmallPlan noworker
            $said = Invoke-PowerShell -Command @"
                Import-Module '$copy'
                Test-SparseSCBatchConfig | ForEach-Object Message
                (Start-SparseSCBatchJob '$($plan.Directory)' | Wait-SparseSCBatchJob).State
"@
            $said[0] | Should -Be "Workers run as '$PowerShellProgram'."
            $said[-1] | Should -Be 'Completed'
        }
    }

    Context 'Again' {
        It 'says so instead of starting a running job twice' {
            $plan = New-EndlessPlan twice
            $job = $plan | Start-SparseSCBatchJob
            $workers = Get-WorkerId $job.Id
            $again = $plan | Start-SparseSCBatchJob -WarningVariable warnings -WarningAction SilentlyContinue
            $again.Id | Should -Be $job.Id
            "$warnings" | Should -BeLike "*'$($job.Id)' is computing this plan already*"
            Get-WorkerId $job.Id | Should -Be $workers
        }

        It 'computes only what a killed worker left' {
            $plan = New-EndlessPlan killed
            $job = $plan | Start-SparseSCBatchJob
            Wait-Until { (Get-SparseSCBatchJob $job.Id).Done -ge 5 }
            Get-WorkerId $job.Id | ForEach-Object { Stop-Process -Id $_ -Force }
            Wait-Until { -not (Get-LiveWorker $job.Id) }
            (Get-SparseSCBatchJob $job.Id).State | Should -Be 'Interrupted'
            $results = Join-Path $plan.Directory results
            $before = Get-ChildItem $results -Filter *.json
            $again = $job | Start-SparseSCBatchJob
            $again.Id | Should -Be $job.Id
            Wait-Until { (Get-SparseSCBatchJob $job.Id).Done -gt $before.Count + 5 }
            foreach ($file in $before) { (Get-Item $file.FullName).LastWriteTimeUtc | Should -Be $file.LastWriteTimeUtc }
        }

        It 'tries failed tasks again' {
            $job = New-FailingPlan | Start-SparseSCBatchJob | Wait-SparseSCBatchJob -WarningAction SilentlyContinue
            $again = $job | Start-SparseSCBatchJob -Verbose 4>&1
            "$again" | Should -BeLike "*goes on with the 12 of 12 tasks*"
        }
    }

    Context 'Who outlives whom' {
        BeforeAll {
            # The caller is a PowerShell of its own, so that it can die.
            function Start-Caller([string] $Directory, [string] $Id, [string] $More = '') {
                $caller = Start-PowerShell @"
                    `$env:SPARSESC_JOB_DIRECTORY = '$env:SPARSESC_JOB_DIRECTORY'
                    Import-Module '$ModulePath'
                    `$null = Start-SparseSCBatchJob '$Directory' -JobId $Id $More
                    while (-not (Test-Path '$TestDrive/$Id.end')) { Start-Sleep -Milliseconds 50 }
"@
                Wait-Until { (Get-SparseSCBatchJob $Id -ErrorAction Ignore).Done -ge 1 }
                $caller
            }
        }

        It 'the workers end when the caller is killed' {
            $plan = New-EndlessPlan orphan
            $caller = Start-Caller $plan.Directory orphan
            Get-LiveWorker orphan | Should -Not -BeNullOrEmpty
            $caller.Kill()
            Wait-Until { -not (Get-LiveWorker orphan) }
            (Get-SparseSCBatchJob orphan).State | Should -Be 'Interrupted'
        }

        It 'the workers end when the caller ends' {
            $plan = New-EndlessPlan over
            $caller = Start-Caller $plan.Directory over
            Get-LiveWorker over | Should -Not -BeNullOrEmpty
            Set-Content "$TestDrive/over.end" ''
            $caller.WaitForExit()
            Wait-Until { -not (Get-LiveWorker over) }
            (Get-SparseSCBatchJob over).State | Should -Be 'Interrupted'
        }

        It 'detached workers go on when the caller is killed' {
            $plan = New-EndlessPlan detached
            $caller = Start-Caller $plan.Directory detached -More -Detach
            $caller.Kill()
            $caller.WaitForExit()
            $done = (Get-SparseSCBatchJob detached).Done
            # More than the tasks that were under way when it died.
            Wait-Until { (Get-SparseSCBatchJob detached).Done -gt $done + 2 * (Get-WorkerId detached).Count }
            Get-LiveWorker detached | Should -HaveCount (Get-WorkerId detached).Count
        }

        It 'detached workers are out of reach of the terminal''s Ctrl-C' -Skip:(-not $IsLinux) {
            $job = New-EndlessPlan session | Start-SparseSCBatchJob -Detach
            foreach ($worker in Get-WorkerId $job.Id) {
                $stat = (Get-Content "/proc/$worker/stat" -Raw) -replace '^.*\) ' -split ' '
                $stat[2], $stat[3] | Should -Be "$worker", "$worker"
            }
        }
    }

    Context 'In a PowerShell job' {
        It 'starts several, and passes them on' {
            $start = (New-SmallPlan bg1), (New-SmallPlan bg2 @{ GridMax = 0.5 }) | Start-SparseSCBatchJob -AsJob
            @($start).Count | Should -Be 1
            $start.PSJobTypeName, $start.Command | Should -Be 'SparseSCBatchJob', 'Start-SparseSCBatchJob'
            $jobs = $start | Receive-Job -Wait -AutoRemoveJob
            ($jobs | Wait-SparseSCBatchJob).State | Should -Be 'Completed', 'Completed'
        }

        It 'starts nothing with -WhatIf' {
            New-SmallPlan bgwhat | Start-SparseSCBatchJob -JobId bgwhat -AsJob -WhatIf | Should -BeNullOrEmpty
            Get-SparseSCBatchJob bgwhat -ErrorAction Ignore | Should -BeNullOrEmpty
        }
    }

    It 'tells at once that it begins' {
        $run = Start-InRunspace 'param($p) Start-SparseSCBatchJob $p' @{ p = (New-SmallPlan begins).Directory }
        $job = $run.Shell.EndInvoke($run.Handle)
        $run.Shell.Streams.Progress[0].Activity | Should -BeLike 'Starting a job of *begins'
        $null = $job | Wait-SparseSCBatchJob
    }

    Context 'What is wrong is said by id and in words' {
        It '<id>' -ForEach @(
            @{ id = 'PlanNotFound'; words = "nothing' does not exist"; run = { Start-SparseSCBatchJob (Join-Path $TestDrive nothing) } }
            @{ id = 'InvalidJobId'; words = "-JobId 'a b' cannot name a job"; run = { Start-SparseSCBatchJob (New-SmallPlan bad) -JobId 'a b' } }
            @{ id = 'WorkerNotFound'; words = "-WorkerPath '/nowhere/worker' of New-SparseSCBatchConfig does not exist"; run = { Start-SparseSCBatchJob (New-SmallPlan nowhere) -Config (New-SparseSCBatchConfig -Local -WorkerPath /nowhere/worker) } }
        ) {
            $fault = { & $run } | Should -Throw -PassThru
            $fault.FullyQualifiedErrorId | Should -Be "$id,SparseSC.PowerShell.Commands.StartSparseSCBatchJobCommand"
            "$fault" | Should -BeLike "*$words*"
        }

        It 'gives an id to one plan only' {
            $null = New-SmallPlan one | Start-SparseSCBatchJob -JobId same | Wait-SparseSCBatchJob
            { Start-SparseSCBatchJob (New-SmallPlan two @{ GridMax = 0.5 }) -JobId same } | Should -Throw -ErrorId 'JobIdInUse,*'
        }
    }
}

BeforeDiscovery {
    . $PSScriptRoot/Shared.ps1
    $commands = (Get-Command -Module SparseSC -CommandType Cmdlet).Name | ForEach-Object { @{ name = $_ } }
    $examples = foreach ($command in $commands.name) {
        $index = 0
        foreach ($example in (Get-Help $command -Full).examples.example) {
            $index++
            @{ name = $command; title = $example.title; index = $index; code = $example.code }
        }
    }
}

BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'The module' {
    It 'has a valid manifest' {
        (Test-ModuleManifest (Join-Path $ModulePath SparseSC.psd1)).ExportedCmdlets.Keys | Sort-Object | Should -Be (Get-ChildItem $PSScriptRoot -Filter *-SparseSC*.Tests.ps1 | ForEach-Object { $_.Name -replace '\.Tests\.ps1$' } | Sort-Object)
    }

    It 'imports quickly, twice, and again after it was removed' {
        $report = Invoke-PowerShell -Command "
            Import-Module '$ModulePath'; Import-Module '$ModulePath' -Force; Remove-Module SparseSC; Import-Module '$ModulePath'
            (New-SparseSCBatchConfig -Local).Backend"
        $report | Should -Be 'Local'
    }

    It 'leaves nothing behind when it is removed' {
        $report = & pwsh -NoProfile -Command "
            function Get-Trace { `"`$(@(Get-TypeData SparseSC.*).Count) `$(@(Get-Module SparseSC*).Count) `$(@(Get-Command *-SparseSC*).Count) `$(@(Get-Variable folder, name -ErrorAction Ignore).Count)`" }
            Import-Module '$ModulePath'; Get-Trace; Remove-Module SparseSC; Get-Trace; Import-Module '$ModulePath'; Get-Trace"
        $report[0] | Should -Match '^1[0-9] 1 [0-9]{2} 0$'
        $report[1] | Should -Be '0 0 0 0'
        $report[2] | Should -Be $report[0]
    }

    It 'takes code compiled ahead where there is some for this system, and gives the same bits without' {
        $system = [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
        $copy = Join-Path (New-Item -ItemType Directory (Join-Path $TestDrive plain)) SparseSC
        Copy-Item $ModulePath $copy -Recurse
        Remove-Item (Join-Path $copy bin net8.0 $system) -Recurse -ErrorAction Ignore
        $folders = foreach ($module in $ModulePath, $copy) {
            $session = "`$WarningPreference = 'SilentlyContinue'; Import-Module '$module'; . '$PSScriptRoot/Measure-Bits.ps1' '$Smoking'"
            & pwsh -NoProfile -NonInteractive -Command $session
        }
        $binaries = Join-Path $ModulePath bin net8.0
        $own = Join-Path $binaries $system
        $expected = if ([Environment]::Version.Major -ge 10 -and (Test-Path $own)) { $own } else { $binaries }
        $folders[0..2] | Should -Be $expected, $expected, $expected
        $folders[4..6] | Should -Be (@(Join-Path $copy bin net8.0) * 3)
        $folders[3] | Should -Match '^[0-9A-F]{64}$'
        $folders[7] | Should -Be $folders[3]
    }

    It 'completes words' {
        (TabExpansion2 'Invoke-SparseSCFit -Choice ').CompletionMatches.CompletionText | Should -Be 'Min', 'OneStandardError', '1se'
        (TabExpansion2 'Invoke-SparseSCFit -ModelType pros').CompletionMatches.CompletionText | Should -Contain 'Prospective'
        (TabExpansion2 'Invoke-SparseSCFit -Optimizer n').CompletionMatches.CompletionText | Should -Be 'newton'
        (TabExpansion2 'New-SparseSCBatchConfig -ImageReference m').CompletionMatches.CompletionText | Should -Be 'microsoft-dsvm:ubuntu-hpc:2404'
        (TabExpansion2 'New-SparseSCBatchConfig -Credential man').CompletionMatches.CompletionText | Should -Be 'ManagedIdentity'
        $sizes = (TabExpansion2 'New-SparseSCBatchConfig -VmSize D16as').CompletionMatches
        $sizes.CompletionText | Should -Be 'Standard_D16as_v5', 'Standard_D16as_v6'
        $sizes[0].ToolTip | Should -Be '16 cores, 64 GiB'
    }

    It 'lists no arrays where objects of several kinds share one stream' {
        $script = Join-Path $TestDrive mixed.ps1
        Set-Content $script @"
            . '$PSScriptRoot/Shared.ps1'
            `$PSStyle.OutputRendering = 'PlainText'
            `$env:SPARSESC_JOB_DIRECTORY = '$TestDrive/mixed-jobs'
            `$panel = Get-Smoking
            `$plan = `$panel | Invoke-SparseSCFit -BatchDirectory '$TestDrive/mixed' -GridLength 2 -CvFolds 2
            `$job = `$plan | Start-SparseSCBatchJob -Config (`$config = New-SparseSCBatchConfig -Local) | Wait-SparseSCBatchJob
            `$results = `$job | Receive-SparseSCResults
            [datetime]::Today; `$panel; (`$results | Merge-SparseSCResults); `$plan; `$config; `$job; `$results
"@
        $report = (Invoke-PowerShell -File $script) -join "`n"
        $report | Should -Match '(?s)Treatment +: [^\n]*1989.*ScoreR2 +: 0\.\d+.*Penalties +: 2.*MaxParallel +: 0.*State +: Completed.*IsComplete +: True'
        $report | Should -Not -Match 'ControlUnits|Predictions|PlanHash|ResultsDirectory|TreatmentPeriods|SparseSC\.Core'
    }

    It 'displays properties that <_> has' -ForEach @(
        'Core.Models.SyntheticControlFit', 'Core.Models.EffectEstimate', 'Core.Data.Panel', 'Batch.Plan.BatchPlan',
        'Batch.Jobs.BatchJob', 'Batch.Jobs.BatchResults', 'Batch.Jobs.LocalBatchConfig', 'Batch.Jobs.JobTask', 'Batch.Jobs.JobTaskOutput',
        'Batch.Jobs.ConfigFinding', 'Batch.Jobs.Configuration.AzureBatchConfig'
    ) {
        $type = [type]"SparseSC.$_"
        $shown = $type::new().PSStandardMembers.DefaultDisplayPropertySet.ReferencedPropertyNames
        $shown | Should -Not -BeNullOrEmpty
        $shown | Where-Object { $_ -notin $type.GetProperties().Name } | Should -BeNullOrEmpty
    }

    It 'works in a thread job and in parallel' {
        $panel = Get-Smoking
        $scores = 1..2 | ForEach-Object -Parallel { Import-Module $using:ModulePath; ($using:panel | Invoke-SparseSCFit -StoppingRule 1 -GridLength 2).Score }
        $scores[0] | Should -Be $scores[1]
    }

    It 'works in a job of another process' {
        $panel = Get-Smoking
        $fit = Start-Job { Import-Module $using:ModulePath; $using:panel | Invoke-SparseSCFit -StoppingRule 1 -GridLength 2 } | Receive-Job -Wait -AutoRemoveJob
        $fit.Score | Should -Be ($panel | Invoke-SparseSCFit -StoppingRule 1 -GridLength 2).Score
    }

    It 'explains <name>' -ForEach $commands {
        $help = Get-Help $name -Full
        $help.Synopsis | Should -Match '\.$'
        $help.description.Text | Should -Not -BeNullOrEmpty
        $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
        $expected = (Get-Command $name).Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
        $help.parameters.parameter.name | Sort-Object | Should -Be $expected
        foreach ($parameter in $help.parameters.parameter) { $parameter.description.Text | Should -Not -BeNullOrEmpty }
    }
}

Describe 'Examples of the help' {
    It '<name>: <title>' -ForEach $examples {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive "$name-$index")
        $null = New-Item -ItemType SymbolicLink -Path (Join-Path $folder samples) -Target (Join-Path $RepositoryRoot samples)
        $env:SPARSESC_JOB_DIRECTORY = Join-Path $folder jobs
        $shell = [powershell]::Create()
        $null = $shell.AddScript("`$ErrorActionPreference = 'Stop'; Set-Location '$folder'; Import-Module '$ModulePath'").AddStatement().AddScript($code).AddCommand('Out-String')
        $output = $shell.Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
        Get-SparseSCBatchJob -State Running | Stop-SparseSCBatchJob
        $code | Should -Not -BeNullOrEmpty
    }
}

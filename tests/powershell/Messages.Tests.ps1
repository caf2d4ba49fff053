BeforeDiscovery {
    . $PSScriptRoot/Shared.ps1
    $cmdlets = (Get-Command -Module SparseSC -CommandType Cmdlet).Name

    # Options stand in messages of the sources as {CvFolds}, doubled in strings that are interpolated.
    $options = Get-ChildItem (Join-Path $RepositoryRoot src) -Recurse -Filter *.cs | Where-Object FullName -NotMatch '[\\/](obj|bin)[\\/]' | ForEach-Object {
        foreach ($line in [IO.File]::ReadLines($_.FullName)) {
            if ($line -match '^\s*//') { continue }
            foreach ($text in [regex]::Matches($line, '\$?"(?:[^"\\]|\\.)*"').Value) {
                $token = $text[0] -eq '$' ? '(?<!\{)\{\{([A-Z][A-Za-z0-9]*)(?::[A-Za-z0-9]+)?\}\}(?!\})' : '\{([A-Z][A-Za-z0-9]*)(?::[A-Za-z0-9]+)?\}'
                [regex]::Matches($text, $token).ForEach({ $_.Groups[1].Value })
            }
        }
    } | Sort-Object -Unique
}

Describe 'Messages of cmdlets' {
    BeforeAll {
        . $PSScriptRoot/Shared.ps1
        $render = [SparseSC.PowerShell.Commands.InvokeSparseSCFitCommand].Assembly.GetType('SparseSC.PowerShell.Errors.ParameterText').GetMethod('Render')
        function Test-Parameter([string] $Command, [string] $Name) { (Get-Command $Command).Parameters.Values | Where-Object { $_.Name -eq $Name -or $_.Aliases -contains $Name } }
    }

    It 'are many' { $count | Should -BeGreaterThan 80 } -TestCases @{ count = $options.Count }

    It 'name {<option>} as a parameter of the cmdlet at hand, or of another together with it' -ForEach ($options | ForEach-Object { @{ option = $_; cmdlets = $cmdlets } }) {
        # Options of verbs, or of programs that call the library: what they say never comes from the module.
        if ($option -in 'Combinations', 'Index', 'Input', 'Output', 'Outcomes', 'TreatmentPeriods', 'Threads', 'Grid', 'WeightsCsv', 'EffectsCsv') { return }
        foreach ($cmdlet in $cmdlets) {
            $said = $render.Invoke($null, @("Give {$option} 'x'.", $cmdlet))
            $said | Should -Match "^Give (-\w+ 'x'( of \w+-\w+)?|[A-Z]\w+-\w+ 'x')\.$" -Because "$cmdlet says so"
            if ($said -match "-(?<name>\w+) 'x'(?: of (?<owner>\w+-\w+))?\.$" -and $said -notmatch '^Give [A-Z]\w+-') {
                Test-Parameter ($Matches.owner ?? $cmdlet) $Matches.name | Should -Not -BeNullOrEmpty -Because "$cmdlet says: $said"
            }
        }
    }

    It 'name a cmdlet once' {
        $render.Invoke($null, @('Use {VmSize} or {SpotNodeCount}, or {BatchDirectory}.', 'Start-SparseSCBatchJob')) |
            Should -Be 'Use -VmSize of New-SparseSCBatchConfig or -SpotNodeCount, or -BatchDirectory.'
        $render.Invoke($null, @("{MaxParallel} -1 is negative, {WorkerPath} 'x' does not exist.", 'Start-SparseSCBatchJob')) |
            Should -Be "-MaxParallel -1 of New-SparseSCBatchConfig is negative, -WorkerPath 'x' does not exist."
    }

    It 'leave the words of users alone' {
        $render.Invoke($null, @("Unit '{Nobody}' is unknown.", 'Invoke-SparseSCFit')) | Should -Be "Unit '{Nobody}' is unknown."
    }
}

Describe 'What is written' {
    BeforeAll { . $PSScriptRoot/Shared.ps1 }

    It 'holds no template: a fit, a saved one, and one that is read' {
        $fit = Get-Smoking | Invoke-SparseSCFit -Fast -ModelType Full -NoWeights -WarningVariable warnings -WarningAction SilentlyContinue
        $fit.Warnings | Should -BeLike '-ModelType Full also fits the treated units*'
        "$warnings" | Should -Be "$($fit.Warnings)"
        $path = Join-Path $TestDrive full.json
        $fit | Export-SparseSCFit $path
        Get-Content $path -Raw | Should -Not -Match '\{[A-Z][A-Za-z]*(:[A-Za-z]+)?\}'
        (Import-SparseSCFit $path).Warnings | Should -Be $fit.Warnings
    }

    It 'holds no template: a failed task, its output, the job and its results' {
        $job = New-HalfFailedJob (New-SmallPlan templates)
        $written = @($job; $job | Get-SparseSCBatchTask; $job | Get-SparseSCBatchTaskOutput; $job | Receive-SparseSCResults -WarningAction Ignore)
        $json = ($written | ForEach-Object { $_ | ConvertTo-Json -Depth 6 }) -join "`n"
        $json | Should -BeLike '*The machine burnt down. Give -MaxIteration*'
        $json | Should -Not -Match '\{[A-Z][A-Za-z]*(:[A-Za-z]+)?\}'
    }
}

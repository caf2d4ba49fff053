<#
.SYNOPSIS
    Runs the tests of the built module in a PowerShell of their own and ends with one line that says how many passed.
#>
[CmdletBinding()]
param(
    # The built module.
    [string] $Module = (Join-Path $PSScriptRoot .. .. artifacts SparseSC),

    # The folder of what is made of it to be handed on.
    [string] $Packages = (Join-Path $PSScriptRoot .. .. artifacts package),

    # The tests to run; by default all of them.
    [string[]] $Path = $PSScriptRoot,

    # What the build of tests/SparseSC.PowerShell.Tests leaves for the tests: Pester, and assemblies to be loaded beside the module.
    # By default the latest of its builds; it is built when there is none.
    [string] $Files,

    # Where to write the result of every test as JSON, for a program that runs this.
    [string] $ResultPath
)
$ErrorActionPreference = 'Stop'
if (-not $Files) {
    $project = Join-Path $PSScriptRoot .. SparseSC.PowerShell.Tests
    $find = {
        Get-ChildItem (Join-Path $project bin) -Directory -Recurse -Depth 2 -ErrorAction Ignore | Where-Object { Test-Path (Join-Path $_.FullName modules Pester) } |
            Sort-Object LastWriteTime | Select-Object -Last 1
    }
    if (-not (& $find)) { dotnet build $project -v quiet -nologo }
    $Files = (& $find).FullName
}

$env:SPARSESC_TEST_FILES = (Resolve-Path $Files).Path
$env:PSModulePath = (Join-Path $env:SPARSESC_TEST_FILES modules), $env:PSModulePath -join [IO.Path]::PathSeparator
Import-Module Pester -MinimumVersion 5.9 -MaximumVersion 5.99
if (-not (Test-Path (Join-Path $Module SparseSC.psd1))) {
    throw "There is no module in '$Module'. Build it first: dotnet build eng/Module.proj -t:Package"
}

$env:SPARSESC_TEST_MODULE = (Resolve-Path $Module).Path
$env:SPARSESC_TEST_PACKAGES = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Packages)
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.CIFormat = 'None'
$result = Invoke-Pester -Configuration $configuration
if (-not $result) { throw 'The tests did not run.' }
if ($ResultPath) {
    $rows = foreach ($test in $result.Tests) {
        [pscustomobject]@{
            File    = Split-Path $test.ScriptBlock.File -Leaf
            Line    = $test.StartLine
            Result  = [string]$test.Result
            Message = ($test.ErrorRecord | ForEach-Object { "$_" }) -join "`n"
        }
    }

    ConvertTo-Json @($rows) | Set-Content -LiteralPath $ResultPath
}

$failed = $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
"PowerShell: $($result.PassedCount) passed, $failed failed, $($result.SkippedCount) skipped"
exit [int]($failed -gt 0)

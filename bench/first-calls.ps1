<#
.SYNOPSIS
    Measures what a new session waits for: the import, and the first five fits and effects; and the same work of the command line.
.DESCRIPTION
    Every round starts a new process for each module given, one after the other, so that a busy machine slows all of them alike. Prints
    every figure in milliseconds, with the processor time of the whole process; and whether all modules gave the same bits. PowerShell's own
    telemetry is off, because it works beside the first calls.
.EXAMPLE
    ./bench/first-calls.ps1 -Rounds 9
.EXAMPLE
    ./bench/first-calls.ps1 -Module before/SparseSC, artifacts/SparseSC -Precompiled On, Off
.EXAMPLE
    ./bench/first-calls.ps1 -Module @() -Program artifacts/cli/sparsesc
#>
[CmdletBinding()]
param(
    # Folders of built modules.
    [string[]] $Module = @((Join-Path $PSScriptRoot .. artifacts SparseSC)),

    # Executables of the command line.
    [string[]] $Program = @(),

    # Whether the runtime may use code that was compiled ahead, its own included (On), or must compile everything when it runs (Off).
    [ValidateSet('On', 'Off')]
    [string[]] $Precompiled = @('On'),

    # New processes per module and program.
    [ValidateRange(1, 1000)]
    [int] $Rounds = 5,

    # Calls of each kind in one session.
    [ValidateRange(1, 100)]
    [int] $Calls = 5,

    # Which of the rounds is shown. On a machine that others use too, the least is the nearest to a quiet one.
    [ValidateSet('Median', 'Least')]
    [string] $Show = 'Median'
)
$ErrorActionPreference = 'Stop'
$sample = (Resolve-Path (Join-Path $PSScriptRoot .. samples california_prop99.csv)).Path

# The dotnet tool has no executable of PowerShell beside its assemblies.
$shell = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
$command = @(if (Test-Path $shell) { $shell } else { 'dotnet'; Join-Path $PSHOME pwsh.dll })

$session = {
    param([string] $Module, [string] $Sample, [int] $Calls)
    $ErrorActionPreference = 'Stop'
    $watch = [Diagnostics.Stopwatch]::StartNew()
    Import-Module $Module
    $figures = [ordered]@{ import = $watch.Elapsed.TotalMilliseconds }
    $rows = Import-Csv $Sample
    $watch.Restart()
    $panel = $rows | ConvertTo-SparseSCPanel -Unit state -Time year -Outcome cigsale -TreatedUnit California -TreatmentTime 1989
    $figures['panel'] = $watch.Elapsed.TotalMilliseconds
    $bits = [Text.StringBuilder]::new()
    function Add-Bits($Numbers) {
        foreach ($number in $Numbers) { $null = $bits.Append([BitConverter]::DoubleToInt64Bits($number)).Append(',') }
    }

    foreach ($call in 1..$Calls) {
        $watch.Restart()
        $fit = $panel | Invoke-SparseSCFit
        $figures["fit $call"] = $watch.Elapsed.TotalMilliseconds
        Add-Bits @($fit.Score; $fit.V; $fit.Weights)
    }

    foreach ($call in 1..$Calls) {
        $watch.Restart()
        $effect = $panel | Measure-SparseSCEffect
        $figures["effect $call"] = $watch.Elapsed.TotalMilliseconds
        Add-Bits @($effect.Synthetic; $effect.Effect.Average.PValue)
    }

    $figures['processor'] = [Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime.TotalMilliseconds
    $hash = [Security.Cryptography.SHA256]::HashData([Text.Encoding]::ASCII.GetBytes($bits.ToString()))
    $figures['bits'] = [Convert]::ToHexString($hash)
    $figures | ConvertTo-Json -Compress
}

function Get-Shown([double[]] $Numbers) {
    $sorted = @($Numbers | Sort-Object)
    if ($Show -eq 'Least') { return [Math]::Round($sorted[0]) }
    [Math]::Round(($sorted[[Math]::Floor(($sorted.Count - 1) / 2)] + $sorted[[Math]::Floor($sorted.Count / 2)]) / 2)
}

function Measure-Session([string] $Folder) {
    $text = "& { $session } '$($Folder -replace "'", "''")' '$($sample -replace "'", "''")' $Calls"
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text))
    $line = & $command[0] @($command | Select-Object -Skip 1) -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand $encoded
    if ($LASTEXITCODE) { throw "The session with '$Folder' ended with $LASTEXITCODE." }
    $line | ConvertFrom-Json -AsHashtable
}

function Measure-Program([string] $Path) {
    $figures = [ordered]@{}
    $verbs = [ordered]@{ fit = @('fit'); effects = @('effects') }
    $panel = '--panel', $sample, '--unit', 'state', '--time', 'year', '--outcome', 'cigsale', '--treated-unit', 'California', '--treatment-time', '1989'
    foreach ($verb in $verbs.Keys) {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $answer = & $Path @($verbs[$verb]) @panel 2>&1
        $figures[$verb] = $watch.Elapsed.TotalMilliseconds
        if ($LASTEXITCODE) { throw "'$Path $verb' ended with ${LASTEXITCODE}: $answer" }
    }

    $figures
}

$variants = @(
    foreach ($state in $Precompiled) {
        foreach ($folder in $Module) { @{ Name = "$folder ($state)"; Path = (Resolve-Path $folder).Path; State = $state; Kind = 'Session' } }
        foreach ($file in $Program) { @{ Name = "$file ($state)"; Path = (Resolve-Path $file).Path; State = $state; Kind = 'Program' } }
    }
)
$runs = @{}
$before = $env:DOTNET_ReadyToRun, $env:POWERSHELL_TELEMETRY_OPTOUT
$env:POWERSHELL_TELEMETRY_OPTOUT = '1'
try {
    foreach ($round in 1..$Rounds) {
        foreach ($variant in $variants) {
            $env:DOTNET_ReadyToRun = if ($variant.State -eq 'Off') { '0' } else { $null }
            $runs[$variant.Name] = @($runs[$variant.Name]) + @(& "Measure-$($variant.Kind)" $variant.Path)
        }
    }
}
finally { $env:DOTNET_ReadyToRun, $env:POWERSHELL_TELEMETRY_OPTOUT = $before }

$bits = @()
foreach ($variant in $variants) {
    $of = @($runs[$variant.Name] | Where-Object { $_ })
    $bits += $of.bits | Where-Object { $_ }
    $row = [ordered]@{ Variant = $variant.Name }
    foreach ($name in $of[0].Keys | Where-Object { $_ -ne 'bits' }) { $row[$name] = Get-Shown $of.$name }
    [pscustomobject]$row
}

if ($bits) { "Same bits: $(@($bits | Select-Object -Unique).Count -eq 1)" }

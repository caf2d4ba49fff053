#!/usr/bin/env pwsh
<#
.SYNOPSIS
    What did California's tobacco law of 1988 do to cigarette sales? Estimates it, here at once and then as a job.
.DESCRIPTION
    All that is needed is the .NET SDK 10. From the repository's folder:

        dotnet tool exec powershell --yes -- ./samples/california.ps1

    or, where PowerShell 7.4 or later is installed, pwsh ./samples/california.ps1. The script builds the module and imports it.
.EXAMPLE
    ./samples/california.ps1 -NoBuild

    Takes the module as it was built before.
#>
[CmdletBinding()]
param(
    # Where the plan of the job, its results and its log lie. The same plan goes on there with the results it has.
    [string] $BatchDirectory = (Join-Path $PSScriptRoot .. artifacts california),

    [switch] $NoBuild
)
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
if (-not $NoBuild) {
    'Building the module; the first time takes about a minute ...'
    dotnet build (Join-Path $root eng Module.proj) -v quiet -nologo
    if ($LASTEXITCODE) { throw "The module does not build: dotnet build ended with $LASTEXITCODE. Its messages stand above." }
}

Import-Module (Join-Path $root artifacts SparseSC)

# 1. The data: one row per state and year. California is treated from 1989 on, the other 38 states never.
$panel = Import-Csv (Join-Path $PSScriptRoot california_prop99.csv) |
    ConvertTo-SparseSCPanel -Unit state -Time year -Outcome cigsale -TreatedUnit California -TreatmentTime 1989
$panel | Format-Table

# 2. The effect, with p-values and intervals from placebos: every other state in turn, as if it had been treated.
'The effect in packs per head, by year: observed minus synthetic'
$effect = $panel | Measure-SparseSCEffect
$effect.Effect.PerPeriod | Format-Table
$effect | Format-List

# 3. The same estimate as a job: its tasks run in processes of their own, here or, with another configuration, on Azure Batch.
'The same as a job on this machine'
$plan = $panel | Measure-SparseSCEffect -BatchDirectory $BatchDirectory
$config = New-SparseSCBatchConfig -Local
$merged = $plan | Start-SparseSCBatchJob -Config $config | Wait-SparseSCBatchJob | Receive-SparseSCResults | Merge-SparseSCResults
$merged | Format-List
"To the last bit the same: $($merged.Effect.Average.Effect -eq $effect.Effect.Average.Effect)"

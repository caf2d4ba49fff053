#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds the module into artifacts/SparseSC; with -Test, runs every test; with -Pack, also makes artifacts/package: a
    package for a PowerShell repository (SparseSC.VERSION.nupkg) and a zip.
.DESCRIPTION
    Everything here is one call of the build that stands in eng/Module.proj, so that a machine without PowerShell can make it too:
    dotnet build eng/Module.proj
#>
[CmdletBinding()]
param(
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # Leaves out the Linux worker, which takes about a minute to link. Jobs then run in child PowerShells.
    [switch] $NoWorker,

    [switch] $Test,

    [switch] $Pack
)
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$module = Join-Path $PSScriptRoot artifacts SparseSC

$target = $Pack ? 'Package' : 'Module'
dotnet build (Join-Path $PSScriptRoot eng Module.proj) -t:$target -v quiet -p:Configuration=$Configuration -p:IncludeWorker=$(-not $NoWorker)
if ($Test) {
    dotnet test (Join-Path $PSScriptRoot SparseSC.PowerShell.sln) -v quiet
    & (Join-Path $PSScriptRoot tests powershell Invoke-Tests.ps1) -Module $module
}

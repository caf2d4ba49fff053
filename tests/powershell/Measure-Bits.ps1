# Prints where the module's assemblies were loaded from, and a hash of all numbers of a fit and of an effect.
param([string] $Sample)
$ErrorActionPreference = 'Stop'
$panel = Import-Csv $Sample | ConvertTo-SparseSCPanel -Unit state -Time year -Outcome cigsale -TreatedUnit California -TreatmentTime 1989
$fit = $panel | Invoke-SparseSCFit -GridLength 4
$effect = $panel | Measure-SparseSCEffect
foreach ($name in 'Numerics', 'Core', 'PowerShell') {
    $assembly = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq "SparseSC.$name" }
    Split-Path $assembly.Location
}

$numbers = @($fit.Score; $fit.V; $fit.Scores; $fit.Weights; $fit.Predictions; $effect.Synthetic; $effect.Effect.Average.PValue)
$text = ($numbers | ForEach-Object { [BitConverter]::DoubleToInt64Bits($_) }) -join ','
[Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::ASCII.GetBytes($text)))

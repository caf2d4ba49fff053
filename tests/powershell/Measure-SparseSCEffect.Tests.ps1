BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Measure-SparseSCEffect' {
    It 'estimates the effect of a panel with names and times' {
        $effect = Get-Smoking | Measure-SparseSCEffect
        $effect.GetType().FullName | Should -Be 'SparseSC.Core.Effects.EffectEstimate'
        $effect.Effect.PerPeriod.Time | Should -Be (1989..2000 | ForEach-Object { "$_" })
        $effect.Effect.PlaceboCount | Should -Be 38
        $effect.OutcomeName | Should -Be 'cigsale'
        $effect.Effect.Average.Effect | Should -BeLessThan -10
    }

    It 'gives the published effect with simplex weights' {
        $effect = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex
        [math]::Abs($effect.Effect.Average.Effect + 19.513630) | Should -BeLessThan 1e-6
    }

    It 'divides by doses' {
        $one = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex -CrossFitFolds 1
        $two = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex -CrossFitFolds 1 -Dose @{ California = 2 }
        [math]::Abs($one.Effect.Average.Effect - 2 * $two.Effect.Average.Effect) | Should -BeLessThan 1e-9
        { Get-Smoking | Measure-SparseSCEffect -Dose @{ Californa = 2 } -ErrorAction Stop } | Should -Throw "*did you mean 'California'*"
    }

    It 'survives serialisation' {
        $path = Join-Path $TestDrive effect.xml
        Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex | Export-Clixml $path -Depth 5
        $back = Import-Clixml $path
        $back.Effect.PerPeriod[0].Time | Should -Be '1989'
        [math]::Abs($back.Effect.Average.Effect + 19.513630) | Should -BeLessThan 1e-6
    }

    It 'names the parameter at fault' {
        { Get-Smoking | Measure-SparseSCEffect -PrePeriods 30 -ErrorAction Stop } | Should -Throw '*-PrePeriods 30*'
        { Get-Smoking | Measure-SparseSCEffect -GridLength 3 -ErrorAction Stop } | Should -Throw '*-GridLength*'
    }

    It 'shows effects, not types' {
        $text = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex | Out-String -Width 120
        $text | Should -Match 'AverageEffect\s+: -19.51 \['
        $text | Should -Match 'Treated\s+: 1 from 1989'
    }
}

BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $effect = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex
}

Describe 'Export-SparseSCPlot' {
    It 'draws <kind>' -ForEach @('Outcomes', 'Gap', 'PlaceboGaps', 'PlaceboGapsPruned', 'Ratios', 'UnitWeights', 'FeatureWeights', 'Balance', 'EventTime' | ForEach-Object { @{ kind = $_ } }) {
        $file = $effect | Export-SparseSCPlot (Join-Path $TestDrive "$kind.svg") -Kind $kind -PassThru
        $svg = [xml](Get-Content -Raw $file)
        $svg.svg.role | Should -Be 'img'
        $svg.svg.title.InnerText | Should -Not -BeNullOrEmpty
    }

    It 'keeps what draws apart from the session' {
        $effect | Export-SparseSCPlot (Join-Path $TestDrive apart.svg)
        $loaded = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object { $_.Assemblies.GetName().Name -contains 'OxyPlot' }
        $loaded.Name | Should -Be 'SparseSC.Plots'
    }

    It 'writes numbers as the session does and replaces nothing unasked' {
        $path = Join-Path $TestDrive twice.svg
        $effect | Export-SparseSCPlot $path -Title 'Zigaretten & Steuern'
        ([xml](Get-Content -Raw $path)).svg.title.InnerText | Should -Be 'Zigaretten & Steuern'
        { $effect | Export-SparseSCPlot $path -ErrorAction Stop } | Should -Throw '*-Force*'
    }

    It 'says what a fit has to show' {
        $fit = Get-Smoking | Invoke-SparseSCFit -Fast
        $fit | Export-SparseSCPlot (Join-Path $TestDrive fit.svg) -PassThru | Should -Not -BeNullOrEmpty
        { $fit | Export-SparseSCPlot (Join-Path $TestDrive no.svg) -Kind Gap -ErrorAction Stop } | Should -Throw '*-Kind Gap shows the estimate of an effect, and this is a model. Of a model there are UnitWeights, *'
    }

    It 'names the way out of a file that cannot be a picture' {
        { $effect | Export-SparseSCPlot (Join-Path $TestDrive picture.png) -ErrorAction Stop } | Should -Throw -ErrorId 'PictureFormat,*'
        { $effect | Export-SparseSCPlot (Join-Path $TestDrive none/picture.svg) -ErrorAction Stop } | Should -Throw "*-Path * cannot be written: the folder '*none' does not exist.*"
        { $effect | Export-SparseSCEffect (Join-Path $TestDrive none/effect.json) -ErrorAction Stop } | Should -Throw -ErrorId 'OutputNotWritable,*'
    }

    It 'refuses a picture of nothing' {
        $differences = Get-Smoking | Measure-SparseSCEffect -Estimator DifferenceInDifferences
        { $differences | Export-SparseSCPlot (Join-Path $TestDrive nothing.svg) -Kind FeatureWeights -ErrorAction Stop } | Should -Throw '*The donors are -Kind UnitWeights.*'
    }
}

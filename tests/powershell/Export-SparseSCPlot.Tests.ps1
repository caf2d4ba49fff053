BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $effect = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex
}

Describe 'Export-SparseSCPlot' {
    It 'draws <kind>' -ForEach @('Outcomes', 'Gap', 'PlaceboGaps', 'PlaceboGapsPruned', 'Ratios', 'UnitWeights', 'FeatureWeights', 'Balance', 'EventTime', 'Cumulative' | ForEach-Object { @{ kind = $_ } }) {
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
        { $fit | Export-SparseSCPlot (Join-Path $TestDrive no.svg) -Kind Gap -ErrorAction Stop } | Should -Throw '*-Kind Gap cannot be drawn of a model. Of that there are UnitWeights, *'
    }

    It 'names the way out of a file that cannot be a picture' {
        { $effect | Export-SparseSCPlot (Join-Path $TestDrive picture.jpg) -ErrorAction Stop } | Should -Throw -ErrorId 'PictureFormat,*'
        { $effect | Export-SparseSCPlot (Join-Path $TestDrive none/picture.svg) -ErrorAction Stop } | Should -Throw "*-Path * cannot be written: the folder '*none' does not exist.*"
        { $effect | Export-SparseSCEffect (Join-Path $TestDrive none/effect.json) -ErrorAction Stop } | Should -Throw -ErrorId 'OutputNotWritable,*'
    }

    It 'refuses a picture of nothing' {
        $differences = Get-Smoking | Measure-SparseSCEffect -Estimator DifferenceInDifferences
        { $differences | Export-SparseSCPlot (Join-Path $TestDrive nothing.svg) -Kind FeatureWeights -ErrorAction Stop } | Should -Throw '*The donors are -Kind UnitWeights.*'
    }

    It 'draws tests, also saved ones' {
        $test = Get-Smoking | Test-SparseSCPlacebo -Kind LeaveOneOut -UnitWeight Simplex
        $first = $test | Export-SparseSCPlot (Join-Path $TestDrive donors.svg) -PassThru
        $second = Copy-ThroughClixml $test | Export-SparseSCPlot (Join-Path $TestDrive saved.svg) -Kind LeaveOneOut -PassThru
        Get-Content $second -Raw | Should -Be (Get-Content $first -Raw)
        { $test | Export-SparseSCPlot (Join-Path $TestDrive no.svg) -Kind Gap -ErrorAction Stop } | Should -Throw '*cannot be drawn of a test that leaves donors out*'
    }

    It 'makes other formats by a program of the machine, and says what it looked for' {
        { $effect | Export-SparseSCPlot (Join-Path $TestDrive a.gif) -ErrorAction Stop } | Should -Throw '*must end in .svg, .png or .pdf*'
        if (-not $IsLinux) { return }
        $tools = New-Item -ItemType Directory (Join-Path $TestDrive 'tools of mine')
        $before = $env:PATH
        try {
            $env:PATH = "$tools"
            $fault = { $effect | Export-SparseSCPlot (Join-Path $TestDrive a.png) -ErrorAction Stop } | Should -Throw -PassThru
            $fault.FullyQualifiedErrorId | Should -BeLike 'PictureProgramMissing,*'
            $program = Join-Path $tools rsvg-convert
            Set-Content $program "#!/bin/sh`nfor a in `"`$@`"; do case `"`$a`" in --output=*) echo made > `"`${a#*=}`";; esac; done"
            [IO.File]::SetUnixFileMode($program, 448)
            Get-Content ($effect | Export-SparseSCPlot (Join-Path $TestDrive a.png) -PassThru) | Should -Be made
        } finally { $env:PATH = $before }
    }
}

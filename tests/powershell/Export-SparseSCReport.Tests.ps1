BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $panel = Get-Smoking
    $effect = $panel | Measure-SparseSCEffect -UnitWeight Simplex
}

Describe 'Export-SparseSCReport' {
    It 'goes from the file to the page in one pipeline, and says how' {
        $path = Join-Path $TestDrive page.html
        Import-SparseSCPanel $Smoking state year cigsale -TreatedUnit California -TreatmentTime 1989 |
            Measure-SparseSCEffect -UnitWeight Simplex |
            Export-SparseSCReport $path
        $html = Get-Content -Raw $path
        $html | Should -BeLike '<!DOCTYPE html>*<h1>What did the treatment of California from 1989 on do to cigsale?</h1>*'
        $html | Should -BeLike '*<pre tabindex="0"><code>Import-SparseSCPanel $Smoking state year cigsale*Measure-SparseSCEffect -UnitWeight Simplex |*Export-SparseSCReport $path</code></pre>*'
        (Get-Item $path).Length | Should -BeLessThan 1MB
    }

    It 'writes of <what>' -ForEach @(
        @{ what = 'a fit'; make = { $panel | Invoke-SparseSCFit -Fast } }
        @{ what = 'placebos in space'; make = { $panel | Test-SparseSCPlacebo -UnitWeight Simplex } }
        @{ what = 'placebos in time'; make = { $panel | Test-SparseSCPlacebo -Kind Time -UnitWeight Simplex } }
        @{ what = 'donors left out'; make = { $panel | Test-SparseSCPlacebo -Kind LeaveOneOut -UnitWeight Simplex } }
        @{ what = 'a conformal test'; make = { $panel | Test-SparseSCPlacebo -Kind Conformal } }
    ) {
        $made = & $make
        $path = Join-Path $TestDrive "$what.html"
        $made | Export-SparseSCReport $path -Title $what -PassThru | Should -Not -BeNullOrEmpty
        Get-Content -Raw $path | Should -BeLike "*<h1>$what</h1>*</table>*</html>*"
        $saved = Join-Path $TestDrive "$what.clixml"
        $made | Export-Clixml $saved -Depth 8
        Import-Clixml $saved | Export-SparseSCReport (Join-Path $TestDrive "$what again.html") -Title $what
        (Get-Content -Raw (Join-Path $TestDrive "$what again.html")) -replace '(?s)<pre.*?</pre>' | Should -Be ((Get-Content -Raw $path) -replace '(?s)<pre.*?</pre>')
    }

    It 'replaces nothing unasked, and refuses what is no result' {
        $path = Join-Path $TestDrive twice.html
        $effect | Export-SparseSCReport $path -Theme Dark
        Get-Content -Raw $path | Should -BeLike '*data-theme="dark"*'
        { $effect | Export-SparseSCReport $path -ErrorAction Stop } | Should -Throw '*-Force*'
        { $panel | Export-SparseSCReport (Join-Path $TestDrive panel.html) -ErrorAction Stop } | Should -Throw '*an effect, a fit or a test of an effect*'
    }
}

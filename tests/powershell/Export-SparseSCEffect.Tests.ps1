BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $effect = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex
}

Describe 'Export-SparseSCEffect' {
    It 'writes the same file for an effect and for one that was saved by <way>' -ForEach @(
        @{ way = 'Export-Clixml'; save = { Copy-ThroughClixml $effect } }
        @{ way = 'ConvertTo-Json'; save = { $effect | ConvertTo-Json -Depth 9 | ConvertFrom-Json } }
    ) {
        $file = Join-Path $TestDrive effect.json; $other = Join-Path $TestDrive saved.json
        $effect | Export-SparseSCEffect $file -Force
        & $save | Export-SparseSCEffect $other -Force
        (Get-FileHash $other).Hash | Should -Be (Get-FileHash $file).Hash
    }

    It 'replaces a file only with -Force, writes nothing with -WhatIf, and passes the file on' {
        $path = Join-Path $TestDrive 'effect [1].json'
        $effect | Export-SparseSCEffect $path -WhatIf
        Test-Path -LiteralPath $path | Should -BeFalse
        ($effect | Export-SparseSCEffect $path -PassThru).FullName | Should -Be $path
        { $effect | Export-SparseSCEffect $path -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,*'
        $effect | Export-SparseSCEffect -LiteralPath $path -Force
    }

    It 'displays the fit of a treatment time with its donors, also one that was read back' {
        $path = Join-Path $TestDrive fit.json
        $effect | Export-SparseSCEffect $path -Force
        $shown = $effect.Periods[0].Fit | Out-String -Width 160
        $shown | Should -Match 'Utah'
        ((Import-SparseSCEffect $path).Periods[0].Fit | Out-String -Width 160) | Should -Be $shown
        ((Copy-ThroughClixml $effect).Periods[0].Fit | Out-String -Width 160) | Should -Be $shown
    }

    It 'says what it takes and where that comes from' {
        { 'x' | Export-SparseSCEffect (Join-Path $TestDrive x.json) -ErrorAction Stop } | Should -Throw "*'Effect'*an effect*the text 'x'*Measure-SparseSCEffect*"
        $fit = Get-Smoking | Invoke-SparseSCFit -Fast
        { $fit | Export-SparseSCEffect (Join-Path $TestDrive x.json) -ErrorAction Stop } | Should -Throw '*Export-SparseSCFit*'
        { $effect | Export-SparseSCFit (Join-Path $TestDrive x.json) -ErrorAction Stop } | Should -Throw '*Export-SparseSCEffect*'
    }
}

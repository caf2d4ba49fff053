BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $fit = Get-Smoking | Invoke-SparseSCFit -StoppingRule 1 -GridLength 3 -CvFolds 3
    $path = Join-Path $TestDrive fit.json
    $fit | Export-SparseSCFit $path
}

Describe 'Import-SparseSCFit' {
    It 'reads names, numbers and all' {
        $read = Import-SparseSCFit $path
        Test-SameFit $read $fit | Should -BeTrue
        $read.UnitNames | Should -Be $fit.UnitNames
        $read.Targets[0, 0] | Should -Be $fit.Targets[0, 0]
        $read.Iterations[0].VPen | Should -Be $fit.Iterations[0].VPen
    }

    It 'takes files from the pipeline' {
        (Get-Item $path | Import-SparseSCFit).Score | Should -Be $fit.Score
        ($path | Import-SparseSCFit).Score | Should -Be $fit.Score
    }

    It 'tells <fault> from a fit' -ForEach @(
        @{ fault = 'a file that is not there'; text = $null; id = 'FitFileNotFound' }
        @{ fault = 'other JSON'; text = '{"a":1}'; id = 'NotAFitFile' }
        @{ fault = 'half a file'; text = '{"format":"sparsesc-fit","vers'; id = 'FitDamaged' }
        @{ fault = 'a later version'; text = '{"format":"sparsesc-fit","version":99}'; id = 'FitVersion' }
    ) {
        $bad = Join-Path $TestDrive "bad-$id.json"
        if ($text) { Set-Content $bad $text }
        $error_ = { Import-SparseSCFit $bad } | Should -Throw -PassThru
        $error_.FullyQualifiedErrorId | Should -Be "$id,SparseSC.PowerShell.Commands.ImportSparseSCFitCommand"
    }

    It 'goes on with the next file after an error' {
        $fits = Import-SparseSCFit (Join-Path $TestDrive none.json), $path -ErrorVariable faults -ErrorAction SilentlyContinue
        @($fits).Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'FitFileNotFound,*'
    }

    It 'takes names with brackets as they stand, and patterns' {
        $odd = Join-Path $TestDrive 'fit [1].json'
        $fit | Export-SparseSCFit -LiteralPath $odd
        (Import-SparseSCFit -LiteralPath $odd).Score | Should -Be $fit.Score
        (Import-SparseSCFit $odd).Score | Should -Be $fit.Score
        (Get-Item -LiteralPath $odd | Import-SparseSCFit).Score | Should -Be $fit.Score
        @(Import-SparseSCFit (Join-Path $TestDrive 'fit*.json')).Count | Should -Be 2
        { Import-SparseSCFit (Join-Path $TestDrive 'none*.json') } | Should -Throw "*no file fits*none*"
    }
}

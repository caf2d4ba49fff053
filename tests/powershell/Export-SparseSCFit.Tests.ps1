BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $fit = Get-Smoking | Invoke-SparseSCFit -StoppingRule 1 -GridLength 3 -CvFolds 3
}

Describe 'Export-SparseSCFit' {
    It 'writes a file that gives the fit back with every bit' {
        $file = $fit | Export-SparseSCFit (Join-Path $TestDrive fit.json) -PassThru
        $file.Name | Should -Be 'fit.json'
        Test-SameFit (Import-SparseSCFit $file) $fit | Should -BeTrue
    }

    It 'leaves a file that stands there, unless forced' {
        $path = Join-Path $TestDrive kept.json
        Set-Content $path mine
        $fault = { Export-SparseSCFit $path $fit } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -Be 'FileExists,SparseSC.PowerShell.Commands.ExportSparseSCFitCommand'
        Get-Content $path | Should -Be 'mine'
        Export-SparseSCFit $path $fit -Force
        (Import-SparseSCFit $path).Score | Should -Be $fit.Score
    }

    It 'writes nothing when only asked what if' {
        Export-SparseSCFit (Join-Path $TestDrive whatif.json) $fit -WhatIf
        Join-Path $TestDrive whatif.json | Should -Not -Exist
    }

    It 'takes a fit saved and read again' {
        $path = Join-Path $TestDrive saved.json
        Copy-ThroughClixml $fit | Export-SparseSCFit $path
        Test-SameFit (Import-SparseSCFit $path) $fit | Should -BeTrue
    }
}

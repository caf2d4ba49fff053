BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Test-SparseSCPlacebo' {
    It 'ranks every unit in space' {
        $test = Get-Smoking | Test-SparseSCPlacebo -UnitWeight Simplex
        @($test.Rows).Count | Should -Be 39
        ($test.Rows | Where-Object IsTreated).Unit | Should -Be 'California'
        $test | Out-String | Should -Match 'California rank \d+'
    }

    It 'dates the treatment back' {
        $test = Get-Smoking | Test-SparseSCPlacebo -Kind Time -PlaceboTimes 1980, 1983 -UnitWeight Simplex
        $test.PlaceboTimes | Should -Be '1980', '1983'
        $test | Out-String | Should -Match 'PlaceboTimes\s+: 1980, 1983'
        { Get-Smoking | Test-SparseSCPlacebo -Kind Time -PlaceboTimes 1900 -ErrorAction Stop } | Should -Throw "*-PlaceboTimes*there is no time '1900'*"
    }

    It 'leaves donors out, in the spelling of the command line too' {
        $test = Get-Smoking | Test-SparseSCPlacebo -Kind leave-one-out -UnitWeight Simplex
        @($test.Rows).Count | Should -Be 6
        $test | Out-String | Should -Match 'WithoutOneDonor\s+: from -\d+\.\d+ to -\d+\.\d+\s'
    }

    It 'tests conformally' {
        $test = Get-Smoking | Test-SparseSCPlacebo -Kind Conformal
        $test.PermutationCount | Should -Be 31
        $test.Method | Should -Be 'conformal, cyclic shifts'
        $test | Out-String | Should -Match 'NoEffectAtAll\s+: p = 0\.\d+ of 31 rearrangements'
    }
}

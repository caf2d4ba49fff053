BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'Test-SparseSCPlacebo' {
    It 'ranks every unit in space' {
        $test = Get-Smoking | Test-SparseSCPlacebo -UnitWeight Simplex
        @($test.Rows).Count | Should -Be 39
        ($test.Rows | Where-Object IsTreated).Unit | Should -Be 'California'
        $test | Out-String | Should -Match 'California rank \d+'
    }

    It 'passes warnings on' {
        $null = Get-Smoking | Test-SparseSCPlacebo -UnitWeight Simplex -Level 0.99 -WarningVariable warnings 3> $null
        "$warnings" | Should -BeLike '*Intervals have no ends*'
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
        $test.Average.CiLow | Should -Be $test.Average.Intervals[0].Low
        $test.Average.CiHigh | Should -Be $test.Average.Intervals[-1].High
        $test | Out-String | Should -Match 'NoEffectAtAll\s+: p = 0\.\d+ of 31 rearrangements'
    }

    It 'refuses what <kind> does not use: <parameter>' -ForEach @(
        @{ kind = 'Conformal'; parameter = 'Joint'; options = @{ Joint = $true } }
        @{ kind = 'Conformal'; parameter = 'Joint'; options = @{ Joint = $true; Norm = 2 } }
        @{ kind = 'Conformal'; parameter = 'MaxPlacebos'; options = @{ MaxPlacebos = 5 } }
        @{ kind = 'Conformal'; parameter = 'WPens'; options = @{ WPens = 1.0 } }
        @{ kind = 'Conformal'; parameter = 'Draws'; options = @{ Draws = 5 } }
        @{ kind = 'Conformal'; parameter = 'UnitWeight'; options = @{ UnitWeight = 'DifferenceInDifferences' } }
        @{ kind = 'Space'; parameter = 'Norm'; options = @{ Norm = 2 } }
        @{ kind = 'Space'; parameter = 'PlaceboTimes'; options = @{ PlaceboTimes = '1980' } }
        @{ kind = 'Time'; parameter = 'Permutations'; options = @{ Permutations = 'Iid' } }
        @{ kind = 'LeaveOneOut'; parameter = 'CrossFitFolds'; options = @{ CrossFitFolds = 3 } }
    ) {
        $fault = { Get-Smoking | Test-SparseSCPlacebo -Kind $kind @options -ErrorAction Stop } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -BeLike 'OptionNotUsed,*'
        "$fault" | Should -BeLike "-$parameter *"
    }

    It 'takes what the conformal test always does' {
        (Get-Smoking | Test-SparseSCPlacebo -Kind Conformal -NullGrid 25).Average.Intervals | Should -BeNullOrEmpty
        (Get-Smoking | Test-SparseSCPlacebo -Kind Conformal -UnitWeight Simplex -Norm 2 -Demean).PermutationCount | Should -Be 31
    }

    It 'shows what is used together in a syntax of its own' {
        $sets = (Get-Command Test-SparseSCPlacebo).ParameterSets.Name | Sort-Object
        $sets | Should -Be 'Conformal', 'Fast', 'Joint', 'Mean', 'UnitWeight'
        $syntax = @((Get-Help Test-SparseSCPlacebo).syntax.syntaxItem)
        $syntax.Count | Should -Be 5
        $conformal = $syntax | Where-Object { $_.parameter.name -contains 'Norm' }
        @($conformal).Count | Should -Be 1
        $conformal.parameter.name | Should -Not -Contain 'WPens'
        $conformal.parameter.name | Should -Not -Contain 'Joint'
        $conformal.parameter.Count | Should -BeLessThan 20
    }
}

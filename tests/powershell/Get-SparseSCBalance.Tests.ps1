BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $panel = Import-Csv $Smoking |
        ConvertTo-SparseSCPanel state year cigsale -Covariate lnincome, retprice -TreatedUnit California -TreatmentTime 1989
}

Describe 'Get-SparseSCBalance' {
    It 'lists covariates and outcomes of an effect, also of a saved one' {
        $effect = $panel | Measure-SparseSCEffect -UnitWeight Simplex
        $rows = $effect | Get-SparseSCBalance
        $rows.Predictor | Should -Be (@('lnincome', 'retprice') + 1970..1988)
        $rows.TreatmentTime | Select-Object -Unique | Should -Be 1989
        $rows[2].Treated | Should -Be 123
        $rows[2].StandardisedDifference | Should -Be (($rows[2].Treated - $rows[2].Synthetic) / $rows[2].DonorDeviation)
        (Copy-ThroughClixml $effect | Get-SparseSCBalance).Synthetic | Should -Be $rows.Synthetic
        ($rows | Out-String -Width 80) | Should -Match 'Predictor +Treated +Synthetic +DonorMean +StdDiff +DonorDiff'
    }

    It 'lists the features of a fit, and says why one has none' {
        $fit = $panel | Invoke-SparseSCFit -Fast
        ($fit | Get-SparseSCBalance).Predictor | Should -Be $fit.FeatureNames
        $fault = { $panel | Invoke-SparseSCFit -Fast -NoWeights | Get-SparseSCBalance -ErrorAction Stop } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -BeLike 'BalanceNotKept,*'
        "$fault" | Should -BeLike '*without -NoWeights*'
    }
}

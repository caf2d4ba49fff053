BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $panel = Get-Smoking
}

Describe 'New-SparseSCDonorPool' {
    It 'keeps the donors of a list, the nearest, and no neighbours' {
        ($panel | New-SparseSCDonorPool -Donor Utah, Nevada, Montana).Units | Sort-Object | Should -Be 'California', 'Montana', 'Nevada', 'Utah'
        $nearest = $panel | New-SparseSCDonorPool -Nearest 5
        $nearest.UnitCount | Should -Be 6
        $nearest.TreatedUnits | Should -Be California
        'a,b', 'Nevada,California', 'California,Oregon' | Set-Content (Join-Path $TestDrive near.csv)
        $far = Copy-ThroughClixml $panel | New-SparseSCDonorPool -Neighbours (Join-Path $TestDrive near.csv)
        $far.Units | Should -Not -Contain Nevada
        $far.UnitCount | Should -Be 38
    }

    It 'is the pool of effects and fits' {
        $pool = $panel | New-SparseSCDonorPool -Nearest 10 -NearestBy Correlation
        $effect = $pool | Measure-SparseSCEffect -UnitWeight Simplex
        ($effect | Get-SparseSCWeight -IncludeZero).Donor | Sort-Object | Should -Be ($pool.Units -ne 'California' | Sort-Object)
        $effect.Effect.PlaceboCount | Should -Be 10
        ($pool | Invoke-SparseSCFit -Fast).ControlUnits.Count | Should -Be 10
    }

    It 'says what is wrong' {
        { $panel | New-SparseSCDonorPool -ErrorAction Stop } | Should -Throw '*Give -Donor, -Neighbours or -Nearest.'
        { $panel | New-SparseSCDonorPool -Donor Utha -ErrorAction Stop } | Should -Throw "-Donor: there is no unit 'Utha'; did you mean 'Utah'*"
        { $panel | New-SparseSCDonorPool -Donor California -ErrorAction Stop } | Should -Throw '*is treated from 1989 on*'
        { $panel | New-SparseSCDonorPool -Nearest 1 -ErrorAction Stop } | Should -Throw '*leaves 1 of 38 controls*'
    }
}

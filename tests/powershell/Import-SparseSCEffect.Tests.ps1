BeforeAll {
    . $PSScriptRoot/Shared.ps1
    # Two treatment times, so that each has a fit of its own.
    $panel = Import-Csv $Smoking | Select-Object state, year, cigsale, @{ n = 'from'; e = { switch ($_.state) { California { 1989 } Utah { 1991 } } } } |
        ConvertTo-SparseSCPanel state year cigsale -TreatmentTimeColumn from
    $effect = $panel | Measure-SparseSCEffect -CrossFitFolds 3
    $path = Join-Path $TestDrive effect.json
    $effect | Export-SparseSCEffect $path
}

Describe 'Import-SparseSCEffect' {
    It 'reads every bit of an exported effect' {
        $read = Import-SparseSCEffect $path
        $again = Join-Path $TestDrive again.json
        $read | Export-SparseSCEffect $again
        (Get-FileHash $again).Hash | Should -Be (Get-FileHash $path).Hash
        $read.Periods.Count | Should -Be 2
        $read.OutcomeName | Should -Be cigsale
        foreach ($period in 0, 1) {
            foreach ($name in 'Synthetic', 'HeldOutSynthetic', 'IndividualHalfWidths') {
                [Linq.Enumerable]::SequenceEqual([double[]]@($read.Periods[$period].$name), [double[]]@($effect.Periods[$period].$name)) | Should -BeTrue
            }
        }

        [Linq.Enumerable]::SequenceEqual([double[]]@($read.Observed), [double[]]@($effect.Observed)) | Should -BeTrue
        ($read | Out-String) | Should -Be ($effect | Out-String)
    }

    It 'takes files from the pipeline, by pattern and by their very name' {
        Copy-Item $path (Join-Path $TestDrive 'one [1].json')
        (Get-Item $path | Import-SparseSCEffect).Effect.Average.Effect | Should -Be $effect.Effect.Average.Effect
        (Import-SparseSCEffect -LiteralPath (Join-Path $TestDrive 'one [1].json')).Units.Count | Should -Be 39
        (Import-SparseSCEffect (Join-Path $TestDrive 'one [1].json')).Units.Count | Should -Be 39
        @(Import-SparseSCEffect (Join-Path $TestDrive 'one*.json')).Count | Should -Be 1
    }

    It 'tells <fault> from an effect' -ForEach @(
        @{ fault = 'a file that is not there'; text = $null; id = 'EffectFileNotFound' }
        @{ fault = 'other JSON'; text = '{"a":1}'; id = 'NotAnEffectFile' }
        @{ fault = 'half a file'; text = '{"format":"sparsesc-effects","vers'; id = 'EffectDamaged' }
        @{ fault = 'a file without its parts'; text = '{"format":"sparsesc-effects","version":1}'; id = 'EffectDamaged' }
        @{ fault = 'a later version'; text = '{"format":"sparsesc-effects","version":99}'; id = 'EffectVersion' }
    ) {
        $bad = Join-Path $TestDrive "bad-$([guid]::NewGuid()).json"
        if ($text) { Set-Content $bad $text }
        { Import-SparseSCEffect $bad } | Should -Throw -ErrorId "$id,SparseSC.PowerShell.Commands.ImportSparseSCEffectCommand"
    }
}

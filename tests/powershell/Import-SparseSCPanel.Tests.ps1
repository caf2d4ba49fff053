BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $california = @{ Unit = 'state'; Time = 'year'; Outcome = 'cigsale'; TreatedUnit = 'California'; TreatmentTime = 1989 }
}

Describe 'Import-SparseSCPanel' {
    It 'reads the panel that ConvertTo-SparseSCPanel makes of the same file' {
        $read = Import-SparseSCPanel $Smoking @california -Covariate retprice
        $made = Import-Csv $Smoking | ConvertTo-SparseSCPanel @california -Covariate retprice
        "$read" | Should -Be "$made"
        [double[]]@($read.Outcome) | Should -Be ([double[]]@($made.Outcome))
        [double[]]@($read.Covariates[0]) | Should -Be ([double[]]@($made.Covariates[0]))
        $read.Units | Should -Be $made.Units
    }

    It 'goes from the file to an effect' {
        $effect = Import-SparseSCPanel $Smoking state year cigsale -TreatedUnit California -TreatmentTime 1989 | Measure-SparseSCEffect -UnitWeight Simplex
        $expected = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex
        $effect.Effect.Average.Effect | Should -Be $expected.Effect.Average.Effect
    }

    It 'reads <what>' -ForEach @(
        @{ what = 'semicolons and a decimal comma'; text = "u;t;y`nA;1;1,5`nA;2;2.000,25`nB;1;3`nB;2;4`n"; more = @{ Culture = 'de-DE' }; encoding = 'utf8' }
        @{ what = 'tabs in UTF-16'; text = "u`tt`ty`nA`t1`t1.5`nA`t2`t2000.25`nB`t1`t3`nB`t2`t4`n"; more = @{}; encoding = 'unicode' }
        @{ what = 'a separator that is named'; text = "u|t|y`nA|1|1.5`nA|2|2000.25`nB|1|3`nB|2|4`n"; more = @{ Delimiter = '|' }; encoding = 'utf8BOM' }
        @{ what = 'numbered rows of R'; text = "`"u`",`"t`",`"y`"`n`"1`",`"A`",1,1.5`n`"2`",`"A`",2,2000.25`n`"3`",`"B`",1,3`n`"4`",`"B`",2,4`n"; more = @{}; encoding = 'utf8' }
    ) {
        $file = Join-Path $TestDrive shape.csv
        Set-Content $file $text -Encoding $encoding -NoNewline
        $panel = Import-SparseSCPanel $file u t y @more
        $panel.Units | Should -Be A, B
        [double[]]@($panel.Outcome) | Should -Be 1.5, 2000.25, 3, 4
    }

    It 'reads wide form, units or times in rows' {
        $byUnit = Join-Path $TestDrive units.csv
        $byTime = Join-Path $TestDrive times.csv
        Set-Content $byUnit 'store,2020-01,2020-02,2020-03', 'north,1,2,30', 'south,4,5,6', 'west,7,8,9'
        Set-Content $byTime 'month,north,south,west', '2020-03,30,6,9', '2020-01,1,4,7', '2020-02,2,5,8'
        foreach ($panel in (Import-SparseSCPanel $byUnit -Wide -TreatedUnit north -TreatmentTime 2020-03),
            (Import-SparseSCPanel $byTime -Wide -Time month -TreatedUnit north -TreatmentTime 2020-03)) {
            "$panel" | Should -Be '3 units × 3 times (monthly, 2020-01 … 2020-03, none missing), 1 treated from 2020-03, outcome outcome, no gaps'
            [double[]]@($panel.Outcome) | Should -Be 1, 2, 30, 4, 5, 6, 7, 8, 9
        }
        { Import-SparseSCPanel $byUnit -Wide -Unit store -Time month } | Should -Throw '*-Wide takes -Unit*or -Time*not both*' -ErrorId 'WideAmbiguous,*'
    }

    It 'reads several files, and goes on after one that is wrong' {
        foreach ($name in 'one', 'two') { Set-Content (Join-Path $TestDrive "many-$name.csv") 'u,t,y', 'A,1,1', 'B,1,2' }
        @(Get-ChildItem $TestDrive -Filter many-*.csv | Import-SparseSCPanel -Unit u -Time t -Outcome y).Count | Should -Be 2
        @(Import-SparseSCPanel (Join-Path $TestDrive many-*.csv) u t y).Count | Should -Be 2
        $panels = Import-SparseSCPanel (Join-Path $TestDrive none.csv), (Join-Path $TestDrive many-one.csv) u t y -ErrorVariable faults -ErrorAction SilentlyContinue
        @($panels).Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
    }

    It 'names a column that is needed, and the line of what is wrong' {
        { Import-SparseSCPanel $Smoking state year } | Should -Throw '*A panel needs -Outcome*' -ErrorId 'ColumnNotNamed,*'
        $file = Join-Path $TestDrive twice.csv
        Set-Content $file 'u,t,y', 'A,1,1', 'A,1,2', 'B,1,3'
        { Import-SparseSCPanel $file u t y } | Should -Throw '*stands twice (*line 3, and line 2 before)*-Aggregate Mean or Sum.' -ErrorId 'DuplicateRow,*'
        [double[]]@((Import-SparseSCPanel $file u t y -Aggregate Mean).Outcome) | Should -Be 1.5, 3
        [double[]]@((Import-SparseSCPanel $file u t y -Aggregate Sum).Outcome) | Should -Be 3, 3
    }
}

Describe 'Predictors and units left out' {
    It 'takes predictors as hashtables, as objects and from a file' {
        $given = @{ Name = 'retprice'; From = 1980; To = 1988; Statistic = 'Mean' }, @{ name = 'cigsale'; from = 1975; to = 1975 }
        $json = Join-Path $TestDrive predictors.json
        $given | ConvertTo-Json | Set-Content $json
        (Get-Content $json -Raw) -creplace '"Name"', '"name"' -creplace '"From"', '"from"' -creplace '"To"', '"to"' -creplace '"Statistic"', '"statistic"' | Set-Content $json
        foreach ($predictors in $given, ($given | ForEach-Object { [pscustomobject]$_ }), $json) {
            $panel = Import-SparseSCPanel $Smoking @california -Predictor $predictors
            $panel.CovariateNames | Should -Be 'retprice (1980 … 1988)', 'cigsale (1975)'
            $row = [array]::IndexOf($panel.Units, 'California')
            [math]::Round($panel.Covariates[1][$row, 5], 2) | Should -Be 127.1
        }
        (Import-Csv $Smoking | ConvertTo-SparseSCPanel @california -Predictor $given).CovariateNames | Should -Be 'retprice (1980 … 1988)', 'cigsale (1975)'
        { Import-SparseSCPanel $Smoking @california -Predictor @{ Name = 'retprice'; Until = 1988 } } | Should -Throw "*-Predictor: a predictor has no 'Until'*" -ErrorId 'PredictorsMalformed,*'
        { Import-SparseSCPanel $Smoking @california -Predictor @{ Name = 'retprice'; To = 1990 } } | Should -Throw '*reaches 1990, but units are treated from 1989 on*' -ErrorId 'PredictorAfterTreatment,*'
    }

    It 'leaves units out' {
        $panel = Import-SparseSCPanel $Smoking @california -ExcludeUnit Utah, Nevada
        $panel.UnitCount | Should -Be 37
        $panel.Units | Should -Not -Contain 'Utah'
        (Import-Csv $Smoking | ConvertTo-SparseSCPanel @california -ExcludeUnit Utah).UnitCount | Should -Be 38
        { Import-SparseSCPanel $Smoking @california -ExcludeUnit Utha } | Should -Throw "*-ExcludeUnit: there is no unit 'Utha'; did you mean 'Utah'?"
    }
}

BeforeAll { . $PSScriptRoot/Shared.ps1 }

Describe 'ConvertTo-SparseSCPanel' {
    BeforeAll {
        $rows = foreach ($unit in 'a', 'b', 'c') {
            foreach ($time in 1..4) { [pscustomobject]@{ unit = $unit; time = $time; y = $time + [int][char]$unit; x = $time * 2 } }
        }
    }

    Context 'Rows of the pipeline' {
        It 'makes one panel of the sample' {
            $panel = Import-Csv $Smoking |
                ConvertTo-SparseSCPanel -Unit state -Time year -Outcome cigsale -Covariate lnincome, retprice -TreatedUnit California -TreatmentTime 1989
            @($panel).Count | Should -Be 1
            $panel.GetType().FullName | Should -Be 'SparseSC.Core.Data.Panel'
            $panel.UnitCount, $panel.TimeCount, $panel.TreatedCount, $panel.FirstTreatmentTime | Should -Be 39, 31, 1, '1989'
            $panel.Outcome[0, 0] | Should -Be 123.900001525879
            "$panel" | Should -Be '39 units × 31 times (yearly, 1970 … 2000, none missing), 1 treated from 1989, outcome cigsale, no gaps'
        }

        It 'takes objects, hashtables, data rows and a data table alike' {
            $table = [Data.DataTable]::new()
            foreach ($column in 'unit', 'time', 'y', 'x') { $null = $table.Columns.Add($column) }
            foreach ($row in $rows) { $null = $table.Rows.Add($row.unit, $row.time, $row.y, $row.x) }
            $expected = $rows | ConvertTo-SparseSCPanel unit time y -Covariate x -TreatedUnit a -TreatmentTime 3
            $hashtables = $rows | ForEach-Object { @{ unit = $_.unit; time = $_.time; y = $_.y; x = $_.x } }
            foreach ($input in $hashtables, $table.Rows, (, $table)) {
                $panel = $input | ConvertTo-SparseSCPanel unit time y -Covariate x -TreatedUnit a -TreatmentTime 3
                [double[]]@($panel.Outcome) | Should -Be ([double[]]@($expected.Outcome))
                [double[]]@($panel.Covariates[0]) | Should -Be ([double[]]@($expected.Covariates[0]))
                $panel.Units | Should -Be 'a', 'b', 'c'
            }
        }

        It 'takes rows as an argument' {
            (ConvertTo-SparseSCPanel -InputObject $rows -Unit unit -Time time -Outcome y).UnitCount | Should -Be 3
        }

        It 'reads dates and numbers of any type' {
            $dated = foreach ($unit in 'a', 'b') { foreach ($day in 1..3) { [pscustomobject]@{ u = $unit; t = [datetime]::new(2021, 1, $day); y = [decimal]$day } } }
            $panel = $dated | ConvertTo-SparseSCPanel u t y -TreatedUnit a -TreatmentTime ([datetime]::new(2021, 1, 3))
            $panel.Times | Should -Be '2021-01-01', '2021-01-02', '2021-01-03'
            $panel.FirstTreatmentTime | Should -Be '2021-01-03'
        }

        It 'reads numbers the same in every culture' {
            $culture = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = 'de-DE'
                $panel = [pscustomobject]@{ u = 'a'; t = 1; y = '1.5' }, [pscustomobject]@{ u = 'b'; t = 1; y = 2.5 } | ConvertTo-SparseSCPanel u t y
                [double[]]@($panel.Outcome) | Should -Be 1.5, 2.5
            }
            finally { [cultureinfo]::CurrentCulture = $culture }
        }

        It 'reads numbers as a culture writes them, and refuses a column where they are mixed' {
            $texts = { param([string[]] $Values) $time = 0; foreach ($value in $Values) { $time++; [pscustomobject]@{ u = 'a'; t = $time; y = $value } } }
            [double[]]@((& $texts '52,82', '52.820', '-1.234,5', '7' | ConvertTo-SparseSCPanel u t y -Culture de-DE).Outcome) | Should -Be 52.82, 52820, -1234.5, 7
            [double[]]@((& $texts '1,234.56', '52.820' | ConvertTo-SparseSCPanel u t y -Culture en-US).Outcome) | Should -Be 1234.56, 52.82
            { & $texts '52,82', '1,234.56' | ConvertTo-SparseSCPanel u t y -Culture de } | Should -Throw "*'1,234.56'*(row 2)*must be a finite number as -Culture 'de' writes one*"
            { & $texts '1', '52,82' | ConvertTo-SparseSCPanel u t y } | Should -Throw "*numbers with a decimal comma, such as 1.234,56, are read with -Culture 'de-DE'*"
            { & $texts '1', '1,234.5' | ConvertTo-SparseSCPanel u t y } | Should -Throw "*numbers such as 1,234.56 are read with -Culture 'en-US'*"
        }

        It 'takes NaN, #N/A and - for missing, whatever their type' {
            foreach ($missing in 'NaN', '#N/A', '-', 'NA', '', $null, [double]::NaN) {
                $gappy = $rows | ForEach-Object { [pscustomobject]@{ unit = $_.unit; time = $_.time; y = $_.unit -eq 'b' -and $_.time -eq 2 ? $missing : $_.y } }
                ($gappy | ConvertTo-SparseSCPanel unit time y -Missing DropUnit -WarningAction Ignore).DroppedUnits | Should -Be 'b'
            }
        }

        It 'names a unit whose name was lost in reading' {
            $file = Join-Path $TestDrive latin1.csv
            [IO.File]::WriteAllText($file, "unit,time,y`nK$([char]0xF6)ln,1,1`nBonn,1,2`n", [Text.Encoding]::Latin1)
            { Import-Csv $file | ConvertTo-SparseSCPanel unit time y } | Should -Throw '*lost when the file was read*Import-Csv -Encoding latin1*' -ErrorId 'TextNotReadable,*'
            (Import-Csv $file -Encoding latin1 | ConvertTo-SparseSCPanel unit time y).Units[0] | Should -Be "K$([char]0xF6)ln"
        }

        It 'reads the first treated time from a column' {
            $staggered = $rows | Select-Object *, @{ n = 'since'; e = { if ($_.unit -eq 'b') { 3 } } }
            $panel = $staggered | ConvertTo-SparseSCPanel unit time y -TreatmentTimeColumn since
            $panel.TreatedUnits | Should -Be 'b'
            $panel.TreatmentPeriods | Should -Be $null, 2, $null
        }

        It 'deals with gaps as told' {
            $gappy = $rows | Where-Object { -not ($_.unit -eq 'b' -and $_.time -eq 2) }
            ($gappy | ConvertTo-SparseSCPanel unit time y -Missing Interpolate -WarningVariable made -WarningAction Ignore).InterpolatedOutcomes | Should -Be 1
            "$made" | Should -Be "1 value was interpolated in outcome 'y', in 1 of 3 units (b 1)."
            $panel = $gappy | ConvertTo-SparseSCPanel unit time y -Missing DropUnit -WarningVariable left -WarningAction Ignore
            $panel.DroppedUnits | Should -Be 'b'
            "$left" | Should -Be "1 of 3 units left out for gaps in outcome 'y': b."
            $panel = $gappy | ConvertTo-SparseSCPanel unit time y -TreatedUnit b -TreatmentTime 3 -Missing Interpolate, DropTime -WarningAction Ignore
            $panel.InterpolatedOutcomes, $panel.DroppedTimes | Should -Be 0, '2'
            (Copy-ThroughClixml $panel).Warnings | Should -Be "1 of 4 times left out for gaps in outcome 'y' of b: 2."
        }

        It 'says once what was left out, and keeps it with the result' {
            $gappy = Import-Csv (Join-Path $RepositoryRoot tests data cases S26-dropped-units-not-named panel.csv)
            $panel = $gappy | ConvertTo-SparseSCPanel unit time y -TreatedUnit R00 -TreatmentTime 2011 -Missing DropUnit -WarningAction Ignore
            $effect = $panel | Measure-SparseSCEffect -UnitWeight Simplex -Level 0.9 -WarningVariable again -WarningAction Ignore
            $effect.Warnings | Should -Be "2 of 16 units left out for gaps in outcome 'y': R05, R09."
            $again | Should -BeNullOrEmpty
        }

        It 'lists every gap as an object of the error' {
            $gappy = $rows | Where-Object { -not ($_.unit -in 'b', 'c' -and $_.time -eq 2) }
            $fault = { $gappy | ConvertTo-SparseSCPanel unit time y -TreatedUnit a -TreatmentTime 3 } | Should -Throw -PassThru
            $fault.TargetObject.Unit | Should -Be 'b', 'c'
            $fault.TargetObject.Time | Should -Be '2', '2'
            "$fault" | Should -BeLike '*the first of 2 gaps in 2 of 3 units (b 1, c 1). Give -Missing Interpolate or DropTime, or complete the data.'
        }

        It 'reads a column of 0 and 1, and of booleans' {
            foreach ($on in { [int]($_.unit -eq 'b' -and $_.time -ge 3) }, { $_.unit -eq 'b' -and $_.time -ge 3 }, { $_.unit -eq 'b' -and $_.time -ge 3 ? '1' : '0' }) {
                $panel = $rows | Select-Object *, @{ n = 'on'; e = $on } | ConvertTo-SparseSCPanel unit time y -Treatment on
                $panel.Treatment | Should -Be 'b from 3'
            }

            $rows | Select-Object *, @{ n = 'since'; e = { @{ a = 'Inf'; b = 3; c = 9 }[$_.unit] } } |
                ConvertTo-SparseSCPanel unit time y -TreatmentTimeColumn since -WarningVariable late -WarningAction Ignore | ForEach-Object Treatment | Should -Be 'b from 3'
            "$late" | Should -Be "Treated after the panel's end (4) and taken as never treated: c from 9."
        }
    }

    Context 'What is wrong is said by id and in words' {
        It '<id>' -ForEach @(
            @{ id = 'PanelEmpty'; words = 'No rows came through the pipeline'; run = { @() | ConvertTo-SparseSCPanel a b c } }
            @{ id = 'UnknownColumn'; words = "-Unit: there is no column 'units'; did you mean 'unit'"; run = { $rows | ConvertTo-SparseSCPanel units time y } }
            @{ id = 'OutcomeNotANumber'; words = "'y' is 'much' for unit 'a' at time 1 (row 1)"; run = { [pscustomobject]@{ unit = 'a'; time = 1; y = 'much' } | ConvertTo-SparseSCPanel unit time y } }
            @{ id = 'TreatmentIncomplete'; words = '-TreatedUnit also needs -TreatmentTime'; run = { $rows | ConvertTo-SparseSCPanel unit time y -TreatedUnit a } }
            @{ id = 'AllUnitsTreated'; words = 'All 3 units are treated'; run = { $rows | ConvertTo-SparseSCPanel unit time y -TreatedUnit a, b, c -TreatmentTime 3 } }
        ) {
            $fault = { & $run } | Should -Throw -PassThru
            $fault.FullyQualifiedErrorId | Should -Be "$id,SparseSC.PowerShell.Commands.ConvertToSparseSCPanelCommand"
            "$fault" | Should -BeLike "*$words*"
            $fault.Exception.Message | Should -Be "$fault"
        }

        It 'names unit, time and row of a gap, and the way out' {
            { $rows | Where-Object { -not ($_.unit -eq 'b' -and $_.time -eq 2) } | ConvertTo-SparseSCPanel unit time y } |
                Should -Throw "*'b' at time 2*Give -Missing Interpolate, DropUnit or DropTime*"
        }

        It 'names the row of a time that is unlike the others' {
            $mixed = @($rows) + [pscustomobject]@{ unit = 'b'; time = 'soon'; y = 1 }
            { $mixed | ConvertTo-SparseSCPanel unit time y } | Should -Throw "-Time 'time' is 'soon' for unit 'b' (row $(@($mixed).Count)), but nearly all times are numbers*"
        }

        It 'takes one way to say who is treated, not both' {
            { $rows | ConvertTo-SparseSCPanel unit time y -TreatedUnit a -TreatmentTime 3 -TreatmentTimeColumn x } |
                Should -Throw -ErrorId 'AmbiguousParameterSet,SparseSC.PowerShell.Commands.ConvertToSparseSCPanelCommand'
        }
    }

    It 'shows what a panel holds, with the step of its times' {
        $lines = (Get-Smoking | Out-String -Width 80).Trim() -split [Environment]::NewLine
        $lines | Should -Be @(
            'Units      : 39'
            'Times      : 31 (yearly, 1970 … 2000, none missing)'
            'Outcome    : cigsale'
            'Treated    : California from 1989'
            'Covariates : none'
            'Gaps       : none'
        )
        $staggered = $rows | Select-Object *, @{ n = 'since'; e = { if ($_.unit -ne 'c') { $_.unit -eq 'b' ? 3 : 2 } } }
        ($staggered | ConvertTo-SparseSCPanel unit time y -TreatmentTimeColumn since).Treatment | Should -Be 'a from 2, b from 3'
    }

    It 'reads times by their words, by a format and by the language of their months' {
        $named = { param([string[]] $Times) foreach ($unit in 'a', 'b') { foreach ($time in $Times) { [pscustomobject]@{ u = $unit; t = $time; y = 1 } } } }
        (& $named 'Week 10', 'Week 9', 'Week 11' | ConvertTo-SparseSCPanel u t y).Times | Should -Be 'Week 9', 'Week 10', 'Week 11'
        $panel = & $named '1/12/2020', '2/11/2020' | ConvertTo-SparseSCPanel u t y -TimeFormat d/M/yyyy -TreatedUnit a -TreatmentTime ([datetime]::new(2020, 12, 1))
        $panel.Times | Should -Be '2/11/2020', '1/12/2020'
        $panel.FirstTreatmentTime | Should -Be '1/12/2020'
        $panel = & $named 'Mär 2021', 'Dez 2020', 'Jan 2021' | ConvertTo-SparseSCPanel u t y -TimeFormat 'MMM yyyy' -Culture de-DE
        $panel.TimeStep | Should -Be 'monthly, Dez 2020 … Mär 2021, 1 missing, the first after Jan 2021'
        (Copy-ThroughClixml $panel | Out-String) | Should -Match 'monthly, Dez 2020'
        (& $named 'Jan-21', 'Nov-20' | ConvertTo-SparseSCPanel u t y).Times | Should -Be 'Nov-20', 'Jan-21'
        (& $named '01.11.2020', '31.10.2020' | ConvertTo-SparseSCPanel u t y -Culture de-DE).Times | Should -Be '31.10.2020', '01.11.2020'
        { & $named '1-Nov-20', '2-Nov-20' | ConvertTo-SparseSCPanel u t y } | Should -Throw "*order of the times in -Time 't' is not known*'1-Nov-20'*-TimeFormat 'd-MMM-yy' would read all of them." -ErrorId 'TimeOrderUnknown,*'
        { & $named 'Nov-20', 'Dez-20' | ConvertTo-SparseSCPanel u t y -TimeFormat MMM-yy } | Should -Throw "*is 'Dez-20' for unit 'a' (row 2), which -TimeFormat 'MMM-yy' does not read*" -ErrorId 'TimeFormatMismatch,*'
    }

    It 'says which names look alike, in a gap error and in a warning' {
        $rows = foreach ($name in 'T', 'S1', 'S2', 'S3') { foreach ($time in 1..6) { [pscustomobject]@{ unit = $name; time = $time; y = $time + $name.Length } } }
        ($rows | Where-Object { $_.unit -eq 'S2' -and $_.time -gt 3 } | Select-Object -First 1).unit = 's2'
        ($rows | Where-Object { $_.unit -ceq 'S2' -and $_.time -gt 4 } | Select-Object -First 1).unit = 'S2 '
        { $rows | ConvertTo-SparseSCPanel unit time y -TreatedUnit T -TreatmentTime 5 -ErrorAction Stop } | Should -Throw "*unit 'S2' at time 4*looks like 's2', 'S2 '*"
        $rows += foreach ($time in 1..6) { [pscustomobject]@{ unit = 's3'; time = $time; y = $time } }
        $panel = $rows | Where-Object { $_.unit.Trim() -ne 'S2' } | ConvertTo-SparseSCPanel unit time y -TreatedUnit T -TreatmentTime 5 -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*differ only by case, blanks or the way a letter is coded*'S3', 's3'*"
        $panel.UnitCount | Should -Be 4
        ($rows | Where-Object unit -CEQ 's3').ForEach{ $_.unit = "Que$([char]0x301)bec" }
        ($rows | Where-Object unit -CEQ 'S3').ForEach{ $_.unit = "Qu$([char]0xE9)bec" }
        $null = $rows | Where-Object { $_.unit.Trim() -ne 'S2' } | ConvertTo-SparseSCPanel unit time y -TreatedUnit T -TreatmentTime 5 -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*differ only by case, blanks or the way a letter is coded*'
    }
}

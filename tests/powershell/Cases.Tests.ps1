# Situations from public bug reports, rebuilt on a small panel: culture, typed rows, odd paths, runspaces and jobs.
BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $random = [random]::new(7)
    $rows = foreach ($unit in 0..11) {
        $level = 20 + (3 * $random.NextDouble())
        foreach ($time in 2001..2015) {
            [pscustomobject]@{
                unit = 'R{0:00}' -f $unit; time = "$time"
                y = ($level + [math]::Sin($time) + $random.NextDouble() + ($unit -eq 0 -and $time -ge 2011 ? 5 : 0)).ToString('R', [cultureinfo]::InvariantCulture)
            }
        }
    }
    $panel = $rows | ConvertTo-SparseSCPanel unit time y -TreatedUnit R00 -TreatmentTime 2011
    $expected = ($panel | Measure-SparseSCEffect -UnitWeight Simplex).Effect.Average.Effect
    $fit = $panel | Invoke-SparseSCFit -CvFolds 5 -GradientFolds 3 -GridLength 4
}

Describe 'Where sessions differ' {
    It 'computes the same under a culture of decimal commas, and refuses numbers written so' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $german = $rows | ConvertTo-SparseSCPanel unit time y -TreatedUnit R00 -TreatmentTime 2011 | Measure-SparseSCEffect -UnitWeight Simplex -Level '0.9'
            $german.Effect.Average.Effect | Should -Be $expected
            $german.Effect.Level | Should -Be 0.9
            $commas = $rows | ForEach-Object { [pscustomobject]@{ unit = $_.unit; time = $_.time; y = $_.y.Replace('.', ',') } }
            { $commas | ConvertTo-SparseSCPanel unit time y -TreatedUnit R00 -TreatmentTime 2011 -ErrorAction Stop } | Should -Throw "*'R00' at time 2001 (row 1)*"
        }
        finally { [cultureinfo]::CurrentCulture = $before }
    }

    It 'takes typed rows of a data table, dates and database nulls' {
        $table = [System.Data.DataTable]::new()
        $null = $table.Columns.Add('unit', [string]); $null = $table.Columns.Add('day', [datetime]); $null = $table.Columns.Add('y', [double])
        foreach ($row in $rows) { $null = $table.Rows.Add($row.unit, [datetime]::new([int]$row.time, 1, 1), [double]::Parse($row.y, [cultureinfo]::InvariantCulture)) }
        $typed = $table.Rows | ConvertTo-SparseSCPanel unit day y -TreatedUnit R00 -TreatmentTime ([datetime]'2011-01-01')
        ($typed | Measure-SparseSCEffect -UnitWeight Simplex).Effect.Average.Effect | Should -Be $expected
        $table.Rows[20]['y'] = [DBNull]::Value
        { , $table | ConvertTo-SparseSCPanel unit day y -TreatedUnit R00 -TreatmentTime 2011-01-01 -ErrorAction Stop } | Should -Throw "*'R01'*(row 21)*"
    }

    It 'finds files relative to the location, with brackets, on drives and from home' {
        $folder = Join-Path $TestDrive 'a [b] c'
        $null = New-Item -ItemType Directory $folder
        Push-Location -LiteralPath $folder
        try {
            $fit | Export-SparseSCFit './fit [1].json'
            Test-Path -LiteralPath (Join-Path $folder 'fit [1].json') | Should -BeTrue
            (Import-SparseSCFit -LiteralPath './fit [1].json').Score | Should -Be $fit.Score
            (Import-SparseSCFit './fit [1].json').Score | Should -Be $fit.Score
            (Import-SparseSCFit '*.json').Score | Should -Be $fit.Score
            $null = $panel | Invoke-SparseSCFit -CvFolds 3 -GradientFolds 3 -GridLength 4 -BatchDirectory './my plan'
            Test-Path -LiteralPath (Join-Path $folder 'my plan' plan.json) | Should -BeTrue
            $null = New-PSDrive -Name SparseSCCase -PSProvider FileSystem -Root $TestDrive
            $fit | Export-SparseSCFit SparseSCCase:/drive.json
            Join-Path $TestDrive drive.json | Should -Exist
            $fit | Export-SparseSCFit ./whatif.json -WhatIf
            Test-Path -LiteralPath (Join-Path $folder whatif.json) | Should -BeFalse
        }
        finally {
            Pop-Location
            Remove-PSDrive SparseSCCase -ErrorAction Ignore
        }
    }

    It 'gives the same in runspaces beside each other and in a thread job' {
        $all = 1..3 | ForEach-Object -Parallel { Import-Module $using:ModulePath; ($using:panel | Measure-SparseSCEffect -UnitWeight Simplex).Effect.Average.Effect }
        $all | Select-Object -Unique | Should -Be $expected
        Start-ThreadJob { Import-Module $using:ModulePath; ($using:panel | Measure-SparseSCEffect -UnitWeight Simplex).Effect.Average.Effect } | Receive-Job -Wait -AutoRemoveJob | Should -Be $expected
    }

    It 'gives the same across the border of a job' {
        $config = New-SparseSCBatchConfig -Local -MaxParallel 1
        $there = Start-Job {
            Import-Module $using:ModulePath
            ($using:panel | Measure-SparseSCEffect -UnitWeight Simplex).Effect.Average.Effect
            ($using:fit | Get-SparseSCPrediction | Select-Object -First 1).Gap
            ($using:fit | Get-SparseSCWeight | Select-Object -First 1).Weight
            @(Get-SparseSCBatchJob -Config $using:config -ErrorAction Stop).Count -ge 0
        } | Receive-Job -Wait -AutoRemoveJob
        $there[0] | Should -Be $expected
        $there[1] | Should -Be ($fit | Get-SparseSCPrediction | Select-Object -First 1).Gap
        $there[2] | Should -Be ($fit | Get-SparseSCWeight | Select-Object -First 1).Weight
        $there[3] | Should -BeTrue
    }

    It 'goes on with the next panel when one is bad' {
        $bad = $rows | ConvertTo-SparseSCPanel unit time y -TreatedUnit R00 -TreatmentTime 2002
        $results = $bad, $panel | Measure-SparseSCEffect -UnitWeight Simplex -PrePeriods 5 -ErrorAction SilentlyContinue -ErrorVariable faults
        @($results).Count, $faults.Count | Should -Be 1, 1
    }
}

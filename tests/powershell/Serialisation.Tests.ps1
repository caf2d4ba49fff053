# What every object of the pipeline owes to scripts and other programs: words for what it is, in JSON, in a file and across a job.
BeforeDiscovery {
    $kinds = 'panel', 'plan', 'job', 'task', 'output', 'results', 'local', 'azure', 'finding', 'weight', 'feature', 'balance', 'prediction', 'value', 'conformal', 'fit', 'effect',
        'space', 'time', 'leaveOneOut' | ForEach-Object { @{ kind = $_ } }
    $flat = $kinds | Where-Object { $_.kind -notin 'fit', 'effect', 'conformal', 'space', 'time', 'leaveOneOut' }
}

BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $panel = Get-Smoking
    $plan = New-SmallPlan
    $job = $plan | Start-SparseSCBatchJob | Wait-SparseSCBatchJob
    $task = Get-SparseSCBatchTask -JobId $job.Id | Select-Object -First 1
    $fit = $panel | Invoke-SparseSCFit -StoppingRule 1 -GridLength 3 -CvFolds 3
    $effect = $panel | Measure-SparseSCEffect -UnitWeight Simplex
    $objects = @{
        panel = $panel; plan = $plan; job = $job; task = $task; fit = $fit; effect = $effect
        output = $task | Get-SparseSCBatchTaskOutput | Select-Object -First 1
        results = $job | Receive-SparseSCResults
        local = New-SparseSCBatchConfig -Local
        azure = New-SparseSCBatchConfig -BatchAccountName fits -BatchAccountEndpoint https://fits.westeurope.batch.azure.com -StorageAccountName fitstore -PoolId fits -DedicatedNodeCount 1 -MaxWallClockTime 01:00
        finding = Test-SparseSCBatchConfig | Select-Object -First 1
        weight = $fit | Get-SparseSCWeight | Select-Object -First 1
        feature = $fit | Get-SparseSCWeight -Feature | Select-Object -First 1
        balance = $effect | Get-SparseSCBalance | Select-Object -First 1
        prediction = $fit | Get-SparseSCPrediction | Select-Object -First 1
        value = $effect.Effect.Average
        conformal = $panel | Test-SparseSCPlacebo -Kind Conformal
        space = $panel | Test-SparseSCPlacebo -UnitWeight Simplex
        time = $panel | Test-SparseSCPlacebo -Kind Time -UnitWeight Simplex
        leaveOneOut = $panel | Test-SparseSCPlacebo -Kind LeaveOneOut -UnitWeight Simplex
    }
}

Describe 'A saved object' {
    It 'says in JSON what it is in words: <kind>' -ForEach $kinds {
        $words = foreach ($property in $objects[$kind].psobject.Properties) { if ($property.Value -is [enum]) { $property.Name } }
        $json = $objects[$kind] | ConvertTo-Json -WarningAction SilentlyContinue | ConvertFrom-Json
        foreach ($name in $words) { $json.$name | Should -Be "$($objects[$kind].$name)" -Because $name }
    }

    It 'fits whole into ConvertTo-Json as it stands: <kind>' -ForEach $flat {
        $null = $objects[$kind] | ConvertTo-Json -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeNullOrEmpty
    }

    It 'looks the same after Export-Clixml: <kind>' -ForEach $kinds {
        $back = Copy-ThroughClixml $objects[$kind]
        ($back | Out-String -Width 160) | Should -Be ($objects[$kind] | Out-String -Width 160)
        ($back | Format-List | Out-String -Width 160) | Should -Be ($objects[$kind] | Format-List | Out-String -Width 160)
    }

    It 'looks the same in a job: <kind>' -ForEach $kinds {
        $object = $objects[$kind]
        $text = Start-Job { Import-Module $using:ModulePath; $using:object | Out-String -Width 160 } | Receive-Job -Wait -AutoRemoveJob
        $text | Should -Be ($object | Out-String -Width 160)
    }

    It 'says where its job is, however shallow it was copied by <way>' -ForEach @(
        @{ way = 'a session without the module'; copy = {
                param($object)
                Start-Job { [System.Management.Automation.PSSerializer]::Serialize($using:object, 1) } | Receive-Job -Wait -AutoRemoveJob |
                    ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize($_) }
            } }
        @{ way = 'PSSerializer'; copy = {
                param($object)
                [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(@{ it = $object }, 1)).it
            } }
        @{ way = 'ConvertTo-Json'; copy = { param($object) $object | ConvertTo-Json -Depth 0 -WarningAction SilentlyContinue | ConvertFrom-Json } }
    ) {
        $elsewhere = New-SparseSCBatchConfig -Local -JobDirectory (Join-Path $TestDrive elsewhere)
        $there = New-SmallPlan there | Start-SparseSCBatchJob -Config $elsewhere | Wait-SparseSCBatchJob
        (& $copy $there | Wait-SparseSCBatchJob).State | Should -Be 'Completed'
        (& $copy (Get-SparseSCBatchTask -JobId $there | Select-Object -First 1) | Get-SparseSCBatchTaskOutput).JobId | Should -Be $there.Id
        (& $copy ($there | Receive-SparseSCResults) | Get-SparseSCBatchJob).Id | Should -Be $there.Id
    }

    It 'compares with the word and with the value' {
        $job.State -eq 'Completed' | Should -BeTrue
        (Copy-ThroughClixml $effect | Out-String) | Should -Match 'Fitted by\s+: Simplex, Retrospective'
    }

    It 'is the same fit, to the last bit, by <way>' -ForEach @(
        @{ way = 'Export-Clixml'; save = { Copy-ThroughClixml $fit } }
        @{ way = 'ConvertTo-Json'; save = { $fit | ConvertTo-Json -Depth 9 | ConvertFrom-Json } }
    ) {
        $file = Join-Path $TestDrive fit.json; $other = Join-Path $TestDrive saved.json
        $fit | Export-SparseSCFit $file -Force
        & $save | Export-SparseSCFit $other -Force
        (Get-FileHash $other).Hash | Should -Be (Get-FileHash $file).Hash
    }

    It 'is the same fit and effect in a job' {
        $there = Join-Path $TestDrive there; $here = Join-Path $TestDrive here
        Start-Job { Import-Module $using:ModulePath; $using:fit | Export-SparseSCFit "$using:there-fit"; $using:effect | Export-SparseSCEffect "$using:there-effect" } |
            Receive-Job -Wait -AutoRemoveJob
        $fit | Export-SparseSCFit "$here-fit"
        $effect | Export-SparseSCEffect "$here-effect"
        foreach ($name in 'fit', 'effect') { (Get-FileHash "$there-$name").Hash | Should -Be (Get-FileHash "$here-$name").Hash }
    }

    It 'keeps where the targets of a panel without treated units start' {
        $untreated = Import-Csv $Smoking | ConvertTo-SparseSCPanel state year cigsale -TreatmentTime 1990
        (Copy-ThroughClixml $untreated | Invoke-SparseSCFit -Fast).TargetNames[0] | Should -Be 1990
    }
}

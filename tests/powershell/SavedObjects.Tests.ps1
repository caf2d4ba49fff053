# Every settable property of every type that comes out of a cmdlet survives being saved: as Clixml, as JSON, and in a job.
BeforeDiscovery {
    . $PSScriptRoot/Shared.ps1
    $types = Get-Command -Module SparseSC -CommandType Cmdlet | ForEach-Object { $_.OutputType.Type } |
        Where-Object { $_.Namespace -like 'SparseSC.*' } | Sort-Object FullName -Unique | ForEach-Object { @{ name = $_.FullName; type = $_ } }
}

BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $restorer = (Get-Command Invoke-SparseSCFit).ImplementingType.Assembly.GetType('SparseSC.PowerShell.Binding.SavedObject', $true)
    $rows = $restorer.GetField('RowCounts', [Reflection.BindingFlags] 'Static, NonPublic').GetValue($null)
    $filler = [FilledObject]::new($rows, { param($type) [SparseSC.Batch.Jobs.Configuration.AzureBatchConfig] })

    function Restore($Type, $Saved) { $restorer.GetMethod('Restore').MakeGenericMethod($Type).Invoke($null, @($Saved, [string[]] @())) }

    function ConvertTo-Copy($InputObject, $Way) {
        switch ($Way) {
            Clixml { Copy-ThroughClixml $InputObject }
            Json { $InputObject | ConvertTo-Json -Depth 9 | ConvertFrom-Json }
            Job { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($InputObject)) }
        }
    }
}

Describe 'Every property of <name>' -ForEach $types {
    It 'comes back by <_>' -ForEach 'Clixml', 'Json', 'Job' {
        $object = $filler.Make($type)
        $back = Restore $type (ConvertTo-Copy $object $_)
        $back.GetType() | Should -Be $type
        [FilledObject]::Differences($object, $back, $type.Name) | Should -BeNullOrEmpty
    }

    It 'stays what it is by default, by <_>' -ForEach 'Clixml', 'Json', 'Job' {
        $object = $type::new()
        [FilledObject]::Differences($object, (Restore $type (ConvertTo-Copy $object $_)), $type.Name) | Should -BeNullOrEmpty
    }
}

Describe 'A configuration in words' {
    It 'takes settings as users write them' {
        $config = @{ Backend = 'Azure'; BatchAccountName = 'fits'; MaxWallClockTime = '01:30'; DedicatedNodeCount = '3'; AutoPool = 'true'; Credential = 'environment' }
        $made = Restore ([SparseSC.Batch.Jobs.Configuration.AzureBatchConfig]) $config
        $made.MaxWallClockTime | Should -Be ([timespan] '01:30')
        $made.DedicatedNodeCount | Should -Be 3
        $made.AutoPool | Should -BeTrue
        $made.Credential | Should -Be 'Environment'
    }

    It 'names the setting that cannot be read: <setting>' -ForEach @(
        @{ setting = 'MaxParallel'; config = @{ Backend = 'Local'; MaxParallel = 'many' } }
        @{ setting = 'MaxWallClockTime'; config = @{ Backend = 'Azure'; MaxWallClockTime = 'soon' } }
    ) {
        { Get-SparseSCBatchJob -Config $config -ErrorAction Stop } | Should -Throw "*$setting '*' is no *"
    }
}

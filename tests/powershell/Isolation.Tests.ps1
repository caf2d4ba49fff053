BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $older = Join-Path $env:SPARSESC_TEST_FILES assemblies Azure.Core.dll

    # An id that cannot be one is refused when the clients stand, and before they ask anything.
    $script:Definitions = @"
        `$azure = @{
            Backend = 'Azure'; BatchAccountName = 'nobody'; BatchAccountEndpoint = 'http://127.0.0.1:1'
            StorageAccountName = 'nobody'; StorageEndpoint = 'http://127.0.0.1:1/nobody'; PoolId = 'none'; ContainerImage = 'none'
        }
        `$env:BATCH_ACCOUNT_KEY = `$env:STORAGE_ACCOUNT_KEY = 'bm90aGluZw=='
        function Test-Loaded {
            Get-SparseSCBatchJob -JobId 'a b' -Config `$azure -ErrorAction SilentlyContinue -ErrorVariable faults
            "`$(`$faults[0].FullyQualifiedErrorId)" -eq 'InvalidJobId,SparseSC.PowerShell.Commands.GetSparseSCBatchJobCommand'
        }
        function Get-Context(`$Name) {
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq `$Name } |
                ForEach-Object { "`$([Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name) `$(`$_.GetName().Version)" }
        }
"@
    function Invoke-InSession([string] $Script) { Invoke-PowerShell -Command "$Definitions`n$Script" }
}

Describe 'What speaks to Azure is loaded apart' {
    It 'lies in a folder of its own, and Core lies there no second time' {
        $folder = Join-Path $ModulePath bin net8.0 isolated
        Join-Path $folder SparseSC.Azure.dll | Should -Exist
        $shared = (Get-ChildItem (Join-Path $ModulePath bin net8.0) -Filter *.dll).Name
        $shared | Should -Contain 'SparseSC.Core.dll'
        $shared | Where-Object { $_ -like 'Azure.*' } | Should -BeNullOrEmpty
        Get-ChildItem $folder | Where-Object { $_.Name -in $shared -or $_.Extension -ne '.dll' } | Should -BeNullOrEmpty
    }

    It 'is not loaded before it is needed' {
        Invoke-InSession "Import-Module '$ModulePath'; `$null = Test-SparseSCBatchConfig; 'Azure.Core: ' + (Get-Context Azure.Core); 'SparseSC.Azure: ' + (Get-Context SparseSC.Azure)" |
            Should -Be 'Azure.Core: ', 'SparseSC.Azure: '
    }

    It 'goes with another Azure.Core that was loaded first, after the module was imported again, and in parallel' {
        [Reflection.AssemblyName]::GetAssemblyName($older).Version |
            Should -BeLessThan ([Reflection.AssemblyName]::GetAssemblyName((Join-Path $ModulePath bin net8.0 isolated Azure.Core.dll)).Version)
        $report = Invoke-InSession @"
            `$other = [Reflection.Assembly]::LoadFrom('$older')
            Import-Module '$ModulePath'; "first `$(Test-Loaded)"
            Remove-Module SparseSC; Import-Module '$ModulePath'; Import-Module '$ModulePath' -Force; "again `$(Test-Loaded)"
            `$text = `${function:Test-Loaded}.ToString()
            1..2 | ForEach-Object -Parallel { `$azure = `$using:azure; Import-Module '$ModulePath'; "parallel `$(& ([scriptblock]::Create(`$using:text)))" }
            "Azure.Core `$(`$other.GetName().Version)"
            Get-Context Azure.Core | Sort-Object
            Get-Context SparseSC.Azure
            Get-Context SparseSC.Core
"@
        $report[0..3] | Should -Be 'first True', 'again True', 'parallel True', 'parallel True'
        $report[5..6] | Should -Be @("Default $($report[4] -replace '^Azure.Core ')", "SparseSC.Azure $([Reflection.AssemblyName]::GetAssemblyName((Join-Path $ModulePath bin net8.0 isolated Azure.Core.dll)).Version)")
        $report[7] | Should -Match '^SparseSC\.Azure '
        $report[8] | Should -Match '^Default '
        $report.Count | Should -Be 9
    }

    It 'is missed in words' {
        $copy = Join-Path (New-Item -ItemType Directory (Join-Path $TestDrive incomplete)) SparseSC
        Copy-Item $ModulePath $copy -Recurse
        Remove-Item (Join-Path $copy bin net8.0 isolated) -Recurse
        $said = Invoke-InSession "Import-Module '$copy'; try { Get-SparseSCBatchJob x -Config `$azure -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId; `"`$_`" }"
        $said[0] | Should -Be 'AzureNotLoaded,SparseSC.PowerShell.Commands.GetSparseSCBatchJobCommand'
        "$said" | Should -BeLike "*cannot be loaded from '$(Join-Path $copy bin net8.0 isolated)'*Install the module again, and restart the session."
    }
}

Describe 'Two versions of the module' {
    It 'cannot share a session, and the second import says so' {
        # Another build is one whose assemblies have other ids, and whose loader has another name.
        $copy = Join-Path (New-Item -ItemType Directory (Join-Path $TestDrive other)) SparseSC
        Copy-Item $ModulePath $copy -Recurse
        $binaries = Join-Path $copy bin net8.0
        $loader = Join-Path $binaries SparseSC.Loading.dll
        $id = [SparseSC.PowerShell.Commands.NewSparseSCBatchConfigCommand].Module.ModuleVersionId.ToByteArray()
        $name = [Text.Encoding]::ASCII.GetBytes([Reflection.AssemblyName]::GetAssemblyName($loader).Name)
        $files = @(@{ Path = $loader; Text = $name }) +
            @(Get-ChildItem $binaries -Recurse -Filter SparseSC.PowerShell.dll | ForEach-Object { @{ Path = $_.FullName; Text = $id } })
        foreach ($file in $files) {
            $bytes = [IO.File]::ReadAllBytes($file.Path)
            $at = [BitConverter]::ToString($bytes).IndexOf([BitConverter]::ToString($file.Text)) / 3 + $file.Text.Length - 1
            $bytes[$at] = $bytes[$at] -bxor 1
            [IO.File]::WriteAllBytes($file.Path, $bytes)
        }

        $said = Invoke-InSession @"
            function Import-Other { try { Import-Module '$copy' -ErrorAction Stop } catch { "`$_" } }
            Import-Module '$ModulePath'; Import-Other; Remove-Module SparseSC; Import-Other
            Import-Module '$ModulePath'; (New-SparseSCBatchConfig -Local).Backend
"@
        $refusal = "Another version of the module SparseSC has been used in this session, and a session can hold only one. Restart the session to use the one in '$copy'."
        $said | Should -Be $refusal, $refusal, 'Local'
    }
}

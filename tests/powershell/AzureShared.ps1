# A Batch service and a storage service on this machine, for tests of jobs on Azure. Dot-source it after Shared.ps1.
$script:Azurite = if ($env:SPARSESC_AZURITE) { $env:SPARSESC_AZURITE } else {
    Join-Path $RepositoryRoot artifacts tools azurite node_modules azurite dist src blob main.js
}

# What was built last, whatever the configuration; built now when it never was.
function Get-Built([string] $Project, [string] $Name) {
    $find = { Get-ChildItem (Join-Path $RepositoryRoot $Project bin) -Recurse -Filter "$Name.dll" -ErrorAction Ignore | Sort-Object LastWriteTime | Select-Object -Last 1 }
    $built = & $find
    if (-not $built) {
        & dotnet build (Join-Path $RepositoryRoot $Project) -v quiet -nologo | Out-Null
        $built = & $find
    }

    $built.FullName
}

function Start-TestService([string] $Program, [string[]] $Arguments, [hashtable] $Environment, [string] $Ready) {
    $start = [Diagnostics.ProcessStartInfo]::new($Program, $Arguments)
    $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $process = [Diagnostics.Process]::Start($start)
    while ($null -ne ($line = $process.StandardOutput.ReadLine())) {
        if ($line -match $Ready) { break }
    }

    if (-not $Matches) { throw "$Program did not start: $($process.StandardError.ReadToEnd())" }
    $null = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
    [pscustomobject]@{ Process = $process; Address = $Matches[0] }
}

function New-Key { [Convert]::ToBase64String([Security.Cryptography.RandomNumberGenerator]::GetBytes(32)) }

# Both services, with keys made for this run; the worker is the module's own, or else a script around the one that was built.
function Start-Azure([string] $Folder) {
    $world = [pscustomobject]@{
        Folder = (New-Item -ItemType Directory $Folder).FullName; Account = 'batchtest'; Key = New-Key; StorageKey = New-Key
        Log = Join-Path $Folder server.log; Worker = Join-Path $ModulePath worker linux-x64 sparsesc; Processes = @()
    }
    # It ends with this process, however that ends: it listens for the end of its standard input.
    $storage = Start-TestService node @(
        '-e', "process.stdin.on('end', () => process.exit(0)).resume(); require(process.argv[1]);", $Azurite, '--blobHost', '127.0.0.1', '--blobPort', '0', '--inMemoryPersistence', '--skipApiVersionCheck', '--loose', '--disableTelemetry', '--silent'
    ) @{ AZURITE_ACCOUNTS = "storagetest:$($world.StorageKey)" } '(?<=listens on )http://127\.0\.0\.1:\d+'
    $server = Start-TestService dotnet @(
        (Get-Built tests/SparseSC.BatchServer SparseSC.BatchServer), '--urls', 'http://127.0.0.1:0', '--account', $world.Account, '--key', $world.Key,
        '--log', $world.Log, '--work', (Join-Path $Folder nodes)
    ) @{} '(?<=ready at )http://127\.0\.0\.1:\d+'
    $world.Processes = $storage.Process, $server.Process
    $blobs = "$($storage.Address)/storagetest"
    $world | Add-Member Endpoint $server.Address
    $world | Add-Member ConnectionString "DefaultEndpointsProtocol=http;AccountName=storagetest;AccountKey=$($world.StorageKey);BlobEndpoint=$blobs;"
    if (-not (Test-Path $world.Worker)) {
        $world.Worker = Join-Path $Folder sparsesc
        Set-Content $world.Worker "#!/bin/bash`nexec dotnet '$(Get-Built src/SparseSC.Cli sparsesc)' `"`$@`""
    }

    $world
}

function Stop-Azure($World) { $World.Processes | Where-Object { $_ } | ForEach-Object { $_.Kill($true); $_.WaitForExit() } }

function New-AzureConfig($World, [hashtable] $Settings = @{}) {
    New-SparseSCBatchConfig -BatchAccountName $World.Account -BatchAccountEndpoint $World.Endpoint -WorkerPath $World.Worker -PoolId tests -DedicatedNodeCount 2 `
        -BatchAccountKey (ConvertTo-SecureString $World.Key -AsPlainText) -StorageConnectionString (ConvertTo-SecureString $World.ConnectionString -AsPlainText) @Settings
}

function Get-RequestCount($World) { @(Get-Content $World.Log -ErrorAction Ignore).Count }

# What must never be seen: the keys, and the signatures of signed addresses, however they are written.
function Find-Secret($World, [string] $Text) {
    foreach ($secret in $World.Key, $World.StorageKey, [uri]::EscapeDataString($World.Key), [uri]::EscapeDataString($World.StorageKey)) {
        if ($Text.Contains($secret)) { 'a key' }
    }

    if ($Text -match '[?&;]sig=(?!REDACTED)[^&\s"]{8}') { "a signature: $($Matches[0])" }
}

# Collects the arguments of every process that runs meanwhile, but for the servers', which are given their keys there. (A process that a
# server starts has them too, for the instant before it becomes another program.)
function Start-ArgumentWatch($World) {
    $watch = [hashtable]::Synchronized(@{ Stop = $false; Seen = [Collections.Concurrent.ConcurrentDictionary[string, bool]]::new() })
    $servers = foreach ($process in $World.Processes) { [IO.File]::ReadAllText("/proc/$($process.Id)/cmdline").Replace([char]0, ' ') }
    $shell = [powershell]::Create()
    $null = $shell.AddScript({
        param($watch, $servers)
        while (-not $watch.Stop) {
            foreach ($folder in [IO.Directory]::EnumerateDirectories('/proc')) {
                if ([IO.Path]::GetFileName($folder) -notmatch '^\d+$') { continue }
                try { $arguments = [IO.File]::ReadAllText("$folder/cmdline").Replace([char]0, ' ') }
                catch { continue }   # It has ended.
                if ($arguments -notin $servers) { $null = $watch.Seen.TryAdd($arguments, $true) }
            }

            Start-Sleep -Milliseconds 10
        }
    }).AddArgument($watch).AddArgument($servers)
    $watch.Shell = $shell
    $watch.Handle = $shell.BeginInvoke()
    $watch
}

function Stop-ArgumentWatch($Watch) {
    $Watch.Stop = $true
    $null = $Watch.Shell.EndInvoke($Watch.Handle)
    $Watch.Shell.Dispose()
    $Watch.Seen.Keys -join "`n"
}

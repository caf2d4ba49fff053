# What the tests share: the built module, the sample panel, and small plans. Dot-source it in BeforeAll.
$script:RepositoryRoot = (Resolve-Path (Join-Path $PSScriptRoot .. ..)).Path
$script:ModulePath = $env:SPARSESC_TEST_MODULE ?? (Join-Path $RepositoryRoot artifacts SparseSC)
$script:Smoking = Join-Path $RepositoryRoot samples california_prop99.csv
Import-Module $ModulePath -Force
if (-not ('FilledObject' -as [type])) { Add-Type -Path (Join-Path $PSScriptRoot FilledObject.cs) }

# Jobs of the tests never mix with the user's own. (While tests are discovered there is no drive yet, and no job.)
if ($TestDrive) { $env:SPARSESC_JOB_DIRECTORY = Join-Path $TestDrive jobs }

function Get-Smoking {
    Import-Csv $Smoking | ConvertTo-SparseSCPanel -Unit state -Time year -Outcome cigsale -TreatedUnit California -TreatmentTime 1989
}

# 12 tasks that take an instant each.
function New-SmallPlan([string] $Name = 'small', [hashtable] $Options = @{}) {
    Get-Smoking | Invoke-SparseSCFit -BatchDirectory (Join-Path $TestDrive $Name) -StoppingRule 1 -Constraint Orthant -GridLength 4 -CvFolds 3 -WarningAction Ignore @Options
}

# More tasks than any machine computes while a test looks on.
function New-EndlessPlan([string] $Name = 'endless') {
    $random = [random]::new(1)
    $features = [double[,]]::new(300, 40)
    $targets = [double[,]]::new(300, 8)
    for ($row = 0; $row -lt 300; $row++) {
        for ($column = 0; $column -lt 40; $column++) { $features[$row, $column] = $random.NextDouble() }
        for ($column = 0; $column -lt 8; $column++) { $targets[$row, $column] = $features[$row, $column] + $features[$row, 20] + $random.NextDouble() }
    }

    Invoke-SparseSCFit -Feature $features -Target $targets -TreatedUnit (0..9) -BatchDirectory (Join-Path $TestDrive $Name) -GridLength 20000
}

# Every task fails: the search is not given the iterations it needs.
function New-FailingPlan([string] $Name = 'failing') {
    New-SmallPlan $Name @{ MaxIteration = 1; MinIteration = 0; Tolerance = 1e-12; GridMax = 1e-3 }
}

function Get-WorkerId([string] $JobId, [string] $JobDirectory = $env:SPARSESC_JOB_DIRECTORY) {
    (Get-Content (Join-Path $JobDirectory $JobId job.json) -Raw | ConvertFrom-Json).workers.process
}

function Get-LiveWorker([string] $JobId, [string] $JobDirectory = $env:SPARSESC_JOB_DIRECTORY) {
    Get-WorkerId $JobId $JobDirectory | Where-Object {
        # On Linux one that has ended may stay listed as a zombie until whoever inherited it takes notice.
        if ($IsLinux) { "$(Get-Content "/proc/$_/stat" -Raw -ErrorAction Ignore)" -match '\) [^ZX] ' }
        else { Get-Process -Id $_ -ErrorAction Ignore }
    }
}

# No test measures speed. The limit is far beyond what a loaded machine needs and only ends what would never end, so that the run says where.
function Wait-Until([scriptblock] $Condition) {
    $end = [datetime]::UtcNow.AddMinutes(20)
    while (-not (& $Condition)) {
        if ([datetime]::UtcNow -gt $end) { throw "It never came to that: $Condition" }
        Start-Sleep -Milliseconds 50
    }
}

# The PowerShell that runs this: an executable, or pwsh.dll in a process of dotnet.
$script:PowerShellProgram = [Environment]::ProcessPath
$script:PowerShellArguments = @(
    if ((Split-Path $PowerShellProgram -LeafBase) -ne 'pwsh') { [Environment]::GetCommandLineArgs()[0] }
    '-NoProfile'
    '-NonInteractive'
)

# Runs a PowerShell of the same kind and passes on what it writes. (Without input it must not get an empty one in the place of ours.)
function Invoke-PowerShell {
    if ($MyInvocation.ExpectingInput) { $input | & $PowerShellProgram @PowerShellArguments @args }
    else { & $PowerShellProgram @PowerShellArguments @args }
}

# Starts one with a script, and gives the process that runs it.
function Start-PowerShell([string] $Script) {
    $name = Join-Path $TestDrive ([guid]::NewGuid())
    $script = "Set-Content '$name.new' `$PID; Rename-Item '$name.new' '$name.id'`n$Script"
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script))
    $null = Start-Process $PowerShellProgram -ArgumentList (@($PowerShellArguments; '-EncodedCommand'; $encoded) | ForEach-Object { "`"$_`"" })
    Wait-Until { Test-Path "$name.id" }
    # A process that is a mere starter of another would not be the one to be killed.
    Get-Process -Id (Get-Content "$name.id")
}

# Two fits are the same when all their properties are, to the last bit; but for the time one took, and for the plan it was merged from.
function Test-SameFit($Left, $Right, [string[]] $Except = @()) {
    $Except += 'ElapsedSeconds', 'PlanHash'
    $differences = @([FilledObject]::Differences($Left, $Right, 'Fit', $Except))
    $differences | Select-Object -First 5 | Out-Host
    $differences.Count -eq 0
}

function Copy-ThroughClixml($InputObject) {
    $path = Join-Path $TestDrive "$([guid]::NewGuid()).xml"
    $InputObject | Export-Clixml $path
    Import-Clixml $path
}

# Runs a script in a PowerShell of its own, the way a host does, and stops it as Ctrl-C does.
function Start-InRunspace([string] $Script, [hashtable] $Parameters = @{}) {
    $shell = [powershell]::Create()
    $null = $shell.AddScript("Import-Module '$ModulePath'").AddStatement().AddScript($Script).AddParameters($Parameters)
    $output = [Management.Automation.PSDataCollection[psobject]]::new()
    $none = [Management.Automation.PSDataCollection[psobject]]::new()
    $none.Complete()
    [pscustomobject]@{ Shell = $shell; Output = $output; Handle = $shell.BeginInvoke($none, $output) }
}

# A job of a small plan, finished but for two tasks of which there is only a note that they failed.
function New-HalfFailedJob($Plan, [string] $Id = "half-$([guid]::NewGuid())") {
    $null = $Plan | Start-SparseSCBatchJob -JobId $Id | Wait-SparseSCBatchJob
    # A worker that has not ended yet would still be looking through the results.
    Wait-Until { -not (Get-LiveWorker $Id) }
    $null = New-Item -ItemType Directory -Force (Join-Path $Plan.Directory failures)
    foreach ($task in 5, 6) {
        Get-ChildItem $Plan.ResultsDirectory -Filter "task-00000$task.json" | Remove-Item
        @{ task = $task; errorId = 'Burnt'; message = 'The machine burnt down. Give {MaxIteration}.' } | ConvertTo-Json |
            Set-Content (Join-Path $Plan.Directory failures "task-00000$task.json")
    }

    Get-SparseSCBatchJob $Id
}

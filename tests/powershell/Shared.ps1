# What the tests share: the built module, the sample panel, and small plans. Dot-source it in BeforeAll.
$script:RepositoryRoot = (Resolve-Path (Join-Path $PSScriptRoot .. ..)).Path
$script:ModulePath = $env:SPARSESC_TEST_MODULE ?? (Join-Path $RepositoryRoot artifacts SparseSC)
$script:Smoking = Join-Path $RepositoryRoot samples california_prop99.csv
Import-Module $ModulePath -Force

# Jobs of the tests never mix with the user's own. (While tests are discovered there is no drive yet, and no job.)
if ($TestDrive) { $env:SPARSESC_JOB_DIRECTORY = Join-Path $TestDrive jobs }

function Get-Smoking {
    Import-Csv $Smoking | ConvertTo-SparseSCPanel -Unit state -Time year -Outcome cigsale -TreatedUnit California -TreatmentTime 1989
}

# 12 tasks that take an instant each.
function New-SmallPlan([string] $Name = 'small', [hashtable] $Options = @{}) {
    Get-Smoking | Invoke-SparseSCFit -BatchDirectory (Join-Path $TestDrive $Name) -GridLength 4 -CvFolds 3 @Options
}

# Tasks enough for several seconds, so that a test can step in while they run.
function New-LongPlan([string] $Name = 'long') {
    $random = [random]::new(1)
    $features = [double[,]]::new(300, 40)
    $targets = [double[,]]::new(300, 8)
    for ($row = 0; $row -lt 300; $row++) {
        for ($column = 0; $column -lt 40; $column++) { $features[$row, $column] = $random.NextDouble() }
        for ($column = 0; $column -lt 8; $column++) { $targets[$row, $column] = $features[$row, $column] + $features[$row, 20] + $random.NextDouble() }
    }

    Invoke-SparseSCFit -Feature $features -Target $targets -TreatedUnit (0..9) -BatchDirectory (Join-Path $TestDrive $Name) -GridLength 60
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

function Wait-Until([scriptblock] $Condition, [double] $Seconds = 30) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($watch.Elapsed.TotalSeconds -gt $Seconds) { throw "Nothing came of it in $Seconds seconds: $Condition" }
        Start-Sleep -Milliseconds 50
    }
}

function Test-SameFit($Left, $Right) {
    $same = $true
    foreach ($name in 'V', 'Scores', 'ScoreStandardErrors', 'Weights', 'Predictions') {
        $a = [double[]]@($Left.$name); $b = [double[]]@($Right.$name)
        $same = $same -and $a.Length -eq $b.Length -and [Linq.Enumerable]::SequenceEqual($a, $b)
    }

    $same -and $Left.VPen -eq $Right.VPen -and $Left.WPen -eq $Right.WPen -and $Left.Score -eq $Right.Score
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
    [pscustomobject]@{ Shell = $shell; Handle = $shell.BeginInvoke() }
}

# A job of a small plan, finished but for two tasks of which there is only a note that they failed.
function New-HalfFailedJob($Plan, [string] $Id = "half-$([guid]::NewGuid())") {
    $null = $Plan | Start-SparseSCBatchJob -JobId $Id | Wait-SparseSCBatchJob
    $null = New-Item -ItemType Directory -Force (Join-Path $Plan.Directory failures)
    foreach ($task in 5, 6) {
        Get-ChildItem $Plan.ResultsDirectory -Filter "task-00000$task.json" | Remove-Item
        @{ task = $task; errorId = 'Burnt'; message = 'The machine burnt down. Give {MaxIteration}.' } | ConvertTo-Json |
            Set-Content (Join-Path $Plan.Directory failures "task-00000$task.json")
    }

    Get-SparseSCBatchJob $Id
}

# What a user gets: the package in a repository, the zip, and the command line as a dotnet tool, each installed where nothing is yet.
BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $version = (Import-PowerShellDataFile (Join-Path $RepositoryRoot SparseSC.psd1)).ModuleVersion

    # Runs a script in a PowerShell of a user who has nothing of his own yet. (On Windows his folders cannot be put elsewhere.)
    function Invoke-AsNewUser([string] $UserFolder, [string] $Script) {
        $file = Join-Path $UserFolder script.ps1
        Set-Content $file "`$ErrorActionPreference = 'Stop'; Set-Location '$UserFolder'`n$Script"
        $names = 'HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'PSModulePath', 'SPARSESC_JOB_DIRECTORY'
        $before = $names | ForEach-Object { @{ name = $_; value = [Environment]::GetEnvironmentVariable($_) } }
        try {
            $names | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) }
            $env:HOME = $UserFolder
            if ($IsWindows) { $env:PSModulePath = Join-Path $UserFolder Modules }
            Invoke-PowerShell -File $file 2>&1 | ForEach-Object { "$_" }
        }
        finally { $before | ForEach-Object { [Environment]::SetEnvironmentVariable($_.name, $_.value) } }
    }

    # Where a user has no folder for settings, NuGet leaves them in the current one.
    function New-User([string] $Name) {
        $folder = Join-Path $TestDrive $Name
        $null = New-Item -ItemType Directory (Join-Path $folder .config)
        $folder
    }

    # The whole way of a first job, in the installed module.
    $firstJob = @"
        `$module = Import-Module SparseSC -PassThru
        "from `$(`$module.ModuleBase)"
        `$config = New-SparseSCBatchConfig -Local
        `$config | Test-SparseSCBatchConfig | ForEach-Object { "`$(`$_.Severity): `$(`$_.Message)" }
        `$panel = Import-Csv '$Smoking' | ConvertTo-SparseSCPanel -Unit state -Time year -Outcome cigsale -TreatedUnit California -TreatmentTime 1989
        `$plan = `$panel | Invoke-SparseSCFit -BatchDirectory plan -StoppingRule 1 -Constraint Orthant -GridLength 4 -CvFolds 3
        `$fit = `$plan | Start-SparseSCBatchJob -Config `$config | Wait-SparseSCBatchJob | Receive-SparseSCResults | Merge-SparseSCResults
        "score `$(`$fit.Score.ToString('R', [cultureinfo]::InvariantCulture))"
"@
    $score = (Get-Smoking | Invoke-SparseSCFit -StoppingRule 1 -Constraint Orthant -GridLength 4 -CvFolds 3).Score.ToString('R', [cultureinfo]::InvariantCulture)

    function Assert-FirstJob([string[]] $Said, [string] $UserFolder) {
        $all = $Said -join "`n"
        $all | Should -Match "from $([regex]::Escape($UserFolder)).*SparseSC"
        # Findings say it in this case; PowerShell's own warnings, which say how good the fit is, in capitals.
        @($Said -cmatch '^(Warning|Error): ') | Should -BeNullOrEmpty -Because $all
        if ($IsLinux -and [Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture -eq 'X64') {
            $all | Should -Match "Workers run as '[^']*sparsesc'"
        }

        $Said | Select-Object -Last 1 | Should -Be "score $score" -Because $all
    }
}

Describe 'The module as it is handed on' {
    BeforeAll {
        $folder = $env:SPARSESC_TEST_PACKAGES
        $nupkg = Join-Path $folder "SparseSC.$version.nupkg"
        $zip = Join-Path $folder "SparseSC-$version.zip"
    }

    It 'is published to a repository, installed from there, and runs a first job' {
        $user = New-User gallery
        $repository = New-Item -ItemType Directory (Join-Path $TestDrive repository)
        $install = if ($IsWindows) { "Save-PSResource SparseSC -Repository Folder -TrustRepository -Path '$user/Modules'" }
            else { 'Install-PSResource SparseSC -Repository Folder -TrustRepository' }
        $said = Invoke-AsNewUser $user @"
            Register-PSResourceRepository Folder -Uri '$repository'
            Publish-PSResource -NupkgPath '$nupkg' -Repository Folder
            $install
            $firstJob
"@
        Assert-FirstJob $said $user
    }

    It 'is unpacked from the zip, and runs a first job' {
        $user = New-User zip
        $modules = if ($IsWindows) { Join-Path $user Modules } else { Join-Path $user .local share powershell Modules }
        $said = Invoke-AsNewUser $user @"
            Expand-Archive '$zip' '$modules'
            $firstJob
"@
        Assert-FirstJob $said $user
    }
}

Describe 'The command line as a dotnet tool' {
    It 'is packed, installed, and fits' {
        $user = New-User tool
        $packages = Join-Path $user packages
        $said = dotnet pack (Join-Path $RepositoryRoot src SparseSC.Cli) -o $packages -v quiet -nologo 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $said
        $said = Invoke-AsNewUser $user @"
            dotnet tool install sparsesc --version $version --add-source '$packages' --tool-path '$user/tools'
            ./tools/sparsesc fit --panel '$Smoking' --unit state --time year --outcome cigsale --treated-unit California --treatment-time 1989 ``
                --stopping-rule 1 --constraint orthant --grid-length 4 --cv-folds 3 --output fit.json
            "exit code `$LASTEXITCODE"
"@
        $said | Select-Object -Last 1 | Should -Be 'exit code 0' -Because ($said -join "`n")
        (Get-Content (Join-Path $user fit.json) -Raw | ConvertFrom-Json).score.ToString('R', [cultureinfo]::InvariantCulture) | Should -Be $score
    }
}

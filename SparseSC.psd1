@{
    ModuleVersion        = '0.1.0'
    GUID                 = '6f1c9a52-7f0a-4d8e-9d3b-5a1b2a6b9e41'
    Author               = 'SparseSC for PowerShell contributors'
    CompanyName          = 'SparseSC for PowerShell'
    Copyright            = 'MIT licence'
    Description          = 'Sparse Synthetic Controls: what would have happened without the change, on this machine or on many.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Compare-SparseSCEstimator'
        'ConvertTo-SparseSCPanel'
        'Export-SparseSCEffect'
        'Export-SparseSCFit'
        'Export-SparseSCPlot'
        'Export-SparseSCReport'
        'Find-SparseSCTestUnit'
        'Get-SparseSCBalance'
        'Get-SparseSCBatchJob'
        'Get-SparseSCBatchTask'
        'Get-SparseSCBatchTaskOutput'
        'Get-SparseSCPrediction'
        'Get-SparseSCWeight'
        'Import-SparseSCEffect'
        'Import-SparseSCFit'
        'Import-SparseSCPanel'
        'Invoke-SparseSCFit'
        'Measure-SparseSCEffect'
        'Measure-SparseSCPower'
        'Merge-SparseSCResults'
        'New-SparseSCBatchConfig'
        'New-SparseSCDonorPool'
        'Receive-SparseSCResults'
        'Remove-SparseSCBatchJob'
        'Restart-SparseSCBatchTask'
        'Show-SparseSCPlot'
        'Start-SparseSCBatchJob'
        'Stop-SparseSCBatchJob'
        'Test-SparseSCBatchConfig'
        'Test-SparseSCPlacebo'
        'Wait-SparseSCBatchJob'
    )
    AliasesToExport      = @(
        'Merge-SparseSCResult'
        'Receive-SparseSCResult'
    )
    # One after the other; a root module would be loaded before the first of them.
    NestedModules        = @('bin/net8.0/SparseSC.Loading.dll', 'SparseSC.Types.psd1', 'bin/net8.0/SparseSC.PowerShell.dll')
    FormatsToProcess     = @('SparseSC.Format.ps1xml')
    PrivateData          = @{
        PSData = @{
            # The home of the project stands here once; what is built takes it from ProjectUri.
            ProjectUri   = 'https://github.com/sparsesc/SparseSC.PowerShell'
            LicenseUri   = 'https://github.com/sparsesc/SparseSC.PowerShell/blob/main/LICENSE'
            IconUri      = 'https://raw.githubusercontent.com/sparsesc/SparseSC.PowerShell/main/module/SparseSC.png'
            ReleaseNotes = 'https://github.com/sparsesc/SparseSC.PowerShell/blob/main/CHANGELOG.md'
            Tags         = @('SyntheticControl', 'CausalInference', 'Econometrics', 'Statistics', 'Windows', 'Linux', 'MacOS')
        }
    }
}

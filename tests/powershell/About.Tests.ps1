BeforeAll {
    . $PSScriptRoot/Shared.ps1
}

Describe 'Help topics' {
    It 'finds <_>' -ForEach 'about_SparseSC', 'about_SparseSC_Batch', 'about_SparseSC_Choosing', 'about_SparseSC_Errors', 'about_SparseSC_Reference' {
        $help = (Get-Help $_ | Out-String) -split "`n"
        $help[0].Trim() | Should -Be 'TOPIC'
        $help[1].Trim() | Should -Be $_
        $help.Count | Should -BeGreaterThan 30
    }

    It 'lists every error that code decides by' {
        $topic = Get-Help about_SparseSC_Errors | Out-String
        $ids = [SparseSC.Core.Errors.ErrorIds].GetFields() | ForEach-Object { $_.GetRawConstantValue() }
        $ids.Count | Should -BeGreaterThan 50
        $ids | Where-Object { $topic -cnotmatch "(?m)^    $_\r?$" } | Should -BeNullOrEmpty
    }
}

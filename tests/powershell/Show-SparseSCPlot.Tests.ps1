BeforeAll {
    . $PSScriptRoot/Shared.ps1
    $effect = Get-Smoking | Measure-SparseSCEffect -UnitWeight Simplex
}

Describe 'Show-SparseSCPlot' {
    It 'draws lines of text that fit' {
        $text = $effect | Show-SparseSCPlot -Text -Width 60 -Height 15
        $text.Count | Should -BeLessOrEqual 15
        ($text -replace '\x1b\[[0-9;]*m' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 60
        $text[0] | Should -BeLike '*California*'
        $text[-1] | Should -BeLike '*observed*synthetic*'
    }

    It 'has no colours when NO_COLOR is set' {
        $before = $env:NO_COLOR
        try {
            $env:NO_COLOR = '1'
            ($effect | Show-SparseSCPlot UnitWeights -Text) -join '' | Should -Not -Match '\x1b'
        } finally { $env:NO_COLOR = $before }
    }

    It 'draws text where there is no desktop, and opens a file where there is one' {
        $names = 'DISPLAY', 'WAYLAND_DISPLAY', 'SSH_CONNECTION', 'SSH_TTY', 'PATH'
        $before = @{}; foreach ($name in $names) { $before[$name] = [Environment]::GetEnvironmentVariable($name) }
        try {
            foreach ($name in $names[0..3]) { [Environment]::SetEnvironmentVariable($name, $null) }
            if ($IsLinux) {
                ($effect | Show-SparseSCPlot)[-1] | Should -BeLike '*observed*synthetic*'
                $env:DISPLAY = ':77'
                $tools = New-Item -ItemType Directory (Join-Path $TestDrive desktop)
                Set-Content (Join-Path $tools xdg-open) "#!/bin/sh`nexit 0"
                [IO.File]::SetUnixFileMode((Join-Path $tools xdg-open), 448)
                $env:PATH = "$tools$([IO.Path]::PathSeparator)$($before.PATH)"
                $file = $effect | Show-SparseSCPlot Gap -PassThru
                Get-Content $file -Raw | Should -BeLike '<svg*'
                Remove-Item $file
            }
        } finally { foreach ($name in $names) { [Environment]::SetEnvironmentVariable($name, $before[$name]) } }
    }
}

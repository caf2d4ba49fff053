<#
.SYNOPSIS
Writes src/SparseSC.Core/Data/letters.tsv: letters with their parts, such as ö and o with U+0308, as ICU (Unicode) has them.

.DESCRIPTION
A name may come with letters in one piece from one program and in parts from another, and looks the same. The command line runs without the
tables that tell, so the library carries them. Run it in a PowerShell that has ICU.
#>
$lines = foreach ($code in 0xC0..0x1FFF + 0x3040..0x30FF) {
    $letter = [char]$code
    if ([char]::IsLetter($letter)) {
        $parts = "$letter".Normalize('FormD')
        if ($parts.Length -gt 1) {
            "$letter`t$parts"
        }
    }
}
[IO.File]::WriteAllText("$PSScriptRoot/../src/SparseSC.Core/Data/letters.tsv", ($lines -join "`n") + "`n")

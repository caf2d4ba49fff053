<#
.SYNOPSIS
Writes src/SparseSC.Core/Data/cultures.tsv: separators of numbers, the order of dates and names of months by language, as ICU (Unicode CLDR) has them.

.DESCRIPTION
The command line runs without tables of languages, and those of two machines differ; so the library carries the few facts it needs. A line is
a language with all of them, or a region whose separators or order differ from its language's. Run it in a PowerShell that has ICU.
#>
$languages = 'bg ca cs da de el en es et eu fi fr ga gl hr hu id is it ja ko lt lv ms mt nb nl nn pl pt ro ru sk sl sr sv sw th tr uk vi zh' -split ' '
$months = { param($names) ($names | Select-Object -First 12) -join ',' }
$order = { param($culture) ($culture.DateTimeFormat.ShortDatePattern.ToLowerInvariant() -creplace '[^dmy]' -creplace '(.)\1+', '$1') }
$lines = foreach ($language in $languages) {
    $culture = [cultureinfo]::new($language)
    $format = $culture.DateTimeFormat
    $numbers = $culture.NumberFormat
    $language, $numbers.NumberDecimalSeparator, $numbers.NumberGroupSeparator, (& $order $culture), (& $months $format.AbbreviatedMonthNames), (& $months $format.MonthNames),
        (& $months $format.AbbreviatedMonthGenitiveNames), (& $months $format.MonthGenitiveNames) -join "`t"
    foreach ($region in [cultureinfo]::GetCultures('SpecificCultures') | Where-Object { $_.Name -match "^$language-" } | Sort-Object Name) {
        $own = $region.NumberFormat
        if ($own.NumberDecimalSeparator -cne $numbers.NumberDecimalSeparator -or $own.NumberGroupSeparator -cne $numbers.NumberGroupSeparator -or
            (& $order $region) -cne (& $order $culture)) {
            $region.Name, $own.NumberDecimalSeparator, $own.NumberGroupSeparator, (& $order $region) -join "`t"
        }
    }
}
[IO.File]::WriteAllText("$PSScriptRoot/../src/SparseSC.Core/Data/cultures.tsv", ($lines -join "`n") + "`n")

# A process can hold one version of the module's assemblies. Without this, a second one would be refused in words about assemblies.
try {
    $null = [Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/net8.0/SparseSC.PowerShell.dll")
}
catch [IO.FileLoadException] {
    throw "Another version of the module SparseSC has been used in this session, and a session can hold only one. Restart the session to use the one in '$PSScriptRoot'."
}

# Not in the manifest: what stands there is taken in before this script runs, and another version's would be in its way.
Update-TypeData -PrependPath "$PSScriptRoot/SparseSC.Types.ps1xml"

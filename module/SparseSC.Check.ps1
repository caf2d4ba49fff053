# A process can hold one version of the module's assemblies. Without this, a second one would be refused in words about assemblies.
try {
    $null = [Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/net8.0/SparseSC.PowerShell.dll")
}
catch [IO.FileLoadException] {
    throw "Another version of the module SparseSC has been used in this session, and a session can hold only one. Restart the session to use the one in '$PSScriptRoot'."
}

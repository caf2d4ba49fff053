# Runs before PowerShell loads the module's assemblies and its type data.
try {
    # What is loaded first is what a session gets: code compiled ahead for this system, where there is some and .NET can use it. PowerShell
    # asks for the same assembly in bin/net8.0 afterwards, and is handed this one.
    $folder = "$PSScriptRoot/bin/net8.0/$([Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)"
    if ([Environment]::Version.Major -ge 10 -and [IO.Directory]::Exists($folder)) {
        foreach ($name in 'Numerics', 'Core', 'PowerShell') { $null = [Reflection.Assembly]::LoadFrom("$folder/SparseSC.$name.dll") }
    }

    $null = [Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/net8.0/SparseSC.PowerShell.dll")
}
catch [BadImageFormatException] {
    # Made for another system after all: PowerShell goes on with bin/net8.0, which any can load.
    Write-Debug "No code compiled ahead: $_"
}
catch [IO.FileLoadException] {
    # A process can hold one version of an assembly. Left to PowerShell, the refusal would speak of assemblies.
    throw "Another version of the module SparseSC has been used in this session, and a session can hold only one. " +
        "Restart the session to use the one in '$PSScriptRoot'."
}

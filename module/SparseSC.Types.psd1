# Type data in a module of its own: it is loaded after SparseSC.Loading, and goes when the module is removed. The version is never shown.
@{
    ModuleVersion  = '1.0'
    TypesToProcess = @('SparseSC.Types.ps1xml')
}

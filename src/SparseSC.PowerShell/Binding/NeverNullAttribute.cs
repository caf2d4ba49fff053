namespace SparseSC.PowerShell.Binding;

/// <summary>Marks a parameter that may be left out but not given as <c>$null</c>: that is what a command that failed has left behind.</summary>
/// <remarks>
/// ValidateNotNull would refuse objects of the pipeline whose property of that name is empty, too, which is how those say that they have none.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NeverNullAttribute : Attribute;

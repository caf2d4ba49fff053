namespace SparseSC.PowerShell.Binding;

/// <summary>Reads a bare number as minutes; a time span stays what it is.</summary>
internal sealed class MinutesTransformationAttribute() : DurationTransformationAttribute(TimeSpan.FromMinutes(1), "minutes");

namespace SparseSC.PowerShell.Binding;

/// <summary>Reads a bare number as hours; a time span stays what it is.</summary>
internal sealed class HoursTransformationAttribute() : DurationTransformationAttribute(TimeSpan.FromHours(1), "hours");

namespace SparseSC.PowerShell.Binding;

/// <summary>Reads a bare number as seconds, as Wait-Job does; a time span stays what it is.</summary>
internal sealed class SecondsTransformationAttribute() : DurationTransformationAttribute(TimeSpan.FromSeconds(1), "seconds");

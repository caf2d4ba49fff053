namespace SparseSC.Plots.Charts;

/// <summary>What there is to read at one place of a picture.</summary>
/// <param name="At">The place, in the units of the axis.</param>
/// <param name="Text">The values there, in words.</param>
internal readonly record struct ChartReading(double At, string Text);

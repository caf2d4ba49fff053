using System.Globalization;

namespace SparseSC.Core.Models;

/// <summary>One thing to look at before an effect is believed, judged by a rule of its own (docs/diagnostics.md).</summary>
public sealed class EffectDiagnostic
{
    /// <summary>What is judged, such as <c>pre-period fit</c>; always the same words for the same rule.</summary>
    public string What { get; set; } = "";

    /// <summary>The number that is judged; its unit is the rule's.</summary>
    public double Value { get; set; }

    /// <summary>Good, doubtful or bad.</summary>
    public DiagnosticVerdict Verdict { get; set; }

    /// <summary>What the number says, in one sentence.</summary>
    public string Sentence { get; set; } = "";

    /// <summary>The verdict, what is judged, and the number.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Verdict}: {What} {Value:0.####}");
}

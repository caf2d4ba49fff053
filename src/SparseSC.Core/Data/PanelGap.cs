namespace SparseSC.Core.Data;

/// <summary>A unit and a time without an outcome.</summary>
public sealed class PanelGap
{
    /// <summary>The unit.</summary>
    public string Unit { get; set; } = "";

    /// <summary>The time.</summary>
    public string Time { get; set; } = "";

    /// <summary>The line or row whose value is missing; <c>null</c> when there is no such row.</summary>
    public int? Row { get; set; }

    /// <summary>Whether the unit is treated at that time.</summary>
    public bool IsTreated { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Unit} at {Time}";
}

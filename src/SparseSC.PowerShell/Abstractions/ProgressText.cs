namespace SparseSC.PowerShell.Abstractions;

/// <summary>What a progress bar says.</summary>
/// <param name="Status">In words.</param>
/// <param name="Percent">0 to 100, or −1 when unknown.</param>
/// <param name="TimeLeft">Estimated time left, or <c>null</c> when unknown.</param>
internal readonly record struct ProgressText(string Status, int Percent, TimeSpan? TimeLeft);

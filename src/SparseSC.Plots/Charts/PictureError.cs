using SparseSC.Core.Errors;

namespace SparseSC.Plots.Charts;

/// <summary>Errors of asking for a picture of what is not there.</summary>
internal static class PictureError
{
    /// <summary>The kind is one of other results.</summary>
    /// <param name="kind">The kind asked for.</param>
    /// <param name="what">What the result is, with its article.</param>
    /// <param name="kinds">The kinds there are of it.</param>
    public static InvalidInputException Unlike(PlotKind kind, string what, IReadOnlyList<PlotKind> kinds) => new(
        "PlotKindUnlike",
        $"{{Kind}} {{Kind:{kind}}} cannot be drawn of {what}. Of that there {(kinds.Count == 1 ? "is" : "are")} {string.Join(", ", kinds.Select(known => $"{{Kind:{known}}}"))}.",
        "Kind");
}

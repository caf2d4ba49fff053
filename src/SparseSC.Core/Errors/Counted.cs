using System.Globalization;

namespace SparseSC.Core.Errors;

/// <summary>Numbers of things in sentences.</summary>
internal static class Counted
{
    /// <summary><c>1 donor</c>, <c>2 donors</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">One of them; an s makes several.</param>
    public static string Of(int count, string noun) =>
        count == 1 ? $"1 {noun}" : $"{count.ToString(CultureInfo.InvariantCulture)} {noun}s";
}

namespace SparseSC.BatchServer.State;

internal static class TextComparison
{
    /// <summary>Names and enum values mean the same in any letter case.</summary>
    public static bool Is(this string? text, string other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);
}

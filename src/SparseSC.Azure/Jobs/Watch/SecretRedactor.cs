using System.Text.RegularExpressions;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Takes signatures out of texts of the service and of programs before they are shown.</summary>
internal static partial class SecretRedactor
{
    /// <summary>The text with the query of every address, and whatever else looks like a signature, left away.</summary>
    public static string Redact(string text) => Signature().Replace(Query().Replace(text, "$1"), "$1…");

    [GeneratedRegex(@"(https?://[^\s?'""<>]+)\?[^\s'""<>]*", RegexOptions.IgnoreCase)]
    private static partial Regex Query();

    [GeneratedRegex(@"\b((?:sig|AccountKey|SharedAccessSignature)=)[^\s&;'""]+", RegexOptions.IgnoreCase)]
    private static partial Regex Signature();
}

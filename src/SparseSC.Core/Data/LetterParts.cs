using System.Text;

namespace SparseSC.Core.Data;

/// <summary>Takes letters apart, so that ö in one piece and o with a mark behind it are one text.</summary>
/// <remarks>The facts come with the library (Unicode, see eng/Letters.ps1): the command line runs without the runtime's tables.</remarks>
internal static class LetterParts
{
    private static readonly Lazy<Dictionary<char, string>> Known = new(Load);

    /// <summary>The text with every letter in parts.</summary>
    public static string Of(string text)
    {
        if (text.All(char.IsAscii))
        {
            return text;
        }

        StringBuilder parts = new(text.Length);
        foreach (char letter in text)
        {
            _ = Known.Value.TryGetValue(letter, out string? pieces) ? parts.Append(pieces) : parts.Append(letter);
        }

        return parts.ToString();
    }

    private static Dictionary<char, string> Load()
    {
        Dictionary<char, string> letters = [];
        using Stream stream = typeof(LetterParts).Assembly.GetManifestResourceStream("letters.tsv")!;
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            letters.Add(line[0], line[2..]);
        }

        return letters;
    }
}

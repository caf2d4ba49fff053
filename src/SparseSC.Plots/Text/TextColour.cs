using System.Text;

namespace SparseSC.Plots.Text;

/// <summary>Colours of text, by what they stand for.</summary>
internal enum TextColour
{
    None,
    Observed,
    Synthetic,
    Treated,
    Control,
    Third,
    Fourth,
    Rule,
}

/// <summary>Characters with colours as one line for a terminal.</summary>
internal static class TextLine
{
    private const string Reset = "\u001b[0m";

    /// <summary>Writes the colours of a terminal, or none.</summary>
    public static string Of(IEnumerable<(char Character, TextColour Colour)> characters, bool hasColour)
    {
        StringBuilder line = new();
        TextColour last = TextColour.None;
        foreach ((char character, TextColour colour) in characters)
        {
            if (hasColour && colour != last)
            {
                line.Append(Code(colour));
                last = colour;
            }

            line.Append(character);
        }

        return last == TextColour.None ? line.ToString().TrimEnd('\u2800', ' ') : line.Append(Reset).ToString();
    }

    /// <summary>Words in one colour.</summary>
    public static IEnumerable<(char, TextColour)> Words(string text, TextColour colour = TextColour.None) => text.Select(letter => (letter, colour));

    // Those of Okabe and Ito as far as the sixteen of a terminal go: every theme of a terminal has them.
    private static string Code(TextColour colour) => colour switch
    {
        TextColour.Observed => "\u001b[0;1m",
        TextColour.Synthetic => "\u001b[0;94m",
        TextColour.Treated => "\u001b[0;33m",
        TextColour.Control => "\u001b[0;90m",
        TextColour.Third => "\u001b[0;32m",
        TextColour.Fourth => "\u001b[0;35m",
        TextColour.Rule => "\u001b[0;90m",
        _ => Reset,
    };
}

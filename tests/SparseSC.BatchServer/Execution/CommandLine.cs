using System.Text;

namespace SparseSC.BatchServer.Execution;

/// <summary>Cuts a command line into words. No shell is involved: nothing is expanded.</summary>
internal static class CommandLine
{
    /// <summary>Quotes of both kinds keep blanks; a backslash outside single quotes takes the next character as it is, inside double quotes only a quote or a backslash.</summary>
    public static string[] Split(string text)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool inWord = false;
        char quote = '\0';
        for (int index = 0; index < text.Length; index++)
        {
            char character = text[index];
            bool escapes = character == '\\' && index + 1 < text.Length && quote != '\'' && (quote == '\0' || text[index + 1] is '"' or '\\');
            if (escapes)
            {
                word.Append(text[++index]);
                inWord = true;
            }
            else if (quote != '\0')
            {
                if (character == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word.Append(character);
                }
            }
            else if (character is '"' or '\'')
            {
                quote = character;
                inWord = true;
            }
            else if (!char.IsWhiteSpace(character))
            {
                word.Append(character);
                inWord = true;
            }
            else if (inWord)
            {
                words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
        }

        if (inWord)
        {
            words.Add(word.ToString());
        }

        return [.. words];
    }
}

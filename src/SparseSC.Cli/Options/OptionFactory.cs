using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SparseSC.Core.Data;

namespace SparseSC.Cli.Options;

/// <summary>Makes options whose errors name the option and the value.</summary>
internal static class OptionFactory
{
    public static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    public static Option<string> RequiredText(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description, Required = true };

    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    public static Option<double?> Number(string name, string description) => new(name)
    {
        HelpName = "F",
        Description = description,
        CustomParser = result => ParseNumber(result.Tokens[0].Value, name, result),
    };

    public static Option<double[]?> Numbers(string name, string description) => new(name)
    {
        HelpName = "F,…",
        Description = description,
        CustomParser = result => ParseNumbers(result.Tokens[0].Value, name, result),
    };

    /// <summary>Numbers, or a file that holds them in one row or one column.</summary>
    public static Option<double[]?> NumbersOrFile(string name, string description) => new(name)
    {
        HelpName = "F,…|FILE",
        Description = description,
        CustomParser = result => File.Exists(result.Tokens[0].Value) ? NumberFile(result.Tokens[0].Value, name, result) : ParseNumbers(result.Tokens[0].Value, name, result),
    };

    /// <summary>The numbers given; <c>null</c> when the option is absent, for which the parser itself answers an empty list.</summary>
    public static double[]? GetNumbers(this ParseResult result, Option<double[]?> option) =>
        result.GetResult(option) is null ? null : result.GetValue(option);

    public static Option<int?> Whole(string name, string description, int minimum = int.MinValue) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
            {
                result.AddError($"{name}: '{text}' is not a whole number.");
            }
            else if (value < minimum)
            {
                result.AddError($"{name} {text}: the number must be at least {minimum}.");
            }

            return value;
        },
    };

    /// <summary>Whole numbers from 1 on, separated by commas.</summary>
    public static Option<int[]> Wholes(string name, string description) => new(name)
    {
        HelpName = "N,…",
        Description = description,
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            List<int> values = [];
            foreach (string part in result.Tokens[0].Value.Split(','))
            {
                if (!int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < 1)
                {
                    result.AddError($"{name}: '{part}' is not a whole number from 1 on.");
                    return [];
                }

                values.Add(value);
            }

            return [.. values];
        },
    };

    /// <summary>Groups of names: each time the option is given it names one, its names separated by commas.</summary>
    public static Option<string[][]> NameGroups(string name, string description) => new(name)
    {
        HelpName = "NAME,…",
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = result => [.. result.Tokens.Select(token => SplitNames(token.Value, name, result))],
    };

    public static Option<uint?> Seed(string name, string description) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint value))
            {
                result.AddError($"{name}: '{text}' is not a whole number from 0 to {uint.MaxValue}.");
            }

            return value;
        },
    };

    /// <summary>One of a few words; PowerShell's spelling of them is taken as well.</summary>
    public static Option<T?> Choice<T>(string name, string description, params (string Text, T Value)[] choices)
        where T : struct => new(name)
        {
            HelpName = "WORD",
            Description = WithWords(description, string.Join(", ", choices.Select(choice => choice.Text))),
            CustomParser = result => Find(result.Tokens[0].Value, name, choices, result),
        };

    /// <summary>Some of a few words that are flags, separated by commas; the words' default value where none is given.</summary>
    public static Option<T> Choices<T>(string name, string description, params (string Text, T Value)[] choices)
        where T : struct, Enum => new(name)
        {
            HelpName = "WORD,…",
            Description = WithWords(description, string.Join(", ", choices.Select(choice => choice.Text))),
            CustomParser = result =>
            {
                string[] words = result.Tokens[0].Value.Split(',');
                return (T)Enum.ToObject(typeof(T), words.Aggregate(0L, (all, word) => all | Convert.ToInt64(Find(word.Trim(), name, choices, result), CultureInfo.InvariantCulture)));
            },
        };

    /// <summary>Some of a few words, separated by commas, in the order given; none where the option is absent.</summary>
    public static Option<T[]> Words<T>(string name, string description, params (string Text, T Value)[] choices)
        where T : struct => new(name)
        {
            HelpName = "WORD,…",
            Description = WithWords(description, string.Join(", ", choices.Select(choice => choice.Text))),
            DefaultValueFactory = _ => [],
            CustomParser = result => [.. result.Tokens[0].Value.Split(',').Select(word => Find(word.Trim(), name, choices, result)).OfType<T>()],
        };

    /// <summary>Names separated by commas; a name with a comma is quoted as in CSV; the option may be repeated.</summary>
    public static Option<string[]> NameList(string name, string description) => new(name)
    {
        HelpName = "NAME,…",
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = result => [.. result.Tokens.SelectMany(token => SplitNames(token.Value, name, result))],
    };

    /// <summary>A description with the words there are, and the default behind them.</summary>
    public static string WithWords(string description, string words)
    {
        int end = description.IndexOf(" [default", StringComparison.Ordinal);
        return description.Insert(end < 0 ? description.Length : end, $" ({words})");
    }

    private static T? Find<T>(string text, string name, (string Text, T Value)[] choices, ArgumentResult result)
        where T : struct
    {
        foreach ((string candidate, T value) in choices)
        {
            if (Same(candidate, text))
            {
                return value;
            }
        }

        result.AddError($"{name}: '{text}' is not one of {string.Join(", ", choices.Select(choice => choice.Text))}.");
        return null;
    }

    private static double[]? NumberFile(string path, string name, ArgumentResult result)
    {
        try
        {
            FeatureMatrix matrix = MatrixReader.Read(path);
            if (matrix.Rows == 1 || matrix.Columns == 1)
            {
                return matrix.Values;
            }

            result.AddError($"{name}: '{path}' has {matrix.Rows} rows and {matrix.Columns} columns; one row or one column of numbers is needed.");
        }
        catch (SparseSC.Core.Errors.InvalidInputException error)
        {
            result.AddError($"{name}: {error.Message}");
        }

        return null;
    }

    private static double? ParseNumber(string text, string name, ArgumentResult result)
    {
        if (NumberText.TryParse(text.AsSpan(), out double value) && double.IsFinite(value))
        {
            return value;
        }

        result.AddError($"{name}: '{text}' is not a finite number.");
        return null;
    }

    private static double[]? ParseNumbers(string text, string name, ArgumentResult result)
    {
        List<double> values = [];
        foreach (string part in text.Split(','))
        {
            if (ParseNumber(part, name, result) is not double value)
            {
                return null;
            }

            values.Add(value);
        }

        return [.. values];
    }

    private static string[] SplitNames(string text, string name, ArgumentResult result)
    {
        using CsvReader reader = new(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), name);
        try
        {
            string[] names = reader.Read() ? [.. Enumerable.Range(0, reader.FieldCount).Select(reader.Text)] : [];
            if (names.Length > 0 && !names.Any(string.IsNullOrWhiteSpace))
            {
                return names;
            }

            result.AddError($"{name}: a name is blank in '{text}'.");
        }
        catch (SparseSC.Core.Errors.InvalidInputException)
        {
            result.AddError($"{name}: '{text}' is not a list of names; a name that holds a comma stands in double quotes.");
        }

        return [];
    }

    // PowerShell's spelling (DropUnit) is as good as ours (drop-unit).
    private static bool Same(string candidate, string text) =>
        candidate.Replace("-", "", StringComparison.Ordinal).Equals(text.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
}

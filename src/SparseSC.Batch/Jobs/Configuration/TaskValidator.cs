using System.Globalization;
using System.Text.RegularExpressions;
using SparseSC.Core.Data;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Checks the settings of tasks.</summary>
internal static partial class TaskValidator
{
    private const int HighestPriority = 1000;
    private static readonly string[] Placeholders = ["{input}", "{index}", "{output}"];

    public static void Check(AzureBatchConfig config, ConfigErrors faults)
    {
        CheckCommand(config, faults);
        if (config.MaxTaskRetryCount < -1)
        {
            faults.Add("MaxTaskRetryCount", string.Create(CultureInfo.InvariantCulture, $"{{MaxTaskRetryCount}} {config.MaxTaskRetryCount} is out of range. Give how often a failed task runs again, 0 for never, or -1 for any number of times."));
        }

        if (config.JobPriority is < -HighestPriority or > HighestPriority)
        {
            faults.Add("JobPriority", string.Create(CultureInfo.InvariantCulture, $"{{JobPriority}} {config.JobPriority} is out of range. The service takes -1000 to 1000; jobs of a higher one go first."));
        }

        if (config.PricePerHour is { } price && !(price >= 0 && double.IsFinite(price)))
        {
            faults.Add("PricePerHour", string.Create(CultureInfo.InvariantCulture, $"{{PricePerHour}} {price} is no price. Give what one machine costs for an hour, or leave it out."));
        }

        if (config.MaxWallClockTime is TimeSpan longest && longest <= TimeSpan.Zero)
        {
            faults.Add("MaxWallClockTime", $"{{MaxWallClockTime}} {ConfigTime.Describe(longest)} must be more than nothing. Leave it out for a limit that is far above what was measured.");
        }
    }

    private static void CheckCommand(AzureBatchConfig config, ConfigErrors faults)
    {
        if (config.CommandLine is not string command)
        {
            return;
        }

        string[] missing = [.. Placeholders.Where(placeholder => !command.Contains(placeholder, StringComparison.Ordinal))];
        if (missing.Length > 0)
        {
            // A word in braces may be a shell's own, so it is only taken for a slip when a placeholder is missing.
            string? slip = Placeholder().Matches(command)
                .Select(match => match.Value)
                .Except(Placeholders)
                .Select(word => Names.DidYouMean(word, missing) is string near ? $" It holds '{word}'{near}" : null)
                .FirstOrDefault(text => text is not null);
            faults.Add("CommandLine", $"{{CommandLine}} '{command}' lacks {string.Join(", ", missing)}, which stand for the worker's arguments. Give a command such as './sparsesc task --input {{input}} --index {{index}} --output {{output}}'.{slip}");
        }
    }

    [GeneratedRegex(@"(?<!\$)\{[A-Za-z]+\}")]
    private static partial Regex Placeholder();
}

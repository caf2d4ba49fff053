using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Models;

/// <summary>How the error of a prediction after the treatment is bounded.</summary>
public enum OutOfSampleMethod : long
{
    /// <summary>By a sub-Gaussian bound with conditional mean and variance from residuals before the treatment.</summary>
    Gaussian,

    /// <summary>By quantiles of standardised residuals, with the same mean and variance.</summary>
    LocationScale,

    /// <summary>By quantile regressions of residuals.</summary>
    Quantile,
}

/// <summary>Options of prediction intervals.</summary>
public sealed class PredictionIntervalOptions
{
    /// <summary>Probability that the weights' error exceeds the in-sample part of an interval.</summary>
    public double UAlpha { get; set; } = 0.05;

    /// <summary>Probability that the error after the treatment exceeds the out-of-sample part.</summary>
    public double EAlpha { get; set; } = 0.05;

    /// <summary>How the out-of-sample part is found.</summary>
    public OutOfSampleMethod Method { get; set; }

    /// <summary>Whether residuals are explained by first differences of donors' outcomes, as for cointegrated outcomes, instead of by their levels.</summary>
    public bool Differences { get; set; }

    /// <summary>How many draws simulate the weights' error.</summary>
    public int Draws { get; set; } = 200;

    /// <summary>The draws themselves in place of random ones: rows of standard normal numbers, one per donor. <c>null</c> draws.</summary>
    public double[][]? DrawRows { get; set; }

    /// <summary>Shares what a level leaves equally between both parts of an interval.</summary>
    /// <param name="level">The level, in (0, 1).</param>
    public void Share(double level) => (UAlpha, EAlpha) = ((1 - level) / 2, (1 - level) / 2);

    /// <summary>Takes the draws as one word: their number, or a file that holds them; <c>null</c> changes nothing.</summary>
    /// <param name="word">The word.</param>
    /// <param name="resolvePath">Finds the file.</param>
    /// <exception cref="InvalidInputException">It cannot be read.</exception>
    public void Draw(string? word, Func<string, string> resolvePath)
    {
        ArgumentNullException.ThrowIfNull(resolvePath);
        if (word is null)
        {
            return;
        }

        if (int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count))
        {
            Draws = count;
            return;
        }

        FeatureMatrix rows = MatrixReader.Read(resolvePath(word), "Draws");
        DrawRows = [.. Enumerable.Range(0, rows.Rows).Select(row => rows.Row(row).ToArray())];
    }
}

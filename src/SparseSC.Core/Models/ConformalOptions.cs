using System.Globalization;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Models;

/// <summary>Which rearrangements of the residuals a conformal test compares with.</summary>
public enum ConformalPermutations : long
{
    /// <summary>All cyclic shifts in time: valid when residuals are stationary and weakly dependent.</summary>
    Block,

    /// <summary>Random permutations: valid when residuals are exchangeable.</summary>
    Iid,
}

/// <summary>Every option of a conformal test.</summary>
public sealed class ConformalOptions
{
    /// <summary>The rearrangements.</summary>
    public ConformalPermutations Permutations { get; set; }

    /// <summary>How many random permutations are drawn.</summary>
    public int Draws { get; set; } = 10000;

    /// <summary>Seed of the random permutations.</summary>
    public uint Seed { get; set; } = 110011;

    /// <summary>The norm q of the statistic (Σ|u|^q/√T*)^(1/q); larger ones notice short effects better.</summary>
    public double Norm { get; set; } = 1;

    /// <summary>Level of the intervals, in (0, 1).</summary>
    public double Level { get; set; } = 0.95;

    /// <summary>Matches and predicts deviations from each unit's mean over the periods fitted (a fixed effect per unit).</summary>
    public bool Demean { get; set; }

    /// <summary>
    /// Tries so many effects, equally spaced around the estimate, in place of all: ends of an interval are then effects tried. <c>null</c> searches the ends.
    /// </summary>
    public int? NullGrid { get; set; }

    /// <summary>Pre-periods used, counted back from the treatment; <c>null</c> takes all.</summary>
    public int? PrePeriods { get; set; }

    /// <summary>Post-periods used, counted from the treatment; <c>null</c> takes all.</summary>
    public int? PostPeriods { get; set; }

    /// <summary>Threads to use; 0 means one per processor. Results do not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; set; }

    /// <summary>Takes the rearrangements as one word: block, iid, or how many random permutations are drawn; <c>null</c> changes nothing.</summary>
    /// <exception cref="InvalidInputException">It is none of these (<c>PermutationsMalformed</c>).</exception>
    public void Rearrange(string? word)
    {
        if (word is null || word.Equals("block", StringComparison.OrdinalIgnoreCase))
        {
            Permutations = ConformalPermutations.Block;
        }
        else if (word.Equals("iid", StringComparison.OrdinalIgnoreCase))
        {
            Permutations = ConformalPermutations.Iid;
        }
        else if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int draws) && draws > 0)
        {
            (Permutations, Draws) = (ConformalPermutations.Iid, draws);
        }
        else
        {
            throw new InvalidInputException(
                "PermutationsMalformed",
                $"{{Permutations}} '{word}' is neither {{Permutations:Block}} nor {{Permutations:Iid}} nor a number of random permutations from 1.",
                "Permutations");
        }
    }

    internal ConformalOptions Copy() => (ConformalOptions)MemberwiseClone();
}

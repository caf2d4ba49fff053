using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Data;

public class LookAlikesTests
{
    [Theory]
    [InlineData("S2", "s2")]
    [InlineData("S2", "S2 ")]
    [InlineData("New York", "New  York")]
    [InlineData("New York", "New\u00A0York")]
    [InlineData("K\u00F6ln", "Ko\u0308ln")]
    [InlineData("H\u00E0 N\u1ED9i", "Ha\u0300 No\u0323\u0302i")]
    public void AreNamedTogether(string one, string other)
    {
        string warning = LookAlikes.Warning(["A", one, "B", other])!;
        Assert.Contains($"'{one}', '{other}'", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("'A'", warning, StringComparison.Ordinal);
    }

    /// <summary>The command line runs without the runtime's tables of letters, so these must not be what tells.</summary>
    [Theory]
    [InlineData("K\u00F6ln", true)]
    [InlineData("Ko\u0308ln", false)]
    [InlineData("Koln", false)]
    public void LettersThatAreCodedOtherwiseLookTheSame(string name, bool looksTheSame)
    {
        Assert.Equal(looksTheSame, LookAlikes.LooksTheSame(name, "Ko\u0308ln"));
        string? near = Names.DidYouMean(name, ["Ko\u0308ln", "Bonn"]);
        Assert.Equal(looksTheSame, near?.Contains("which looks the same and has a letter coded in another way", StringComparison.Ordinal));
    }

    [Fact]
    public void AreNotWhatDiffersOtherwise() => Assert.Null(LookAlikes.Warning(["S1", "S2", "S-2", "S 2", "S2a"]));

    [Fact]
    public void StandAmongTheWarningsOfAnEffect()
    {
        double[,] outcome = new double[6, 8];
        for (int unit = 0; unit < 6; unit++)
        {
            for (int time = 0; time < 8; time++)
            {
                outcome[unit, time] = Math.Sin((unit * 3) + time) + time;
            }
        }

        Panel panel = new()
        {
            Units = ["T", "a", "b", "B", "c", "d"],
            Times = ["1", "2", "3", "4", "5", "6", "7", "8"],
            Outcome = outcome,
            TreatmentPeriods = [6, null, null, null, null, null],
        };
        EffectEstimate estimate = EffectEstimator.Run(panel, new EffectOptions { Method = EffectMethod.Simplex });
        Assert.Contains(estimate.Warnings, warning => warning.Contains("'b', 'B'", StringComparison.Ordinal));
    }
}

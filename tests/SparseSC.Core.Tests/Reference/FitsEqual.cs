using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Reference;

/// <summary>Two fits that must agree to the last bit.</summary>
internal static class FitsEqual
{
    public static void Assert(SyntheticControlFit expected, SyntheticControlFit actual)
    {
        Xunit.Assert.Equal(expected.VPen, actual.VPen);
        Xunit.Assert.Equal(expected.WPen, actual.WPen);
        Xunit.Assert.Equal(expected.V, actual.V);
        Xunit.Assert.Equal(expected.Score, actual.Score);
        Xunit.Assert.Equal(expected.ScoreR2, actual.ScoreR2);
        Xunit.Assert.Equal(expected.Scores, actual.Scores);
        Xunit.Assert.Equal(expected.ScoreStandardErrors, actual.ScoreStandardErrors);
        Xunit.Assert.Equal(expected.SelectedIndex, actual.SelectedIndex);
        Xunit.Assert.Equal(expected.Iterations.Length, actual.Iterations.Length);
        foreach ((FitIteration left, FitIteration right) in expected.Iterations.Zip(actual.Iterations))
        {
            Xunit.Assert.Equal(left.VPen, right.VPen);
            Xunit.Assert.Equal(left.WPen, right.WPen);
            Xunit.Assert.Equal(left.Scores, right.Scores);
            Xunit.Assert.Equal(left.ScoreStandardErrors, right.ScoreStandardErrors);
            Xunit.Assert.Equal((left.SelectedIndex, left.FittedVPen, left.FittedWPen, left.Score), (right.SelectedIndex, right.FittedVPen, right.FittedWPen, right.Score));
        }

        Xunit.Assert.Equal(expected.Folds.Select(f => f.Scores), actual.Folds.Select(f => f.Scores));
        Xunit.Assert.Equal(expected.Weights?.Cast<double>(), actual.Weights?.Cast<double>());
        Xunit.Assert.Equal(expected.Predictions.Cast<double>(), actual.Predictions.Cast<double>());
        Xunit.Assert.Equal(expected.TrivialUnits, actual.TrivialUnits);
    }
}

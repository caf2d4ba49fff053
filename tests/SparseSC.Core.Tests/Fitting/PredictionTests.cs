using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>New targets through a fitted model: with and without the matrix of weights.</summary>
public class PredictionTests
{
    private static readonly FitData Data = WithTrivialUnits();

    private static readonly FitOptions Options = new() { VPen = [2], WPen = [0.7], CvFolds = FoldSpecification.Shuffled(4), GradientFolds = FoldSpecification.Shuffled(4) };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Both_ways_agree_on_other_targets(bool includeTrivialDonors)
    {
        SyntheticControlFit fit = JointFit.Run(Data, Options);
        Assert.Equal([7, 12], fit.TrivialUnits);
        FeatureMatrix others = GeneratedPanel.Create(9, 30, 2, 6).Targets;
        double[,] expected = Prediction.FromWeights(fit, others, includeTrivialDonors);
        double[,] actual = Prediction.FromFeatures(fit, Data.Features, others, null, includeTrivialDonors);
        Close.Equal([.. expected.Cast<double>()], [.. actual.Cast<double>()], 1e-10, "predictions");
    }

    [Fact]
    public void Leaving_trivial_donors_out_drops_their_share_and_no_more()
    {
        SyntheticControlFit fit = JointFit.Run(Data, Options);
        double[] ones = [.. Enumerable.Repeat(1.0, 30)];
        double[,] with = Prediction.FromWeights(fit, new FeatureMatrix(ones, 30, 1));
        double[,] without = Prediction.FromWeights(fit, new FeatureMatrix(ones, 30, 1), includeTrivialDonors: false);
        int[] columns = [Array.IndexOf(fit.ControlUnits, 7), Array.IndexOf(fit.ControlUnits, 12)];
        Assert.Equal(with[0, 0] - fit.Weights![0, columns[0]] - fit.Weights[0, columns[1]], without[0, 0], 12);
        Assert.Equal(with[7, 0], without[7, 0]);
    }

    [Fact]
    public void The_targets_of_the_fit_give_its_predictions()
    {
        SyntheticControlFit fit = JointFit.Run(Data, Options);
        Assert.Equal(fit.Predictions.Cast<double>(), Prediction.FromFeatures(fit, Data.Features, Data.Targets).Cast<double>());
    }

    [Fact]
    public void What_does_not_fit_the_model_is_refused()
    {
        SyntheticControlFit fit = JointFit.Run(Data, Options);
        Assert.Equal("RowCountMismatch", Assert.Throws<InvalidInputException>(() => Prediction.FromWeights(fit, GeneratedPanel.Create(1, 5, 2, 2).Targets)).ErrorId);
        Assert.Equal("FeatureCountMismatch", Assert.Throws<InvalidInputException>(() => Prediction.FromFeatures(fit, GeneratedPanel.Create(1, 30, 9, 2).Features, Data.Targets)).ErrorId);
        fit.Weights = null;
        Assert.Equal("WeightsNotKept", Assert.Throws<InvalidInputException>(() => Prediction.FromWeights(fit, Data.Targets)).ErrorId);
    }

    private static FitData WithTrivialUnits()
    {
        FitData data = GeneratedPanel.Create(3, 30, 5, 4, 2);
        foreach (int unit in new[] { 7, 12 })
        {
            data.Features.Values.AsSpan(unit * 5, 5).Clear();
            data.Targets.Values.AsSpan(unit * 4, 4).Clear();
        }

        return data;
    }
}

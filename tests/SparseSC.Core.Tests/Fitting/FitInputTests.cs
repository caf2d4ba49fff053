using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>Bad input: an id for scripts, and a message that names the parameter, the value and the way out.</summary>
public class FitInputTests
{
    public static TheoryData<string, string, string> Options => new()
    {
        { "cv-folds", "MoreFoldsThanUnits", "{CvFolds} 50 needs at least 50 control units; there are 28" },
        { "gradient-folds", "MoreFoldsThanUnits", "{GradientFolds} 29 needs at least 29 control units; there are 28" },
        { "gradient-folds-in-training", "MoreFoldsThanUnits", "{GradientFolds} 26 needs at least 26 control units to fit in every cross-validation fold; there are 25" },
        { "restricted-fold-range", "FoldOutOfRange", "Fold 0 of {GradientFolds} names row 28; there are 28 control units" },
        { "one-fold", "FoldCountTooSmall", "{CvFolds} 1 makes no folds" },
        { "v-pen", "PenaltyNegative", "{VPen} -1 must be a finite number, 0 or more" },
        { "w-pen", "PenaltyNegative", "{WPen} -0.5 must be a finite number" },
        { "w-pen-zero", "SingularSystem", "{WPen} = 0. Give a larger {WPen}" },
        { "v-list", "WPenMissing", "A list for {VPen} needs a value for {WPen}" },
        { "w-list", "VPenMissing", "A list for {WPen} needs a value for {VPen}" },
        { "two-lists", "TwoPenaltyLists", "Only one penalty can vary" },
        { "grid", "GridInvalid", "{Grid} must hold positive numbers" },
        { "grid-length", "GridInvalid", "{GridLength} 0" },
        { "grid-order", "GridInvalid", "{GridMin} 2 is above {GridMax} 1" },
        { "stopping-rule", "OptionOutOfRange", "{StoppingRule} 0 must be a positive number" },
        { "learning-rate", "OptionOutOfRange", "{LearningRate} 1 must lie between 0 and 1" },
        { "optimizer", "UnknownOptimizer", "{Optimizer} 'adam' is unknown. Choose one of: cdl, newton" },
        { "pool", "DonorPoolShape", "{DonorPool} is 3×2; it must have one row per unit and one column per control, 30×28" },
        { "v-zero", "VPenZero", "{VPen} 0 has no largest {WPen}" },
        { "overlap", "FoldsOverlap", "Row 0 is in the test sets of folds 0 and 1 of {GradientFolds}" },
        { "fold-range", "FoldOutOfRange", "Fold 0 of {CvFolds} names row 28; there are 28 control units" },
        { "choice", "ChoiceOutOfRange", "{Choice} returned index 99" },
        { "full", "FullModelWithTreatedUnits", "{ModelType} {ModelType:Full} fits all units alike" },
        { "max-iter", "SearchDidNotConverge", "did not converge in 2 iterations. Raise {MaxIter} or {Tol}" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Bad_options_are_named(string what, string id, string message)
    {
        FitOptions options = new() { GridLength = 3 };
        switch (what)
        {
            case "cv-folds": options.CvFolds = FoldSpecification.Shuffled(50); break;
            case "gradient-folds": options.GradientFolds = FoldSpecification.Shuffled(29); break;
            case "gradient-folds-in-training": options.GradientFolds = FoldSpecification.Shuffled(26); break;
            case "restricted-fold-range":
                options.ModelType = ModelType.ProspectiveRestricted;
                options.CvFolds = FoldSpecification.Shuffled(2);
                options.GradientFolds = FoldSpecification.From([new Fold([1], [28])]);
                break;
            case "one-fold": options.CvFolds = FoldSpecification.Shuffled(1); break;
            case "v-pen": options.VPen = [1, -1]; options.WPen = [1]; break;
            case "w-pen": options.WPen = [-0.5]; break;
            case "w-pen-zero": options.VPen = [1]; options.WPen = [0]; break;
            case "v-list": options.VPen = [1, 2]; break;
            case "w-list": options.WPen = [1, 2]; break;
            case "two-lists": options.VPen = [1, 2]; options.WPen = [1, 2]; break;
            case "grid": options.Grid = [0.1, 0]; break;
            case "grid-length": options.GridLength = 0; break;
            case "grid-order": options.GridMin = 2; break;
            case "stopping-rule": options.StoppingRule = 0; break;
            case "learning-rate": options.LearningRate = 1; break;
            case "optimizer": options.Optimizer = "adam"; break;
            case "pool": options.DonorPool = new bool[3, 2]; break;
            case "v-zero": options.VPen = [0]; break;
            case "overlap": options.GradientFolds = FoldSpecification.From([new Fold([1], [0]), new Fold([1], [0, 2])]); break;
            case "fold-range": options.CvFolds = FoldSpecification.From([new Fold([1], [28])]); break;
            case "choice": options.ChoiceCallback = _ => 99; break;
            case "full": options.ModelType = ModelType.Full; break;
            default: options.MaxIter = 2; break;
        }

        SparseSCException error = Assert.ThrowsAny<SparseSCException>(() => JointFit.Run(GeneratedPanel.Create(1, 30, 5, 3, 2), options));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_units_treated_is_an_error()
        => Expect("AllUnitsTreated", "names all 12 units", GeneratedPanel.Create(1, 12, 3, 2, 12));

    [Fact]
    public void One_control_is_an_error()
        => Expect("TooFewControls", "Only 1 control unit remains; at least 2 are needed", GeneratedPanel.Create(1, 12, 3, 2, 11));

    [Fact]
    public void A_treated_unit_that_is_not_there_is_an_error()
    {
        FitData data = GeneratedPanel.Create(1, 12, 3, 2);
        Expect("TreatedUnitOutOfRange", "names row 12; rows go from 0 to 11", new FitData(data.Features, data.Targets, [12]));
        Expect("TreatedUnitRepeated", "names row 3 twice", new FitData(data.Features, data.Targets, [3, 3]));
    }

    [Fact]
    public void A_value_that_is_not_finite_is_named()
    {
        FitData data = GeneratedPanel.Create(1, 12, 3, 2, 1);
        data.Features.Values[(4 * 3) + 2] = double.NaN;
        Expect("ValueNotFinite", "{Features} has NaN for row 4, column 2", data);
    }

    [Fact]
    public void Different_row_counts_are_an_error()
    {
        FitData data = GeneratedPanel.Create(1, 12, 3, 2, 1);
        Expect("RowCountMismatch", "{Features} has 12 rows and {Targets} has 11", new FitData(data.Features, GeneratedPanel.Create(1, 11, 3, 2).Targets, [0]));
    }

    [Theory]
    [InlineData(13, 12, false, "in the same order. If the first line of the file of {Features} is a header, put its names in double quotes.")]
    [InlineData(12, 13, false, "in the same order. If the first line of the file of {Targets} is a header, put its names in double quotes.")]
    [InlineData(13, 12, true, "in the same order.")]
    [InlineData(14, 12, false, "in the same order.")]
    public void One_row_too_many_may_be_a_header(int features, int targets, bool named, string end)
    {
        string[]? names = named ? ["a"] : null;
        FitData data = new(new FeatureMatrix(new double[features], features, 1, columnNames: names), new FeatureMatrix(new double[targets], targets, 1), [0]);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => JointFit.Run(data, new FitOptions()));
        Assert.EndsWith(end, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_that_never_vary_are_an_error_and_one_that_does_not_is_a_warning()
    {
        FitData data = GeneratedPanel.Create(1, 30, 3, 2, 2);
        double[] one = [.. data.Features.Values.Select((x, i) => i % 3 == 1 ? 7 : x)];
        FitOptions options = new() { GridLength = 3 };
        SyntheticControlFit fit = JointFit.Run(new FitData(new FeatureMatrix(one, 30, 3), data.Targets, [0, 1]), options);
        Assert.Contains(fit.Warnings, w => w.Contains("column 1", StringComparison.Ordinal));
        double[] all = [.. Enumerable.Repeat(7.0, 90)];
        Expect("FeaturesConstant", "Every feature is the same for all control units", new FitData(new FeatureMatrix(all, 30, 3), data.Targets, [0, 1]));
    }

    [Fact]
    public void A_null_model_needs_no_folds()
    {
        FitData data = GeneratedPanel.Create(1, 6, 1, 2, 2);
        SyntheticControlFit fit = JointFit.Run(new FitData(new FeatureMatrix([], 6, 0), data.Targets, [0, 1]), new FitOptions());
        Assert.Equal(0.25, fit.Weights![0, 1], 15);
        Assert.Equal(1.0 / 3, fit.Weights[3, 0], 15);
    }

    [Fact]
    public void A_treated_model_without_treated_units_is_an_error()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => JointFit.Run(GeneratedPanel.Create(1, 30, 3, 2), new FitOptions { ModelType = ModelType.Retrospective }));
        Assert.Equal("NoTreatedUnits", error.ErrorId);
        Assert.Equal(
            "--model-type retrospective needs --treated. Give them, or use --model-type full.",
            OptionText.ToCommandLine(error.Message));
        Assert.Equal(
            "-ModelType Retrospective needs -TreatedUnit. Give them, or use -ModelType Full.",
            OptionText.ToPowerShell(error.Message));
    }

    private static void Expect(string id, string message, FitData data)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => JointFit.Run(data, new FitOptions()));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}

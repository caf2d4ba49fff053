using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Fitting;

public sealed class FitFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SyntheticControlFit _fit = JointFit.Run(
        FitCase.Data(new ReferenceCase("batch-retrospective-orthant")), FitCase.Options(new ReferenceCase("batch-retrospective-orthant")));

    private string FilePath => _folder.Path("fit.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_comes_back_with_every_bit()
    {
        _fit.UnitNames = [.. Enumerable.Range(0, _fit.Predictions.GetLength(0)).Select(i => $"Å \"{i}\"")];
        _fit.Warnings = ["mind the gap"];
        FitFile.Write(FilePath, _fit);

        SyntheticControlFit read = FitFile.Read(FilePath);

        FitsEqual.Assert(_fit, read);
        Assert.Equal(_fit.Targets.Cast<double>(), read.Targets.Cast<double>());
        Assert.Equal(_fit.UnitNames, read.UnitNames);
        Assert.Equal(_fit.Warnings, read.Warnings);
        Assert.Equal(_fit.ControlUnits, read.ControlUnits);
        Assert.Equal(_fit.TreatedUnits, read.TreatedUnits);
        Assert.Equal((_fit.ModelType, _fit.Constraint, _fit.ElapsedSeconds), (read.ModelType, read.Constraint, read.ElapsedSeconds));
        Assert.Equal(_fit.Iterations.Select(i => i.VPen), read.Iterations.Select(i => i.VPen));
        Assert.Equal(_fit.Folds.Select(f => f.Train), read.Folds.Select(f => f.Train));
    }

    [Fact]
    public void A_fast_model_comes_back_with_its_match_space_and_auxiliary_predictions()
    {
        FitData data = FitCase.Data(new ReferenceCase("batch-retrospective-orthant"));
        SyntheticControlFit fast = FastFit.Run(data, new FastFitOptions { MatchSpace = { Kind = MatchSpaceKind.DLasso }, AuxiliaryTargets = data.Targets });
        FitFile.Write(FilePath, fast);

        SyntheticControlFit read = FitFile.Read(FilePath);

        FitsEqual.Assert(fast, read);
        Assert.Equal((true, MatchSpaceKind.DLasso, fast.TreatmentVPen), (read.IsFast, read.MatchSpace, read.TreatmentVPen));
        Assert.Equal(fast.AuxiliaryPredictions!.Cast<double>(), read.AuxiliaryPredictions!.Cast<double>());
        FitFile.Write(FilePath, _fit);
        Assert.Equal((false, null), (FitFile.Read(FilePath).IsFast, FitFile.Read(FilePath).MatchSpace));
    }

    [Fact]
    public void What_a_model_does_not_have_stays_absent()
    {
        _fit.Weights = null;
        _fit.VPen = double.NaN;
        _fit.SelectedIndex = null;
        FitFile.Write(FilePath, _fit);

        SyntheticControlFit read = FitFile.Read(FilePath);

        Assert.Null(read.Weights);
        Assert.Null(read.UnitNames);
        Assert.Null(read.SelectedIndex);
        Assert.Null(read.PlanHash);
        Assert.Equal(double.NaN, read.VPen);
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "FitVersion")]
    [InlineData("\"sparsesc-fit\"", "\"another\"", "NotAFitFile")]
    [InlineData("\"controlUnits\":[", "\"controlUnits\":[999,", "FitDamaged")]
    [InlineData("\"modelType\":\"retrospective\"", "\"modelType\":\"retro\"", "FitDamaged")]
    [InlineData("\"predictions\":[[", "\"predictions\":[[1,", "FitDamaged")]
    [InlineData("\"vPen\":", "\"penalty\":", "FitDamaged")]
    public void A_file_that_is_not_what_it_says_is_refused_by_name(string written, string forged, string errorId)
    {
        FitFile.Write(FilePath, _fit);
        string text = File.ReadAllText(FilePath);
        Assert.Contains(written, text, StringComparison.Ordinal);
        File.WriteAllText(FilePath, text.Replace(written, forged, StringComparison.Ordinal));

        InvalidInputException error = Assert.Throws<InvalidInputException>(() => FitFile.Read(FilePath));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(FilePath, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Words of the runtime, such as those on keys of dictionaries, mean nothing to whoever has the file.</summary>
    [Theory]
    [InlineData("\"vPen\":", "\"penalty\":", "'vPen' is missing")]
    [InlineData("\"controlUnits\":[", "\"controlUnits\":[1.5,", "'controlUnits' is not a list of whole numbers")]
    [InlineData("\"score\":", "\"score\":\"high\",\"other\":", "'score' is not a number")]
    [InlineData("\"modelType\":\"retrospective\"", "\"modelType\":\"retro\"", "there is no model type 'retro'")]
    [InlineData("\"format\":", "\"format\"", "it is no complete JSON, which ends or breaks at line 1, byte 10")]
    public void What_is_damaged_is_said_in_our_words(string written, string forged, string reason)
    {
        FitFile.Write(FilePath, _fit);
        File.WriteAllText(FilePath, File.ReadAllText(FilePath).Replace(written, forged, StringComparison.Ordinal));

        Assert.Contains($"({reason}). Export the fit again.", Assert.Throws<InvalidInputException>(() => FitFile.Read(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_and_an_absent_file_are_told_apart()
    {
        FitFile.Write(FilePath, _fit);
        File.WriteAllText(FilePath, File.ReadAllText(FilePath)[..500]);

        Assert.Equal("FitDamaged", Assert.Throws<InvalidInputException>(() => FitFile.Read(FilePath)).ErrorId);
        Assert.Equal("FitFileNotFound", Assert.Throws<InvalidInputException>(() => FitFile.Read(_folder.Path("none.json"))).ErrorId);
    }
}

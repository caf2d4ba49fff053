using System.Text.Json;
using SparseSC.Batch.Plan;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Effects;

namespace SparseSC.Batch.Tests.Plan;

/// <summary>An estimate that was planned, run in pieces and merged is the estimate of one run, to the last bit.</summary>
public sealed class EffectPlanTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(EffectMethod.Fast, null, 1, false)]
    [InlineData(EffectMethod.Fast, 4, 3, true)]
    [InlineData(EffectMethod.Fast, 1, 1, true)]
    [InlineData(EffectMethod.Joint, 3, 2, true)]
    [InlineData(EffectMethod.Joint, 1, 1, false)]
    [InlineData(EffectMethod.Simplex, null, 5, true)]
    [InlineData(EffectMethod.Simplex, 4, 1, false)]
    [InlineData(EffectMethod.DifferenceInDifferences, null, 7, false)]
    public void Plan_run_and_merge_are_one_estimate_to_the_last_bit(EffectMethod method, int? folds, int tasksPerCall, bool staggered)
    {
        EffectData data = Data(staggered);
        EffectOptions options = Options(method, folds);
        BatchPlan plan = BatchPlans.CreateEffects(data, options, _folder.Path("plan"), outcomeName: "sales");
        Assert.Equal(PlanKind.Effects, plan.Kind);
        Assert.Equal(staggered ? ["10", "12"] : ["10"], plan.TreatmentTimes);
        for (int start = 0; start < plan.Tasks / 2; start += tasksPerCall)
        {
            int[] tasks = [.. Enumerable.Range(start, Math.Min(tasksPerCall, plan.Tasks - start))];
            BatchPlans.Load(plan.PlanFile).RunTasks(tasks, Path.Combine(plan.ResultsDirectory, $"group-{start}.json"));
        }

        plan.RunMissing(2);
        Assert.True(plan.GetStatus().IsComplete);
        EffectEstimate merged = BatchPlans.Load(plan.Directory).MergeEffects(new MergeOptions { MaxDegreeOfParallelism = 2 });
        EffectEstimate whole = EffectEstimator.Run(data, options);
        whole.OutcomeName = "sales";
        AssertSame(whole, merged);
    }

    [Fact]
    public void Held_out_controls_of_the_reference_need_no_main_fit_at_planning()
    {
        EffectData data = Data(staggered: false);
        EffectOptions options = Options(EffectMethod.Joint, 3);
        options.CrossFitMethod = EffectMethod.Fast;
        BatchPlan plan = BatchPlans.CreateEffects(data, options, _folder.Path("plan"));
        Assert.False(File.Exists(_folder.Path("plan/main_fits.json")));
        plan.RunMissing();
        AssertSame(EffectEstimator.Run(data, options), plan.MergeEffects());
    }

    [Fact]
    public void Every_option_is_stored()
    {
        EffectOptions options = Options(EffectMethod.Fast, 3);
        options.ModelType = ModelType.Prospective;
        options.PrePeriods = 5;
        options.PostPeriods = 3;
        options.EvaluationPeriods = 2;
        options.CrossFitSeed = 4;
        options.MaxPlacebos = 30;
        options.Seed = 5;
        options.Level = 0.8;
        options.Asymmetric = true;
        options.Doses = [.. Enumerable.Range(0, 18).Select(unit => unit == 0 ? 0.3 : double.NaN)];
        options.Fast = new FastFitOptions
        {
            MatchSpace = new MatchSpaceOptions { VPens = [0.01, 0.1, 0.3], Normalize = false, LassoFolds = 3, SeFactor = 0.5, SampleFraction = 0.9, Seed = 8, LassoTol = 1e-6 },
            WPens = [0.1, 1, 7],
            WPenBy = WPenRule.Score,
            KeepWeights = false,
        };
        EffectData data = Data(staggered: false);
        BatchPlan plan = BatchPlans.CreateEffects(data, options, _folder.Path("plan"));
        plan.RunMissing();
        AssertSame(EffectEstimator.Run(data, options), plan.MergeEffects());
    }

    [Fact]
    public void Joint_options_are_stored()
    {
        EffectOptions options = Options(EffectMethod.Joint, 3);
        options.AverageTreated = true;
        options.Joint = new FitOptions
        {
            Choice = PenaltyChoice.OneStandardError, GridMin = 1e-3, GridMax = 0.5, GridLength = 3, StoppingRule = 1, CvFolds = FoldSpecification.Shuffled(3), CvSeed = 2,
            GradientFolds = FoldSpecification.Shuffled(4), GradientSeed = 3, Constraint = WeightConstraint.Orthant, Optimizer = "newton", Tol = 1e-3, WPenInner = true, WPenGrid = WPenGrid.Absolute,
            MatchSpace = new MatchSpaceOptions { Kind = MatchSpaceKind.Fixed, V = [.. Enumerable.Range(0, 10).Select(k => k % 2 == 0 ? 1.0 : 0)] },
        };
        EffectData data = Data(staggered: true);
        BatchPlan plan = BatchPlans.CreateEffects(data, options, _folder.Path("plan"));
        plan.RunMissing();
        AssertSame(EffectEstimator.Run(data, options), plan.MergeEffects());
    }

    [Fact]
    public void The_penalties_tried_are_stored()
    {
        EffectOptions options = Options(EffectMethod.Fast, 3);
        EffectData data = Data(staggered: false);
        double relative = EffectEstimator.Run(data, options).Effect.Average.Effect;
        options.Fast.WPenGrid = WPenGrid.Absolute;
        EffectEstimate whole = EffectEstimator.Run(data, options);
        Assert.NotEqual(relative, whole.Effect.Average.Effect);
        BatchPlan plan = BatchPlans.CreateEffects(data, options, _folder.Path("plan"));
        plan.RunMissing();
        AssertSame(whole, plan.MergeEffects());
    }

    [Fact]
    public void A_main_fit_that_matches_on_nothing_comes_back()
    {
        EffectOptions options = Options(EffectMethod.Joint, 3);
        options.Joint.MatchSpace = new MatchSpaceOptions { VPens = [1e9] };
        EffectData data = Data(staggered: false);
        EffectEstimate whole = EffectEstimator.Run(data, options);
        Assert.Empty(whole.Periods[0].Fit.Iterations);
        BatchPlan plan = BatchPlans.CreateEffects(data, options, _folder.Path("plan"));
        plan.RunMissing();
        AssertSame(whole, plan.MergeEffects());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Names_and_covariates_come_back(bool varying)
    {
        EffectData plain = Data(staggered: true);
        string[] units = [.. Enumerable.Range(0, 18).Select(i => $"unit {i}, «ü»")];
        string[] times = [.. Enumerable.Range(0, 15).Select(t => $"{1990 + t}")];
        FeatureMatrix outcomes = new(plain.Outcomes.Values, 18, 15, units, times);
        System.Random random = new(3);
        EffectData data;
        if (varying)
        {
            double[,] first = new double[18, 15];
            double[,] second = new double[18, 15];
            for (int i = 0; i < first.Length; i++)
            {
                (first[i / 15, i % 15], second[i / 15, i % 15]) = (i % 4 == 1 ? double.NaN : random.NextDouble(), random.NextDouble());
            }

            data = EffectData.WithVarying(outcomes, plain.TreatmentPeriods, [first, second], ["price", "income"]);
        }
        else
        {
            data = new EffectData(outcomes, plain.TreatmentPeriods, new FeatureMatrix([.. Enumerable.Range(0, 36).Select(_ => random.NextDouble())], 18, 2));
        }

        EffectOptions options = Options(EffectMethod.Simplex, 4);
        BatchPlan plan = BatchPlans.CreateEffects(data, options, _folder.Path("plan"));
        Assert.Equal(["2000", "2002"], plan.TreatmentTimes);
        plan.RunMissing();
        AssertSame(EffectEstimator.Run(data, options), plan.MergeEffects());
    }

    [Fact]
    public void Weights_can_be_left_out_when_merging()
    {
        BatchPlan plan = BatchPlans.CreateEffects(Data(staggered: false), Options(EffectMethod.Joint, 3), _folder.Path("plan"));
        plan.RunMissing();
        Assert.NotNull(plan.MergeEffects().Periods[0].Fit.Weights);
        Assert.Null(plan.MergeEffects(new MergeOptions { KeepWeights = false }).Periods[0].Fit.Weights);
    }

    [Fact]
    public void Overwriting_leaves_what_is_not_the_plans()
    {
        string mine = _folder.Path("plan/features.npy");
        BatchPlan plan = BatchPlans.CreateEffects(Data(staggered: false), Options(EffectMethod.Simplex, 3), _folder.Path("plan"));
        File.WriteAllText(mine, "mine");
        Assert.Equal("BatchDirectoryInUse", Assert.Throws<InvalidInputException>(() => BatchPlans.CreateEffects(Data(staggered: false), Options(EffectMethod.Simplex, 4), plan.Directory)).ErrorId);
        BatchPlan other = BatchPlans.CreateEffects(Data(staggered: false), Options(EffectMethod.Simplex, 4), plan.Directory, overwrite: true);
        Assert.Equal(4, other.Tasks);
        other.Delete();
        Assert.Equal([mine], Directory.EnumerateFileSystemEntries(plan.Directory));
    }

    [Theory]
    [InlineData("Choice")]
    [InlineData("StoppingRule")]
    [InlineData("AuxiliaryTargets")]
    public void Functions_and_what_belongs_to_one_fit_are_refused(string parameter)
    {
        EffectOptions options = Options(EffectMethod.Joint, 3);
        switch (parameter)
        {
            case "Choice":
                options.Joint.ChoiceCallback = _ => 0;
                break;
            case "StoppingRule":
                options.Joint.StoppingCallback = (_, _, _) => true;
                break;
            default:
                options.Fast.AuxiliaryTargets = new FeatureMatrix(new double[18], 18, 1);
                break;
        }

        Assert.Equal(parameter, Assert.Throws<InvalidInputException>(() => BatchPlans.CreateEffects(Data(staggered: false), options, _folder.Path("plan"))).ParameterName);
        Assert.False(Directory.Exists(_folder.Path("plan")));
    }

    internal static EffectData Data(bool staggered)
    {
        EffectData data = SimulatedPanel.Create(11, 16, 10, 5, treated: 2);
        return staggered ? new EffectData(data.Outcomes, [10, 12, .. data.TreatmentPeriods.Skip(2)]) : data;
    }

    internal static EffectOptions Options(EffectMethod method, int? folds)
    {
        EffectOptions options = new() { Method = method, CrossFitFolds = folds };
        options.Joint.GridLength = 3;
        options.Joint.CvFolds = FoldSpecification.Shuffled(3);
        options.Joint.GradientFolds = FoldSpecification.Shuffled(3);
        return options;
    }

    internal static void AssertSame(EffectEstimate expected, EffectEstimate actual) => Assert.Equal(Text(expected), Text(actual));

    // Every public number, with its bits; only times differ.
    private static string Text(EffectEstimate estimate)
    {
        estimate.ElapsedSeconds = 0;
        Array.ForEach(estimate.Periods, period => period.Fit.ElapsedSeconds = 0);
        using MemoryStream stream = new();
        EffectJson.Write(stream, estimate);
        string[] more =
        [
            estimate.OutcomeName, $"{estimate.CrossFitFolds} {estimate.Effect.Asymmetric}", .. estimate.Periods.Select(period => $"{period.WindowStart} {period.FitPeriod}"),
            Numbers(estimate.Observed), .. estimate.Periods.Select(period => Numbers(period.Synthetic)), .. estimate.Periods.Select(period => Numbers(period.HeldOutSynthetic)),
        ];
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + JsonSerializer.Serialize(more);
    }

    private static string Numbers(double[,]? matrix) => matrix is null ? "none" : string.Join(',', matrix.Cast<double>().Select(BitConverter.DoubleToInt64Bits));
}

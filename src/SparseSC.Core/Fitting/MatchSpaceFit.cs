using SparseSC.Core.Data;
using SparseSC.Core.MatchSpace;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;
using SparseSC.Core.Units;

namespace SparseSC.Core.Fitting;

/// <summary>A joint fit on the features that a match space keeps; the weights the space gives them are not used.</summary>
internal static class MatchSpaceFit
{
    public static SyntheticControlFit Run(
        FitData data, FitOptions options, MatchSpaceOptions matching, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        FitValidator.Check(data, options);
        UnitRoles roles = new(data, options.ModelType);
        MatchSpaceValidator.Check(matching, data, roles);
        MatchSpaceProblem problem = new(
            new UnitData(data.Features, data.Targets), roles.Rows, roles.TreatedUnits, matching, ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken),
            (done, total) => progress?.Report(new FitProgress("Choosing the match space", 0, done, total)));
        FeatureWeights space = MatchSpaceMaker.Make(problem, v => Fit(data, options, v, null, cancellationToken).Score);
        SyntheticControlFit fit = Fit(data, options, space.V, progress, cancellationToken);
        fit.MatchSpace = matching.Kind;
        fit.TreatmentVPen = space.TreatmentVPen;
        fit.FeatureNames = data.Features.ColumnNames?.ToArray();
        fit.V = Spread(fit.V, space.V);
        if (!space.IsConverged)
        {
            fit.Warnings = [.. fit.Warnings, ModelSummary.LassoNotConverged];
        }

        return fit;
    }

    private static SyntheticControlFit Fit(FitData data, FitOptions options, double[] v, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
        => JointFit.RunOnAllFeatures(new FitData(Select(data.Features, v), data.Targets, data.TreatedUnits), options, progress, cancellationToken);

    /// <summary>The columns with a weight.</summary>
    private static FeatureMatrix Select(FeatureMatrix features, double[] v)
    {
        int[] kept = [.. Enumerable.Range(0, v.Length).Where(k => v[k] > 0)];
        double[] values = new double[features.Rows * kept.Length];
        for (int i = 0; i < features.Rows; i++)
        {
            ReadOnlySpan<double> row = features.Row(i);
            for (int a = 0; a < kept.Length; a++)
            {
                values[(i * kept.Length) + a] = row[kept[a]];
            }
        }

        string[]? names = features.ColumnNames is { } all ? [.. kept.Select(k => all[k])] : null;
        return new FeatureMatrix(values, features.Rows, kept.Length, features.RowNames, names);
    }

    /// <summary>Weights of the kept columns among zeros for the others.</summary>
    private static double[] Spread(double[] fitted, double[] v)
    {
        double[] result = new double[v.Length];
        int next = 0;
        for (int k = 0; k < v.Length; k++)
        {
            result[k] = v[k] > 0 && next < fitted.Length ? fitted[next++] : 0;
        }

        return result;
    }
}

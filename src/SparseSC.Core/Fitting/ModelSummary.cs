using SparseSC.Core.Data;
using SparseSC.Core.MatchSpace;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Fitting;

/// <summary>What is said about a model besides its weights.</summary>
internal static class ModelSummary
{
    /// <summary>What to say when a lasso hit its cap.</summary>
    public const string LassoNotConverged = "A lasso stopped before it converged. Raise {LassoMaxIter} or {LassoTol}.";

    /// <summary>1 − Σe²/Σ(y − ȳ)² over all periods of <paramref name="rows"/>, one mean for all.</summary>
    public static double PooledR2(UnitData data, double[,] predictions, int[] rows)
    {
        double sum = 0;
        foreach (int row in rows)
        {
            foreach (double y in data.Y.Row(row))
            {
                sum += y;
            }
        }

        double mean = sum / ((double)rows.Length * data.Targets);
        double errors = 0;
        double total = 0;
        foreach (int row in rows)
        {
            Span<double> y = data.Y.Row(row);
            for (int t = 0; t < y.Length; t++)
            {
                double e = y[t] - predictions[row, t];
                errors += e * e;
                total += (y[t] - mean) * (y[t] - mean);
            }
        }

        return 1 - (errors / total);
    }

    /// <summary>Rows whose targets and matched features are all exactly zero.</summary>
    public static int[] TrivialUnits(UnitData data, double[] v)
    {
        List<int> trivial = [];
        for (int row = 0; row < data.Units; row++)
        {
            bool zero = !data.Y.Row(row).ContainsAnyExcept(0.0);
            Span<double> x = data.X.Row(row);
            for (int k = 0; k < v.Length && zero; k++)
            {
                zero = v[k] == 0 || x[k] == 0;
            }

            if (zero)
            {
                trivial.Add(row);
            }
        }

        return [.. trivial];
    }

    public static string[] Warnings(FitProblem problem, double[] v) => [.. Warnings(problem.Source, problem.Data, problem.ControlUnits, v)];

    /// <summary>Warnings of a fast fit.</summary>
    public static string[] Warnings(FitData source, UnitData data, UnitRoles roles, FeatureWeights space)
    {
        List<string> warnings = Warnings(source, data, roles.ControlUnits, space.V);
        if (roles.ModelType == ModelType.Full && roles.TreatedUnits.Length > 0)
        {
            warnings.Add("{ModelType} {ModelType:Full} also fits the treated units, so that their treatment enters the feature weights.");
        }

        if (!space.IsConverged)
        {
            warnings.Add(LassoNotConverged);
        }

        return [.. warnings];
    }

    private static List<string> Warnings(FitData source, UnitData data, int[] controls, double[] v)
    {
        List<string> warnings = [];
        string[] constant = [.. ConstantFeatures(source, data, controls)];
        if (constant.Length > 0)
        {
            warnings.Add($"{Count(constant.Length, "feature does", "features do")} not vary over the control units and cannot be matched on: {string.Join(", ", constant.Take(5))}{(constant.Length > 5 ? ", …" : string.Empty)}.");
        }

        int trivial = TrivialUnits(data, v).Length;
        if (trivial > 0)
        {
            warnings.Add($"{Count(trivial, "unit is", "units are")} trivial: all targets and all matched features are 0.");
        }

        if (!v.Any(x => x > 0))
        {
            warnings.Add("No feature is matched at the chosen penalties: every donor gets the same weight.");
        }

        return warnings;
    }

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    private static IEnumerable<string> ConstantFeatures(FitData source, UnitData data, int[] rows)
    {
        for (int k = 0; k < data.Features; k++)
        {
            double first = data.X[rows[0], k];
            if (rows.All(row => data.X[row, k] == first))
            {
                yield return source.Features.ColumnNames is { } names ? $"'{names[k]}'" : $"column {k}";
            }
        }
    }
}

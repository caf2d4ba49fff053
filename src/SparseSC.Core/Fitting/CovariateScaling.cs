using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Fitting;

/// <summary>Centres covariates and brings them to the scale of an outcome period: (x − m)·s_y/s.</summary>
/// <remarks>
/// m and s are a covariate's mean and population standard deviation over the control units (all units of a full model), s_y² the mean
/// variance of the outcomes matched on, of the targets where there are none. The centre matters because unit weights do not sum to one: a
/// covariate far from 0 would otherwise decide their sum, whatever its unit.
/// </remarks>
internal static class CovariateScaling
{
    // A spread below this share of the mean is rounding of a constant.
    private const double Constant = 1e-12;
    private const int MostNamed = 5;

    /// <summary>The data as the fit takes them. Data that were scaled before stay as they are.</summary>
    /// <param name="data">The data; checked here, because means of what is not finite would hide where it stands.</param>
    /// <param name="scale"><c>null</c> scales where the data say which features are covariates.</param>
    /// <param name="modelType">The model type, as given.</param>
    public static FitData Apply(FitData data, CovariateScale? scale, ModelType? modelType)
    {
        int covariates = data.Covariates ?? data.Features.Columns;
        CovariateScale wanted = scale ?? (data.Covariates is null ? CovariateScale.None : CovariateScale.Sd);
        if (wanted == CovariateScale.None || covariates == 0 || data.Scaling is not null)
        {
            return data;
        }

        FitValidator.CheckDataAndUnits(data, modelType, fullMayHaveTreatedUnits: true);
        UnitRoles roles = new(data, modelType);
        int[] rows = roles.ModelType == ModelType.Full ? [.. Enumerable.Range(0, data.Features.Rows)] : roles.ControlUnits;
        return Scaled(data, covariates, rows);
    }

    /// <summary>Says in the fit what was done to its features.</summary>
    public static void Describe(FitData data, SyntheticControlFit fit)
    {
        if (data.Scaling is { } scaling)
        {
            fit.FeatureCentre = scaling.Centre;
            fit.FeatureScale = scaling.Scale;
            fit.Warnings = scaling.Warning is null ? fit.Warnings : [scaling.Warning, .. fit.Warnings];
        }
    }

    /// <summary>Features of a fit's own units, or of others, as that fit takes them.</summary>
    public static FeatureMatrix Repeat(SyntheticControlFit fit, FeatureMatrix features) => fit.FeatureCentre.Length == 0
        ? features
        : Select(features, [.. Enumerable.Range(0, features.Columns)], fit.FeatureCentre, fit.FeatureScale);

    private static FitData Scaled(FitData data, int covariates, int[] rows)
    {
        FeatureMatrix x = data.Features;
        double variance = covariates < x.Columns ? MeanVariance(x, covariates, rows) : MeanVariance(data.Targets, 0, rows);
        double unit = variance > 0 ? Math.Sqrt(variance) : 1;
        List<int> kept = [];
        List<int> constant = [];
        List<double> centre = [];
        List<double> divisor = [];
        for (int k = 0; k < x.Columns; k++)
        {
            (double mean, double deviation) = k < covariates ? Moments(x, k, rows) : (0, unit);
            if (k < covariates && deviation <= Constant * Math.Abs(mean))
            {
                constant.Add(k);
            }
            else
            {
                kept.Add(k);
                centre.Add(mean);
                divisor.Add(k < covariates ? deviation / unit : 1);
            }
        }

        FeatureScaling scaling = new(centre.ToArray(), divisor.ToArray(), LeftOut(x, constant));
        int? known = data.Covariates is null ? null : kept.Count(k => k < covariates);
        return new FitData(Select(x, kept.ToArray(), scaling.Centre, scaling.Scale), data.Targets, data.TreatedUnits, known)
        {
            Scaling = scaling,
            Warnings = data.Warnings,
        };
    }

    private static FeatureMatrix Select(FeatureMatrix features, int[] columns, double[] centre, double[] divisor)
    {
        double[] values = new double[features.Rows * columns.Length];
        for (int row = 0; row < features.Rows; row++)
        {
            for (int a = 0; a < columns.Length; a++)
            {
                values[(row * columns.Length) + a] = (features[row, columns[a]] - centre[a]) / divisor[a];
            }
        }

        string[]? names = features.ColumnNames is null ? null : Array.ConvertAll(columns, k => features.ColumnNames[k]);
        return new FeatureMatrix(values, features.Rows, columns.Length, features.RowNames, names);
    }

    private static double MeanVariance(FeatureMatrix matrix, int start, int[] rows)
    {
        double sum = 0;
        for (int k = start; k < matrix.Columns; k++)
        {
            double deviation = Moments(matrix, k, rows).Deviation;
            sum += deviation * deviation;
        }

        return sum / (matrix.Columns - start);
    }

    // Offsets from one value keep the digits of a large mean.
    private static (double Mean, double Deviation) Moments(FeatureMatrix matrix, int column, int[] rows)
    {
        double origin = matrix[rows[0], column];
        double sum = 0;
        foreach (int row in rows)
        {
            sum += matrix[row, column] - origin;
        }

        double offset = sum / rows.Length;
        double squares = 0;
        foreach (int row in rows)
        {
            double deviation = matrix[row, column] - origin - offset;
            squares += deviation * deviation;
        }

        return (origin + offset, Math.Sqrt(squares / rows.Length));
    }

    private static string? LeftOut(FeatureMatrix features, List<int> constant)
    {
        if (constant.Count == 0)
        {
            return null;
        }

        string names = string.Join(", ", constant.Take(MostNamed).Select(k => features.ColumnNames is null ? $"column {k}" : $"'{features.ColumnNames[k]}'"));
        string more = constant.Count > MostNamed ? ", …" : "";
        string which = constant.Count == 1 ? "A covariate is" : $"{constant.Count} covariates are";
        return $"{which} the same for all control units and left out: {names}{more}.";
    }
}

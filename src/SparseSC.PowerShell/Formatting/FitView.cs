using System.Collections;
using System.Globalization;
using System.Management.Automation;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Formatting;

/// <summary>The lines of a fit's list view, for a fit as it is and for one that was saved and read again.</summary>
public static class FitView
{
    private const int MostListed = 5;

    /// <summary>How many units there are, and which are treated.</summary>
    public static string Units(PSObject fit)
    {
        int[] treated = Integers(fit, "TreatedUnits");
        int donors = Integers(fit, "ControlUnits").Length;
        if (treated.Length == 0)
        {
            return $"{donors} units, each a donor of the others";
        }

        string more = treated.Length > MostListed ? ", …" : "";
        return $"{donors} donors, {treated.Length} treated ({string.Join(", ", treated.Take(MostListed).Select(row => Name(fit, "UnitNames", row)))}{more})";
    }

    /// <summary>The penalties chosen.</summary>
    public static string Penalties(PSObject fit) => $"v {Text(Real(fit, "VPen"))}, w {Text(Real(fit, "WPen"))}";

    /// <summary>The cross-validation score with its standard error, where there is one.</summary>
    public static string Score(PSObject fit)
    {
        string score = Text(Real(fit, "Score"));

        // The standard errors of a fast fit are those of its lasso's errors.
        double[] errors = PropertyReader.Get(fit, "IsFast") is true ? [] : Reals(fit, "ScoreStandardErrors");
        return Number.ToInteger(PropertyReader.Get(fit, "SelectedIndex")) is int index && index >= 0 && index < errors.Length
            ? $"{score} ± {Text(errors[index])}"
            : score;
    }

    /// <summary>How many features are matched on, the heaviest by name.</summary>
    public static string Features(PSObject fit)
    {
        double[] v = Reals(fit, "V");
        return Count(v.Count(value => value != 0), v.Length) + Heaviest(v, column => Name(fit, "FeatureNames", column));
    }

    /// <summary>How many donors have a share of a thousandth or more in the treated units' mean weights, the heaviest by name.</summary>
    public static string? Donors(PSObject fit)
    {
        int[] donors = Integers(fit, "ControlUnits");
        int[] treated = Integers(fit, "TreatedUnits");
        double[] weights = Reals(fit, "Weights");
        if (treated.Length == 0 || weights.Length == 0)
        {
            return null;
        }

        // A fit that belongs to an effect holds the rows of some units only.
        int[] kept = Integers(fit, "WeightUnits");
        int[] rows = kept.Length == 0 ? treated : [.. treated.Select(unit => Array.IndexOf(kept, unit))];
        double[] mean = [.. donors.Select((_, column) => rows.Average(row => weights[(row * donors.Length) + column]))];
        return Count(mean.Count(weight => Math.Abs(weight) >= 1e-3), donors.Length)
            + Heaviest(mean, column => Name(fit, "UnitNames", donors[column]));
    }

    /// <summary>How the treated are matched before the treatment, and on how many donors; <c>null</c> where that is not known.</summary>
    public static string? Match(PSObject fit)
    {
        double rmspe = Real(fit, "PreRmspe");
        return double.IsFinite(rmspe)
            ? $"RMSPE {Text(rmspe)} before the treatment (plain mean of the donors: {Text(Real(fit, "MeanRmspe"))}), {Text(Real(fit, "EffectiveDonors"))} effective donors"
            : null;
    }

    /// <summary>The mean difference between observed and synthetic targets of the treated units.</summary>
    public static string? Gap(PSObject fit)
    {
        int[] treated = Integers(fit, "TreatedUnits");
        double[] observed = Reals(fit, "Targets");
        double[] synthetic = Reals(fit, "Predictions");
        int units = treated.Length + Integers(fit, "ControlUnits").Length;
        if (treated.Length == 0 || observed.Length == 0 || observed.Length != synthetic.Length)
        {
            return null;
        }

        int times = observed.Length / units;
        double gap = treated.Average(row => Enumerable.Range(row * times, times).Average(cell => observed[cell] - synthetic[cell]));
        return $"{Text(gap)} (observed − synthetic, mean of {times} targets)";
    }

    /// <summary>A time span given in seconds.</summary>
    public static string Duration(double seconds) => seconds < 120
        ? $"{seconds.ToString("0.###", CultureInfo.CurrentCulture)} s"
        : TimeSpan.FromSeconds(seconds).ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Count(int kept, int all) => $"{kept} of {all}";

    private static string Heaviest(double[] weights, Func<int, string> name)
    {
        int[] order = [.. Enumerable.Range(0, weights.Length).Where(i => weights[i] != 0).OrderByDescending(i => Math.Abs(weights[i])).Take(MostListed)];
        return order.Length == 0 ? "" : $": {string.Join(", ", order.Select(i => $"{name(i)} ({Text(weights[i])})"))}";
    }

    private static string Name(PSObject fit, string property, int index)
    {
        object?[] names = List(fit, property);
        return index < names.Length ? Convert.ToString(names[index], CultureInfo.InvariantCulture)! : index.ToString(CultureInfo.InvariantCulture);
    }

    private static string Text(double value) => value.ToString("G4", CultureInfo.CurrentCulture);

    private static double Real(PSObject fit, string property) => Number.TryGet(PropertyReader.Get(fit, property), out double value) ? value : double.NaN;

    private static double[] Reals(PSObject fit, string property) =>
        [.. List(fit, property).Select(item => Number.TryGet(item, out double value) ? value : double.NaN)];

    private static int[] Integers(PSObject fit, string property) => [.. List(fit, property).Select(item => Number.ToInteger(item) ?? -1)];

    // A rectangle enumerates row after row, and that is how it is saved, so one reading serves both.
    private static object?[] List(PSObject fit, string property) => PropertyReader.Get(fit, property) switch
    {
        IEnumerable list and not string => [.. list.Cast<object?>()],
        null => [],
        object one => [one],
    };
}

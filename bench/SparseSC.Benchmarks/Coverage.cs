using System.Diagnostics;
using System.Globalization;
using SparseSC.Core.Models;

namespace SparseSC.Benchmarks;

/// <summary>
/// Size and coverage on seeded panels without an effect, as rows of a Markdown table. <c>coverage [PANELS] [WORD…]</c>: words choose the designs
/// whose names contain one, and the methods whose names are one.
/// </summary>
internal static class Coverage
{
    private const int UsualPanels = 1000;

    // Few standard errors would flag some of a hundred right cells.
    private const double Errors = 3.5;

    public static void Run(string[] words)
    {
        int panels = words is [string first, ..] && int.TryParse(first, CultureInfo.InvariantCulture, out int given) ? given : UsualPanels;
        CoverageMethod[] methods = [.. CoverageMethod.All.Where(method => words.Contains(method.Name))];
        methods = methods.Length > 0 ? methods : [.. CoverageMethod.All.Where(method => method.IsUsual)];
        CoverageDesign[] designs = [.. CoverageDesign.All.Where(design => words.Any(word => !int.TryParse(word, out _) && design.Name.Contains(word, StringComparison.Ordinal)))];
        designs = designs.Length > 0 ? designs : [.. CoverageDesign.All];
        Console.WriteLine("| design | method | panels | p ≤ α | attainable | coverage, average | per period | no ends | scaled p ≤ α | bias | RMSE | warned | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (CoverageDesign design in designs)
        {
            foreach (CoverageMethod method in methods.Where(method => method.Takes(design)))
            {
                Stopwatch clock = Stopwatch.StartNew();
                CoverageResult[] results = [.. Enumerable.Range(0, panels).AsParallel().AsOrdered().Select(seed => method.Run(design.Draw(1000 + seed)))];
                Console.WriteLine(Row(design, method, results));
                Console.Error.WriteLine($"{design.Name}, {method.Name}: {clock.Elapsed.TotalSeconds:F0} s");
            }
        }
    }

    private static string Row(CoverageDesign design, CoverageMethod method, CoverageResult[] results)
    {
        double alpha = 1 - results[0].Level;
        int placebos = results[0].Placebos;
        int tails = method.Options?.Invoke().Asymmetric == true ? 2 : 1;
        bool isConformal = method.Inference == EffectInference.Conformal;
        double attainable = placebos == 0 || !(isConformal || method.Inference == EffectInference.Placebo) ? alpha
            : isConformal ? Math.Floor((alpha * placebos) + 1e-9) / placebos
            : tails * Math.Floor((alpha * (placebos + 1) / tails) + 1e-9) / (placebos + 1);
        bool isTest = !results.All(result => double.IsNaN(result.Average.PValue));
        double size = results.Average(result => result.Average.PValue <= alpha + 1e-9 ? 1.0 : 0);
        EffectValue[] finite = [.. results.Select(result => result.Average).Where(IsFinite)];
        EffectValue[] finitePeriods = [.. results.SelectMany(result => result.PerPeriod).Where(IsFinite)];
        double coverage = Covered(finite);
        double error = Errors * Math.Sqrt(attainable * (1 - attainable) / results.Length);
        bool isOff = (isTest && Math.Abs(size - attainable) > error) || coverage < 1 - attainable - error;
        double bias = results.Average(result => result.Average.Effect);
        double rmse = Math.Sqrt(results.Average(result => result.Average.Effect * result.Average.Effect));
        double[] scaled = [.. results.Select(result => result.ScaledPValue).Where(double.IsFinite)];
        string[] cells =
        [
            design.Name,
            method.Name,
            results.Length.ToString(CultureInfo.InvariantCulture),
            isTest ? Share(size) : "",
            isTest ? Share(attainable) : "",
            finite.Length > 0 ? Share(coverage) : "",
            finitePeriods.Length > 0 ? Share(Covered(finitePeriods)) : "",
            Share(1 - (finite.Length / (double)results.Length)),
            scaled.Length > 0 ? Share(scaled.Average(p => p <= alpha + 1e-9 ? 1.0 : 0)) : "",
            bias.ToString("F3", CultureInfo.InvariantCulture),
            rmse.ToString("F3", CultureInfo.InvariantCulture),
            method.Options is null ? "" : Share(results.Average(result => result.IsWarned ? 1.0 : 0)),
            isOff ? design.IsExchangeable ? "off" : "off, not exchangeable" : "",
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static bool IsFinite(EffectValue value) => double.IsFinite(value.CiLow) && double.IsFinite(value.CiHigh);

    private static double Covered(EffectValue[] values) =>
        values.Length == 0 ? 1 : values.Average(value => value.CiLow <= 0 && value.CiHigh >= 0 ? 1.0 : 0);

    private static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}

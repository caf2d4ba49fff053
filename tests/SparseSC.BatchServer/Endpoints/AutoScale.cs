using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Endpoints;

/// <summary>Scaling by formula, as far as formulas set whole numbers. Anything else is reported as the run's error, as the service reports its own.</summary>
internal static partial class AutoScale
{
    /// <summary>Sets the pool's targets by its formula, if it has one.</summary>
    public static void Apply(PoolResource pool)
    {
        if ((bool?)pool.Spec["enableAutoScale"] ?? false)
        {
            pool.AutoScaleRun = Evaluate(pool.Spec["autoScaleFormula"]!.ToString(), out int? dedicated, out int? spot);
            pool.TargetDedicated = dedicated ?? pool.TargetDedicated;
            pool.TargetSpot = spot ?? pool.TargetSpot;
        }
    }

    /// <param name="formula">Assignments of whole numbers to $TargetDedicatedNodes and $TargetLowPriorityNodes.</param>
    /// <param name="dedicated">Dedicated nodes wanted; null when not set.</param>
    /// <param name="spot">Spot nodes wanted; null when not set.</param>
    /// <returns>The run as the service shows it.</returns>
    public static JsonObject Evaluate(string formula, out int? dedicated, out int? spot)
    {
        dedicated = spot = null;
        JsonObject run = new() { ["timestamp"] = Resource.Time(DateTime.UtcNow) };
        foreach (string statement in formula.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Match match = Assignment().Match(statement);
            if (!match.Success)
            {
                dedicated = spot = null;
                run["error"] = new JsonObject
                {
                    ["code"] = "AutoScalingFormulaEvaluationError",
                    ["message"] = $"This server evaluates whole numbers only, and a statement is '{statement}'.",
                };
                return run;
            }

            int value = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
            if (match.Groups[1].Value == "Dedicated")
            {
                dedicated = value;
            }
            else
            {
                spot = value;
            }
        }

        run["results"] = $"$TargetDedicatedNodes={dedicated ?? 0};$TargetLowPriorityNodes={spot ?? 0};$NodeDeallocationOption=requeue";
        return run;
    }

    [GeneratedRegex(@"^\$Target(Dedicated|LowPriority)(?:Nodes)?\s*=\s*(\d{1,6})$")]
    private static partial Regex Assignment();
}

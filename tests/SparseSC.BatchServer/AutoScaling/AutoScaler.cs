using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.AutoScaling;

/// <summary>Sets pools' sizes by their formulas. Callers hold the account's lock.</summary>
/// <param name="account">The pools.</param>
/// <param name="pools">Resizes them.</param>
/// <param name="fiveMinutes">Real time that stands for five minutes of formulas' time.</param>
internal sealed class AutoScaler(Account account, PoolLifecycle pools, TimeSpan fiveMinutes)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(168);
    private readonly double _speed = Shortest / fiveMinutes;

    /// <summary>Takes samples and evaluates what is due, until the server stops.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using PeriodicTimer timer = new(Metric.Period / _speed);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                lock (account.Gate)
                {
                    Tick();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Whether the formula and its interval can be used at all, which the service asks before it takes them.</summary>
    /// <exception cref="ServiceException">They cannot.</exception>
    public static void Check(JsonObject settings)
    {
        if (settings["autoScaleEvaluationInterval"]?.ToString() is { } text && XmlConvert.ToTimeSpan(text) is var interval && (interval < Shortest || interval > Longest))
        {
            throw ServiceException.Property("autoScaleEvaluationInterval", text, "It must be between 5 minutes and 168 hours");
        }

        if (settings["autoScaleFormula"]?.ToString() is not { } formula)
        {
            return;
        }

        if (FormulaParser.IsTooLong(formula))
        {
            throw new ServiceException(400, "AutoScalingFormulaTooLong", "The specified auto-scaling formula exceeds lengths limit.");
        }

        try
        {
            FormulaParser.Parse(formula);
        }
        catch (FormulaException problem)
        {
            throw new ServiceException(400, "AutoScalingFormulaSyntaxError", "The specified auto-scaling formula has a syntax error.", ("Message", problem.Message));
        }
    }

    /// <summary>Evaluates the pool's formula now, if it has one, and from now on at its interval.</summary>
    public void Start(PoolResource pool)
    {
        pool.Metrics ??= new PoolMetrics(account, pool, _speed);
        if (pool.Scales)
        {
            Apply(pool);
        }

        pools.Resize(pool);
    }

    /// <summary>Works out a formula for a pool and changes nothing.</summary>
    /// <returns>The run as the service shows it: after an error with the pool's own values.</returns>
    public static JsonObject Evaluate(PoolResource pool, string formula) => Work(pool, formula).Run;

    private void Tick()
    {
        foreach (PoolResource pool in account.Pools.Values.Where(pool => pool.State == "active").ToArray())
        {
            pool.Metrics!.TakeSample();
            if (pool.Scales && pool.Metrics.Time >= pool.NextEvaluation)
            {
                (int dedicated, int spot) = (pool.TargetDedicated, pool.TargetSpot);
                string option = Apply(pool);
                if (pool.TargetDedicated != dedicated || pool.TargetSpot != spot)
                {
                    pools.Resize(pool, option);
                }
            }
        }
    }

    private static string Apply(PoolResource pool)
    {
        (JsonObject run, FormulaRun? values) = Work(pool, pool.Spec["autoScaleFormula"]!.ToString());
        pool.AutoScaleRun = run;
        pool.NextEvaluation = pool.Metrics!.Time + XmlConvert.ToTimeSpan(pool.Spec["autoScaleEvaluationInterval"]?.ToString() ?? "PT15M");
        if (values is null)
        {
            return "requeue";
        }

        pool.TargetDedicated = (int)(double)values[FormulaRun.Dedicated];
        pool.TargetSpot = (int)(double)values[FormulaRun.Spot];
        return (string)values[FormulaRun.Deallocation];
    }

    private static (JsonObject Run, FormulaRun? Values) Work(PoolResource pool, string formula)
    {
        PoolMetrics metrics = pool.Metrics!;
        FormulaRun Fresh() => new(metrics.Find, metrics.Time)
        {
            [FormulaRun.Dedicated] = (double)pool.TargetDedicated,
            [FormulaRun.Spot] = (double)pool.TargetSpot,
            [FormulaRun.Deallocation] = "requeue",
        };

        FormulaRun values = Fresh();
        JsonObject run = new() { ["timestamp"] = Resource.Time(DateTime.UtcNow) };
        FormulaException? problem = null;
        try
        {
            values.Execute(FormulaParser.Parse(formula));
        }
        catch (FormulaException found)
        {
            problem = found;
            values = Fresh();
            run["error"] = new JsonObject
            {
                ["code"] = "AutoScalingFormulaEvaluationError",
                ["message"] = "The specified auto-scaling formula could not be evaluated.",
                ["values"] = new JsonArray(new JsonObject { ["name"] = "Message", ["value"] = found.Message }),
            };
        }

        run["results"] = string.Join(';', values.Variables.Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Key}={FormulaValue.Show(item.Value)}")));
        return (run, problem is null ? values : null);
    }
}

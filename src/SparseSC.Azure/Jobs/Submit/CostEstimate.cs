using System.Globalization;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Plan;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>Sentences about the cost of computing, before and after it.</summary>
internal static class CostEstimate
{
    // A machine takes minutes to start; what takes less than one here is not worth it.
    private static readonly TimeSpan NotWorthAPool = TimeSpan.FromMinutes(1);

    /// <summary>The cost of tasks, as far as it is known before they run.</summary>
    /// <param name="tasks">Tasks of the plan that are left.</param>
    /// <param name="cost">What one of them takes here.</param>
    /// <param name="slots">Tasks that a machine runs at once.</param>
    /// <param name="config">The settings.</param>
    public static string Before(int tasks, TimeSpan cost, int slots, AzureBatchConfig config)
    {
        TimeSpan all = cost * tasks;
        double hours = all.TotalHours / slots;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The tasks are about {Time(all)} of computing on one core here: {hours:0.###} machine-hours of {config.VmSize} with {slots} tasks at once{Money(hours, config)}. Machines cost while they start and idle, too.");
    }

    /// <summary>Why tasks are not worth a pool; <c>null</c> when they are.</summary>
    public static string? NotWorthIt(int tasks, TimeSpan cost, PlanKind kind)
    {
        TimeSpan all = cost * tasks;
        return all >= NotWorthAPool ? null
            : $"The tasks are about {Time(all)} of computing: {(kind == PlanKind.Effects ? "{EffectsHere}" : "{FitHere}")} here is faster than machines that have to start first.";
    }

    /// <summary>The cost of tasks that have run.</summary>
    /// <param name="machines">How many machines ran them.</param>
    /// <param name="paid">Minutes of machines between the first and the last of them.</param>
    /// <param name="computed">Of these, minutes in which all slots computed.</param>
    /// <param name="config">The settings.</param>
    public static string After(int machines, double paid, double computed, AzureBatchConfig config) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(machines == 1 ? "One machine was" : $"{machines} machines were")} at the job for {paid:0.0} machine-minutes{Money(paid / 60, config)}, and computed for {computed:0.0} of them ({(paid > 0 ? Math.Min(1, computed / paid) : 1):0%}). What they cost while they started, and after the job, comes on top.");

    private static string Money(double hours, AzureBatchConfig config) => config.PricePerHour is { } price
        ? string.Create(CultureInfo.InvariantCulture, $", about {hours * price:0.00##} at {price:0.####} an hour")
        : "";

    private static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, time.TotalSeconds):0} s"),
        { TotalMinutes: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} hours"),
    };
}

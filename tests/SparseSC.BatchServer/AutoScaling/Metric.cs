namespace SparseSC.BatchServer.AutoScaling;

/// <summary>One of the service's own variables: a number now, and samples of it.</summary>
/// <param name="Now">Its value.</param>
/// <param name="Samples">Its samples, oldest first.</param>
/// <param name="Time">The formula's time.</param>
internal sealed record Metric(double Now, IReadOnlyList<(DateTime Time, double Value)> Samples, DateTime Time)
{
    /// <summary>Time between two samples.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    /// <param name="method">GetSample, GetSamplePercent, GetSamplePeriod, Count or HistoryBeginTime.</param>
    /// <param name="arguments">Numbers, intervals and times.</param>
    /// <param name="at">Where it stands, for errors.</param>
    public object Call(FormulaToken method, object[] arguments, FormulaToken at) => (method.Text, arguments) switch
    {
        ("GetSample", [double count]) => Samples.Skip(Math.Max(0, Samples.Count - (int)count)).Select(sample => sample.Value).ToArray(),
        ("GetSample", [TimeSpan or DateTime]) => Between(arguments[0], TimeSpan.Zero),
        ("GetSample", [TimeSpan or DateTime, double percent]) => Enough(arguments[0], TimeSpan.Zero, percent, at),
        ("GetSample", [TimeSpan or DateTime, TimeSpan or DateTime]) => Between(arguments[0], arguments[1]),
        ("GetSample", [TimeSpan or DateTime, TimeSpan or DateTime, double percent]) => Enough(arguments[0], arguments[1], percent, at),
        ("GetSamplePercent", [TimeSpan or DateTime]) => Percent(arguments[0], TimeSpan.Zero),
        ("GetSamplePercent", [TimeSpan or DateTime, TimeSpan or DateTime]) => Percent(arguments[0], arguments[1]),
        ("GetSamplePeriod", []) => Period,
        ("Count", []) => (double)Samples.Count,
        ("HistoryBeginTime", []) => Samples.Count > 0 ? Samples[0].Time : Time,
        _ => throw at.Problem($"There is no method {method.Text} with such arguments"),
    };

    private double[] Enough(object from, object to, double percent, FormulaToken at) => Percent(from, to) >= percent
        ? Between(from, to)
        : throw at.Problem($"There are samples for {Percent(from, to):0.#} percent of the time, and {percent} are asked for");

    private double[] Between(object from, object to)
    {
        (DateTime start, DateTime end) = Window(from, to);
        return [.. Samples.Where(sample => sample.Time >= start && sample.Time <= end).Select(sample => sample.Value)];
    }

    private double Percent(object from, object to)
    {
        (DateTime start, DateTime end) = Window(from, to);
        double expected = Math.Max(1, Math.Floor((end - start) / Period));
        return Math.Min(100, 100 * Between(from, to).Length / expected);
    }

    private (DateTime Start, DateTime End) Window(object from, object to)
    {
        DateTime At(object value) => value is TimeSpan ago ? Time - ago : (DateTime)value;
        return At(from) < At(to) ? (At(from), At(to)) : (At(to), At(from));
    }
}

using SparseSC.BatchServer.AutoScaling;

namespace SparseSC.BatchServer.Tests;

public class FormulaTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 13, 30, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("x = 1 + 2 * 3 - 4 / 2;", 5)]
    [InlineData("x = (1 + 2) * -3", -9)]
    [InlineData("x = 2 < 3 && 3 <= 3 && !(4 != 4) || 0", 1)]
    [InlineData("a = 5; x = a > 4 ? a == 5 ? 10 : 20 : 30;", 10)]
    [InlineData("x = max(1, [7, 3], 2) + min([4, 2], 9) + avg(1, 2, 6) + sum([1, 2], 3) + len([1, 1, 1])", 21)]
    [InlineData("x = ceil(1.2) + floor(1.8) + round(2.5) + val([4, 5, 6], 1) + range(2, 9) + norm(3, 4)", 23)]
    [InlineData("x = lg(8) + ln(1) + log(100) + std(1, 3) * std(1, 3) + percentile([1, 2, 3, 4, 5], 75)", 11)]
    [InlineData("x = sum([1, 2] * 3 + [1, 1])", 11)]
    [InlineData("t = time(); x = t.hour * 100 + t.minute + t.weekday / 10; // the afternoon of a Sunday\n", 1330)]
    [InlineData("x = (time() - time('2026-11-22T13:00:00Z')) / TimeInterval_Minute", 30)]
    [InlineData("x = 2 * TimeInterval_Hour > TimeInterval_Minute * 119", 1)]
    [InlineData("x = 3; stop(); x = 4;", 3)]
    [InlineData("x = $Load", 8)]
    [InlineData("x = sum($Load.GetSample(2))", 15)]
    [InlineData("x = len($Load.GetSample(TimeInterval_Minute * 2))", 4)]
    [InlineData("x = sum($Load.GetSample(TimeInterval_Second * 45, TimeInterval_Minute * 2))", 11)]
    [InlineData("x = $Load.GetSamplePercent(TimeInterval_Minute * 4)", 50)]
    [InlineData("x = sum($Load.GetSample(TimeInterval_Minute * 4, 40))", 26)]
    [InlineData("x = $Load.Count() + ($Load.GetSamplePeriod() == 30 * TimeInterval_Second)", 5)]
    [InlineData("/* lines\nof it */ x = max(0, $Empty.GetSample(1))", 0)]
    [InlineData("$TargetDedicated = 2.9; x = $TargetDedicatedNodes", 2)]
    public void A_formula_has_its_value(string formula, double value) => Assert.Equal(value, Assert.IsType<double>(Run(formula)["x"]), 12);

    [Theory]
    [InlineData("$something", "Line 1, Col 1: Incomplete statement")]
    [InlineData("x = ;", "Line 1, Col 5")]
    [InlineData("x = 1 y = 2", "Line 1, Col 7")]
    [InlineData("x = 1;\ny = (2", "Line 2, Col 7")]
    [InlineData("x = 1 # 2", "Unexpected character '#'")]
    [InlineData("x = $Nothing", "$Nothing is not defined")]
    [InlineData("x = 1 / 0", "Division by zero")]
    [InlineData("x = avg($Empty.GetSample(1))", "no samples")]
    [InlineData("x = $Load.GetSample(TimeInterval_Minute * 4, 60)", "50 percent")]
    [InlineData("x = guess(1)", "no function guess")]
    [InlineData("$TargetDedicatedNodes = -1", "would be -1")]
    [InlineData("$TargetDedicatedNodes = [1, 2]", "there are 2")]
    [InlineData("$NodeDeallocationOption = never", "never is not defined")]
    [InlineData("$NodeDeallocationOption = 'never'", "must be one of")]
    [InlineData("$Load = 1", "read only")]
    [InlineData("x = 1 + time()", "A number is needed")]
    public void What_is_wrong_with_a_formula_is_said(string formula, string problem) =>
        Assert.Contains(problem, Assert.Throws<FormulaException>(() => Run(formula)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_formula_has_at_most_a_hundred_statements()
    {
        string hundred = string.Concat(Enumerable.Range(0, 100).Select(number => $"x = {number};"));

        Assert.Equal(99.0, Run(hundred)["x"]);
        Assert.Throws<FormulaException>(() => Run(hundred + "x = 0;"));
    }

    private static FormulaRun Run(string formula)
    {
        (DateTime, double)[] samples = [(Now.AddSeconds(-100), 5), (Now.AddSeconds(-70), 6), (Now.AddSeconds(-40), 7), (Now.AddSeconds(-10), 8)];
        FormulaRun run = new(
            name => name switch { "$Load" => new Metric(8, samples, Now), "$Empty" => new Metric(0, [], Now), _ => null },
            Now);
        run.Execute(FormulaParser.Parse(formula));
        return run;
    }
}

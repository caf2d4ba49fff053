using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;

namespace SparseSC.Plots.Charts;

/// <summary>Where times stand: at their number where all are numbers in order, else one after the other; and how they are written.</summary>
internal sealed class TimeScale
{
    private const double PixelsPerLetter = 8.5;
    private const int WidthBesideAxis = 110;

    private static readonly int[] Steps = [1, 2, 5];

    private readonly string[] _times;
    private readonly double[] _at;
    private readonly bool _areNumbers;

    public TimeScale(string[] times)
    {
        _times = times;
        double[] numbers = [.. times.Select(time =>
            double.TryParse(time, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        _areNumbers = numbers.Length > 1 && numbers.Zip(numbers.Skip(1)).All(pair => pair.Second > pair.First) && numbers.All(number => number == Math.Floor(number));
        _at = _areNumbers ? numbers : [.. Enumerable.Range(0, times.Length).Select(i => (double)i)];
    }

    /// <summary>The position of a time.</summary>
    public double At(int time) => _at[time];

    /// <summary>Between a time and the one before it: where a treatment starts.</summary>
    public double Before(int time) => time == 0 ? _at[0] : (_at[time - 1] + _at[time]) / 2;

    /// <summary>An axis whose labels fit next to each other.</summary>
    public LinearAxis Axis(int width)
    {
        double longest = Math.Max(2, _times.Max(time => time.Length)) + 2;
        double most = Math.Max(2, (width - WidthBesideAxis) / (longest * PixelsPerLetter));
        double range = _at[^1] - _at[0];
        double step = 1;
        for (int i = 0; range / step > most; i++)
        {
            step = Steps[i % Steps.Length] * Math.Pow(10, i / Steps.Length);
        }

        LinearAxis axis = new()
        {
            Position = AxisPosition.Bottom,
            Minimum = _at[0],
            Maximum = range > 0 ? _at[^1] : _at[0] + 1,
            MinimumPadding = 0,
            MajorStep = step,
            MinorTickSize = 0,
            LabelFormatter = Label,
        };
        return axis;
    }

    private string Label(double value)
    {
        if (_areNumbers)
        {
            return value.ToString("0", CultureInfo.InvariantCulture);
        }

        int index = (int)Math.Round(value);
        return index >= 0 && index < _times.Length && Math.Abs(value - index) < 1e-6 ? _times[index] : "";
    }
}

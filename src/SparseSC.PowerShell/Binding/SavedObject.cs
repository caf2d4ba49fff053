using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using SparseSC.Batch.Jobs;
using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.PowerShell.Binding;

/// <summary>Makes objects of ours of their saved forms: Export-Clixml, Start-Job and ConvertTo-Json keep properties, not types.</summary>
/// <remarks>
/// Nothing else does: a property that is added to a type comes back without a word said about it here. Only a rectangle needs one,
/// because it is saved as the plain list of its cells, row after row: its object says how many rows there are.
/// </remarks>
internal static class SavedObject
{
    // The number of rows of an object's rectangles, by the object's type; by the property's name where they differ.
    private static readonly FrozenDictionary<Type, Func<object, string, int>> RowCounts = new Dictionary<Type, Func<object, string, int>>
    {
        [typeof(Panel)] = (panel, _) => ((Panel)panel).Units.Length,
        [typeof(SyntheticControlFit)] = (fit, name) => Rows((SyntheticControlFit)fit, name),
        [typeof(EffectEstimate)] = (estimate, _) => ((EffectEstimate)estimate).Units.Length,
        [typeof(PeriodEffect)] = (period, name) =>
            (name == nameof(PeriodEffect.HeldOutSynthetic) ? ((PeriodEffect)period).ControlUnits : ((PeriodEffect)period).Units).Length,
    }.ToFrozenDictionary();

    /// <summary>The object that <paramref name="saved"/> is, or was before it was saved; <c>null</c> when it lacks one of the properties.</summary>
    public static T? Restore<T>(object? saved, params string[] needed)
        where T : class, new()
    {
        object? plain = PropertyReader.Unwrap(saved);
        if (plain is null or T)
        {
            return plain as T;
        }

        try
        {
            return needed.All(name => PropertyReader.Get(plain, name) is not null) ? Make<T>(name => PropertyReader.Get(plain, name)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>An object with the properties that <paramref name="valueOf"/> knows; others keep their defaults.</summary>
    /// <param name="valueOf">A property's value by its name; <c>null</c> when there is none.</param>
    /// <exception cref="FormatException">A value is none of its property's type; the message names both.</exception>
    public static T Make<T>(Func<string, object?> valueOf)
        where T : class, new() => (T)Make(typeof(T), valueOf);

    private static int Rows(SyntheticControlFit fit, string name) => name == nameof(fit.Weights) && fit.WeightUnits is not null
        ? fit.WeightUnits.Length
        : fit.ControlUnits.Union(fit.TreatedUnits).Count();

    private static object Make(Type type, Func<string, object?> valueOf)
    {
        object made = Activator.CreateInstance(type)!;
        PropertyInfo[] settable = [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite)];

        // Rectangles come last: their rows are counted by the lists.
        foreach (PropertyInfo property in settable.OrderBy(property => HoldsRectangles(property.PropertyType)))
        {
            if (valueOf(property.Name) is object value)
            {
                property.SetValue(made, HoldsRectangles(property.PropertyType)
                    ? Rectangles(property.PropertyType, value, RowCounts[type](made, property.Name))
                    : Convert(property.PropertyType, value, property.Name));
            }
        }

        return made;
    }

    private static object? Convert(Type type, object? value, string name)
    {
        object? plain = PropertyReader.Unwrap(value);
        Type wanted = Nullable.GetUnderlyingType(type) ?? type;
        if (plain is null || wanted.IsInstanceOfType(plain))
        {
            return plain;
        }

        if (wanted.IsArray)
        {
            object?[] items = List(plain);
            Array array = Array.CreateInstance(wanted.GetElementType()!, items.Length);
            for (int i = 0; i < items.Length; i++)
            {
                array.SetValue(Convert(wanted.GetElementType()!, items[i], name), i);
            }

            return array;
        }

        object? converted = wanted.IsEnum ? Word(wanted, plain) : Type.GetTypeCode(wanted) switch
        {
            TypeCode.String => System.Convert.ToString(plain, CultureInfo.InvariantCulture),
            TypeCode.Double => Real(plain),
            TypeCode.Int32 => Number.ToInteger(plain),
            TypeCode.UInt32 => Number.TryGet(plain, out double number) && number is >= 0 and <= uint.MaxValue ? (uint)number : null,
            TypeCode.Boolean => plain is SwitchParameter given ? given.IsPresent : bool.TryParse(plain.ToString(), out bool truth) ? truth : null,
            _ when wanted == typeof(TimeSpan) => Duration(plain),
            _ when wanted == typeof(DateTimeOffset) => Time(plain),
            _ when wanted == typeof(BatchConfig) => BatchConfigTransformationAttribute.ToConfig(plain),
            _ => Make(wanted, property => PropertyReader.Get(plain, property)),
        };
        return converted ?? throw new FormatException($"{name} '{plain}' is no {wanted.Name}.");
    }

    // The word, or the number that earlier versions were saved with.
    private static object? Word(Type type, object plain) => Enum.TryParse(type, plain.ToString(), ignoreCase: true, out object? word) ? word : null;

    // A text, as users write one, or the object of its parts that JSON makes of it.
    private static TimeSpan? Duration(object plain) =>
        plain is TimeSpan known ? known
        : plain is string text ? TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan duration) ? duration : null
        : PropertyReader.Get(plain, nameof(TimeSpan.Ticks)) is long ticks ? TimeSpan.FromTicks(ticks)
        : null;

    // Clixml keeps its parts, JSON the time, as a text or as what ConvertFrom-Json made of that.
    private static DateTimeOffset? Time(object plain) => plain switch
    {
        DateTime time => new DateTimeOffset(time),
        string text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time) ? time : null,
        _ => PropertyReader.Get(plain, nameof(DateTimeOffset.UtcTicks)) is long ticks
            && PropertyReader.Get(plain, nameof(DateTimeOffset.Offset)) is TimeSpan offset
            ? new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(offset)
            : null,
    };

    private static bool HoldsRectangles(Type type) => type == typeof(double[,]) || type == typeof(double[][,]);

    private static object Rectangles(Type type, object value, int rows) => type == typeof(double[,])
        ? Rectangle(value, rows)
        : List(value).Select(item => Rectangle(item!, rows)).ToArray();

    private static double[,] Rectangle(object value, int rows)
    {
        object? plain = PropertyReader.Unwrap(value);
        if (plain is double[,] known)
        {
            return known;
        }

        double[] cells = [.. List(plain).Select(Real)];
        if (rows == 0 ? cells.Length > 0 : cells.Length % rows != 0)
        {
            throw new FormatException();
        }

        double[,] result = new double[rows, rows == 0 ? 0 : cells.Length / rows];
        Buffer.BlockCopy(cells, 0, result, 0, cells.Length * sizeof(double));
        return result;
    }

    // A list of one may come back as the one.
    private static object?[] List(object? value) => value switch
    {
        null => [],
        IEnumerable list and not string => [.. list.Cast<object?>().Select(PropertyReader.Unwrap)],
        object one => [one],
    };

    private static double Real(object? value) => Number.TryGet(value, out double number) ? number : double.NaN;
}

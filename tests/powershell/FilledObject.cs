using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

/// <summary>Objects of which every settable property differs from its default and from all others, and what two objects differ in.</summary>
/// <remarks>Compiled by the tests that use it, in the PowerShell that runs them: only there are the module's types loaded.</remarks>
public sealed class FilledObject
{
    private readonly IReadOnlyDictionary<Type, Func<object, string, int>> _rows;
    private readonly Func<Type, Type> _concrete;
    private int _next;

    /// <param name="rows">How many rows a rectangle of an object has, by the object's type and the property's name.</param>
    /// <param name="concrete">The type to fill where a property's own is abstract.</param>
    public FilledObject(IReadOnlyDictionary<Type, Func<object, string, int>> rows, Func<Type, Type> concrete)
    {
        _rows = rows;
        _concrete = concrete;
    }

    public object Make(Type type)
    {
        object made = Activator.CreateInstance(type.IsAbstract ? _concrete(type) : type);
        foreach (PropertyInfo property in Settable(made.GetType()).OrderBy(property => IsRectangle(property.PropertyType)))
        {
            property.SetValue(made, Value(property.PropertyType, property.GetValue(made), made, property.Name));
        }

        return made;
    }

    /// <summary>Paths of the properties that differ, such as <c>Periods[0].Fit.VPen</c>, with both values.</summary>
    public static IEnumerable<string> Differences(object left, object right, string path, params string[] except)
    {
        if (left is null || right is null || left.GetType() != right.GetType())
        {
            return ReferenceEquals(left, right) ? [] : [$"{path}: {left ?? "null"} and {right ?? "null"}"];
        }

        if (left is Array a && right is Array b)
        {
            string Shape(Array array) => string.Join('×', Enumerable.Range(0, array.Rank).Select(array.GetLength));
            return Shape(a) != Shape(b)
                ? [$"{path}: {Shape(a)} and {Shape(b)} values"]
                : a.Cast<object>().Zip(b.Cast<object>()).SelectMany((pair, i) => Differences(pair.First, pair.Second, $"{path}[{i}]", except));
        }

        Type type = left.GetType();
        return IsValue(type)
            ? Equals(left, right) ? [] : [$"{path}: {left} and {right}"]
            : Settable(type).Where(property => !except.Contains(property.Name))
                .SelectMany(property => Differences(property.GetValue(left), property.GetValue(right), $"{path}.{property.Name}", except));
    }

    private static PropertyInfo[] Settable(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)];

    private static bool IsValue(Type type) => type.IsValueType || type == typeof(string);

    private static bool IsRectangle(Type type) => type == typeof(double[,]) || type == typeof(double[][,]);

    private object Value(Type type, object current, object owner, string name)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        _next++;
        if (plain == typeof(double[,]))
        {
            return Rectangle(_rows[owner.GetType()](owner, name));
        }

        if (plain.IsArray)
        {
            Array array = Array.CreateInstance(plain.GetElementType(), 2);
            for (int i = 0; i < 2; i++)
            {
                array.SetValue(Value(plain.GetElementType(), null, owner, name), i);
            }

            return array;
        }

        return plain == typeof(string) ? $"text {_next}, \"quoted\" <&> π\nand more"
            : plain == typeof(bool) ? !(current as bool? ?? false)
            : plain.IsEnum ? Enum.GetValues(plain).Cast<object>().Last(word => !Equals(word, current))
            : plain == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(1234567 + _next)
            : plain == typeof(TimeSpan) ? TimeSpan.FromTicks(9_876_543_210 + _next)
            : plain == typeof(double) ? Real()
            : plain.IsPrimitive ? Convert.ChangeType(_next, plain, CultureInfo.InvariantCulture)
            : Make(plain);
    }

    // Every kind of number that a fit can hold, and all seventeen digits.
    private double Real() => (_next % 7) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => -_next / 3.0 * 1e-200,
        _ => _next / 7.0,
    };

    private double[,] Rectangle(int rows)
    {
        double[,] cells = new double[rows, 3];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                _next++;
                cells[row, column] = Real();
            }
        }

        return cells;
    }
}

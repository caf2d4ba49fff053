using System.Collections;
using System.Management.Automation;

namespace SparseSC.PowerShell.Binding;

/// <summary>Reads properties of whatever comes through the pipeline: objects, their deserialised forms, and hashtables.</summary>
internal static class PropertyReader
{
    /// <summary>The value of the first of <paramref name="names"/> that the object has, or <c>null</c>.</summary>
    public static object? Get(object? source, params string[] names)
    {
        foreach (string name in names)
        {
            object? value = Unwrap(Unwrap(source) is IDictionary table
                ? table[name]
                : source is null ? null : PSObject.AsPSObject(source).Properties[name]?.Value);
            if (value is not null)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Whether the object has a property of that name, whatever it holds.</summary>
    public static bool Has(object source, string name) =>
        Unwrap(source) is IDictionary table ? table.Contains(name) : PSObject.AsPSObject(source).Properties[name] is not null;

    /// <summary>The text of a property, or <c>null</c> when it is absent or empty.</summary>
    public static string? GetText(object? source, params string[] names) =>
        Get(source, names)?.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The object inside PowerShell's wrapper; a custom object stays wrapped, because it is nothing without.</summary>
    public static object? Unwrap(object? value) =>
        value is PSObject wrapper && wrapper.BaseObject is not PSCustomObject ? wrapper.BaseObject : value;
}

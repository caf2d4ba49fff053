using System.Management.Automation;

namespace SparseSC.PowerShell.Binding;

/// <summary>Errors about an argument that a parameter does not take; PowerShell puts the parameter's name before them.</summary>
internal static class ArgumentFault
{
    /// <summary>An error that says what is taken, what was given and where the right thing comes from.</summary>
    public static ArgumentTransformationMetadataException Of(string taken, object? given, string wayOut) =>
        new($"It takes {taken}, and this is {Say(given)}. {wayOut}");

    /// <summary>An error in own words.</summary>
    public static ArgumentTransformationMetadataException Because(string message) => new(message);

    private static string Say(object? given)
    {
        object? plain = PropertyReader.Unwrap(given);
        return plain switch
        {
            null => "nothing",
            string { Length: <= 60 } text => $"the text '{text}'",
            PSObject custom => $"a {ShortName(custom.TypeNames.FirstOrDefault())} with the properties {Names(custom)}",
            _ => $"a {plain.GetType().Name}",
        };
    }

    private static string ShortName(string? typeName) => typeName?.Split('.')[^1] ?? "custom object";

    private static string Names(PSObject custom)
    {
        string[] names = [.. custom.Properties.Select(property => property.Name)];
        return string.Join(", ", names.Take(5)) + (names.Length > 5 ? ", …" : "");
    }
}

using System.Management.Automation;
using System.Reflection;
using SparseSC.PowerShell.Commands;

namespace SparseSC.HelpBuilder;

/// <summary>One cmdlet as its attributes describe it.</summary>
/// <remarks>Attributes are read as data: PowerShell itself, whose code they would run, is not there.</remarks>
public sealed class CmdletDescription
{
    private CmdletDescription(Type type, CustomAttributeData attribute)
    {
        Type = type;
        Name = $"{attribute.ConstructorArguments[0].Value}-{attribute.ConstructorArguments[1].Value}";
        DefaultSet = Named(attribute, "DefaultParameterSetName") as string;
        SupportsShouldProcess = Named(attribute, "SupportsShouldProcess") is true;
        Aliases = AliasesOf(type);
        Parameters = [.. type.GetProperties().Select(ParameterDescription.Of).OfType<ParameterDescription>()];
    }

    /// <summary>The class.</summary>
    public Type Type { get; }

    /// <summary>Verb-Noun.</summary>
    public string Name { get; }

    /// <summary>The default parameter set, or <c>null</c>.</summary>
    public string? DefaultSet { get; }

    /// <summary>Whether it has -WhatIf and -Confirm.</summary>
    public bool SupportsShouldProcess { get; }

    /// <summary>Other names.</summary>
    public string[] Aliases { get; }

    /// <summary>Its own parameters, common ones left out.</summary>
    public ParameterDescription[] Parameters { get; }

    /// <summary>Every cmdlet of the module, by name.</summary>
    public static IReadOnlyList<CmdletDescription> All() =>
    [
        .. typeof(InvokeSparseSCFitCommand).Assembly.GetTypes()
            .Select(type => (type, attribute: Find<CmdletAttribute>(type)))
            .Where(pair => pair.attribute is not null)
            .Select(pair => new CmdletDescription(pair.type, pair.attribute!))
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
    ];

    /// <summary>Names of the parameter sets; one unnamed set when there are none.</summary>
    public IReadOnlyList<string?> SetNames()
    {
        string[] names = [.. Parameters.SelectMany(parameter => parameter.Sets.Keys).Where(name => name.Length > 0).Distinct()];
        return names.Length == 0 ? [null] : [.. names.OrderBy(name => name != DefaultSet)];
    }

    internal static CustomAttributeData? Find<T>(MemberInfo member) =>
        member.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.FullName == typeof(T).FullName);

    internal static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;

    internal static string[] AliasesOf(MemberInfo member) => Find<AliasAttribute>(member) is { } alias
        ? [.. ((IReadOnlyCollection<CustomAttributeTypedArgument>)alias.ConstructorArguments[0].Value!).Select(argument => (string)argument.Value!)]
        : [];
}

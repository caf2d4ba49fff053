using System.Management.Automation;
using System.Reflection;

namespace SparseSC.HelpBuilder;

/// <summary>One parameter as its attributes describe it.</summary>
public sealed class ParameterDescription
{
    private ParameterDescription(PropertyInfo property, CustomAttributeData[] attributes)
    {
        Name = property.Name;
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Aliases = CmdletDescription.AliasesOf(property);
        AcceptsWildcards = CmdletDescription.Find<SupportsWildcardsAttribute>(property) is not null;
        Sets = attributes.ToDictionary(
            attribute => CmdletDescription.Named(attribute, "ParameterSetName") as string ?? "",
            attribute => new ParameterUse(attribute));
    }

    /// <summary>The name, without a dash.</summary>
    public string Name { get; }

    /// <summary>The type, without Nullable around it.</summary>
    public Type Type { get; }

    /// <summary>Other names.</summary>
    public string[] Aliases { get; }

    /// <summary>Whether wildcards mean something.</summary>
    public bool AcceptsWildcards { get; }

    /// <summary>How it is used, by parameter set; the empty name stands for all.</summary>
    public IReadOnlyDictionary<string, ParameterUse> Sets { get; }

    /// <summary>Whether it takes no value.</summary>
    public bool IsSwitch => Type.FullName == typeof(SwitchParameter).FullName;

    /// <summary>The type as PowerShell's help spells it.</summary>
    public string TypeText
    {
        get
        {
            Type element = Type.IsArray ? Type.GetElementType()! : Type;
            string name = element.FullName switch
            {
                "System.Int32" => "int",
                "System.UInt32" => "uint",
                "System.Double" => "double",
                "System.String" => "string",
                "System.Object" => "Object",
                _ => element.Name,
            };
            return Type.IsArray ? $"{name}[]" : name;
        }
    }

    /// <summary>The words an enumeration allows.</summary>
    public string[] Values => (Type.IsArray ? Type.GetElementType()! : Type) is { IsEnum: true } type ? Enum.GetNames(type) : [];

    /// <summary>The use in one set, or <c>null</c> when it does not belong there.</summary>
    public ParameterUse? In(string? set) =>
        Sets.TryGetValue("", out ParameterUse? everywhere) ? everywhere : set is not null && Sets.TryGetValue(set, out ParameterUse? use) ? use : null;

    internal static ParameterDescription? Of(PropertyInfo property)
    {
        CustomAttributeData[] attributes =
            [.. property.CustomAttributes.Where(attribute => attribute.AttributeType.FullName == typeof(ParameterAttribute).FullName)];
        return attributes.Length == 0 ? null : new ParameterDescription(property, attributes);
    }
}

/// <summary>How a parameter is used in one set.</summary>
public sealed class ParameterUse
{
    internal ParameterUse(CustomAttributeData attribute)
    {
        IsHidden = CmdletDescription.Named(attribute, "DontShow") is true;
        IsMandatory = CmdletDescription.Named(attribute, "Mandatory") is true;
        Position = CmdletDescription.Named(attribute, "Position") as int?;
        ByValue = CmdletDescription.Named(attribute, "ValueFromPipeline") is true;
        ByPropertyName = CmdletDescription.Named(attribute, "ValueFromPipelineByPropertyName") is true;
    }

    /// <summary>Whether it belongs to the set only so that it can be refused there.</summary>
    public bool IsHidden { get; }

    /// <summary>Whether it must be given.</summary>
    public bool IsMandatory { get; }

    /// <summary>Its position from 0, or <c>null</c> when it is given by name only.</summary>
    public int? Position { get; }

    /// <summary>Whether it takes objects of the pipeline.</summary>
    public bool ByValue { get; }

    /// <summary>Whether it takes a property of objects of the pipeline.</summary>
    public bool ByPropertyName { get; }

    /// <summary>The pipeline input as PowerShell's help spells it.</summary>
    public string PipelineText => (ByValue, ByPropertyName) switch
    {
        (true, true) => "true (ByValue, ByPropertyName)",
        (true, false) => "true (ByValue)",
        (false, true) => "true (ByPropertyName)",
        _ => "false",
    };
}

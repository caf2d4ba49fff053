using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using SparseSC.Batch.Jobs.Azure;

namespace SparseSC.PowerShell.Binding;

/// <summary>Fills a configuration for Azure, setting by setting, from parameters or from an object that was saved and read again.</summary>
internal static class AzureConfigBinder
{
    private static readonly PropertyInfo[] Settings = [.. typeof(AzureBatchConfig).GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite)];

    /// <summary>A configuration with the settings that <paramref name="valueOf"/> knows; others keep their defaults.</summary>
    /// <param name="valueOf">A setting's value by its name; <c>null</c> when there is none.</param>
    public static AzureBatchConfig Bind(Func<string, object?> valueOf)
    {
        AzureBatchConfig config = new();
        foreach (PropertyInfo setting in Settings)
        {
            if (valueOf(setting.Name) is object value)
            {
                setting.SetValue(config, Convert(value, Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType));
            }
        }

        return config;
    }

    private static object? Convert(object value, Type type) => value switch
    {
        SwitchParameter given => given.IsPresent,
        _ when type == typeof(TimeSpan) && value is not TimeSpan and not string => TimeSpan.FromTicks(
            LanguagePrimitives.ConvertTo<long>(PropertyReader.Get(value, nameof(TimeSpan.Ticks)))),
        _ => LanguagePrimitives.ConvertTo(value, type, CultureInfo.InvariantCulture),
    };
}

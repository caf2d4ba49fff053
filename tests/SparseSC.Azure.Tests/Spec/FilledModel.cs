using System.Reflection;
using System.Runtime.CompilerServices;
using SparseSC.Azure.Batch;

namespace SparseSC.Azure.Tests.Spec;

/// <summary>Makes models with all their members set, or only those that must be, so that no member is sent without being checked.</summary>
internal static class FilledModel
{
    public static T Full<T>() => (T)Create(typeof(T), "", all: true);

    public static T Minimal<T>() => (T)Create(typeof(T), "", all: false);

    private static object Create(Type type, string name, bool all)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (typeof(BatchModel).IsAssignableFrom(bare))
        {
            return Model(bare, all);
        }

        if (bare.IsGenericType && bare.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            Type item = bare.GetGenericArguments()[0];
            Array list = Array.CreateInstance(item, 1);
            list.SetValue(Create(item, name, all), 0);
            return list;
        }

        return bare switch
        {
            _ when bare == typeof(string) => $"some-{name}",
            _ when bare == typeof(int) => 7,
            _ when bare == typeof(bool) => true,
            _ when bare == typeof(TimeSpan) => TimeSpan.FromMinutes(90),
            _ when bare.IsEnum => Enum.GetValues(bare).GetValue(1)!,
            _ => throw new NotSupportedException($"{bare} in a request is new to this test."),
        };
    }

    private static object Model(Type type, bool all)
    {
        ConstructorInfo constructor = type.GetConstructors().Single(candidate => candidate.GetParameters() is not [{ ParameterType: { } only }] || only != type);
        object model = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Create(parameter.ParameterType, parameter.Name!, all))]);
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite))
        {
            if (all || property.IsDefined(typeof(RequiredMemberAttribute)))
            {
                property.SetValue(model, Create(property.PropertyType, property.Name, all));
            }
        }

        return model;
    }
}

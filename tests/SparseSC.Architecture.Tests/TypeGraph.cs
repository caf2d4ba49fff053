using Mono.Cecil;

namespace SparseSC.Architecture.Tests;

/// <summary>Which types of an assembly use which others of it, read from signatures and method bodies. Nested types count as the outermost.</summary>
internal sealed class TypeGraph
{
    private readonly Dictionary<TypeDefinition, HashSet<TypeDefinition>> _uses = [];
    private readonly ModuleDefinition _module;

    private TypeGraph(ModuleDefinition module)
    {
        _module = module;
        foreach (TypeDefinition type in module.Types.Where(IsWritten))
        {
            HashSet<TypeDefinition> used = [];
            Visit(type, used);
            used.RemoveWhere(other => other == type || !IsWritten(other));
            _uses[type] = used;
        }
    }

    /// <summary>Every type that somebody wrote, outermost ones alone.</summary>
    public IEnumerable<TypeDefinition> Types => _uses.Keys;

    /// <summary>Every pair of a type and another that it uses.</summary>
    public IEnumerable<(TypeDefinition User, TypeDefinition Used)> Edges => _uses.SelectMany(pair => pair.Value.Select(used => (pair.Key, used)));

    public static TypeGraph Read(string project) => new(ModuleDefinition.ReadModule(BuiltAssembly.PathOf(project)));

    /// <summary>The folder a type lies in: the part of its namespace after the project's own; empty at the top.</summary>
    public string Folder(TypeDefinition type, string root) =>
        type.Namespace.Length <= root.Length ? "" : type.Namespace[(root.Length + 1)..].Split('.')[0];

    // Compiler and source generators add types to the framework's namespaces, and some with names that nobody can write.
    private static bool IsWritten(TypeDefinition type) => !type.Name.StartsWith('<') && (type.Namespace.Length == 0 || type.Namespace.StartsWith("SparseSC", StringComparison.Ordinal));

    private void Visit(TypeDefinition type, HashSet<TypeDefinition> used)
    {
        Add(type.BaseType, used);
        Add(type.Interfaces.Select(implemented => implemented.InterfaceType), used);
        Add(type.CustomAttributes.Select(attribute => attribute.AttributeType), used);
        Add(type.Fields.Select(field => field.FieldType), used);
        Add(type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType), used);
        foreach (MethodDefinition method in type.Methods)
        {
            Add(method, used);
            if (method.HasBody)
            {
                Add(method.Body.Variables.Select(variable => variable.VariableType), used);
                Add(method.Body.ExceptionHandlers.Select(handler => handler.CatchType), used);
                foreach (object operand in method.Body.Instructions.Select(instruction => instruction.Operand).Where(operand => operand is not null))
                {
                    Visit(operand, used);
                }
            }
        }

        foreach (TypeDefinition nested in type.NestedTypes)
        {
            Visit(nested, used);
        }
    }

    private void Visit(object operand, HashSet<TypeDefinition> used)
    {
        switch (operand)
        {
            case MethodReference method:
                Add(method, used);
                break;
            case FieldReference field:
                Add([field.DeclaringType, field.FieldType], used);
                break;
            case TypeReference type:
                Add(type, used);
                break;
        }
    }

    private void Add(MethodReference method, HashSet<TypeDefinition> used)
    {
        Add([method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)], used);
        Add((method as GenericInstanceMethod)?.GenericArguments ?? [], used);
    }

    private void Add(IEnumerable<TypeReference> types, HashSet<TypeDefinition> used)
    {
        foreach (TypeReference type in types)
        {
            Add(type, used);
        }
    }

    private void Add(TypeReference? type, HashSet<TypeDefinition> used)
    {
        if (type is GenericInstanceType generic)
        {
            Add(generic.GenericArguments, used);
        }

        if (type is TypeSpecification built)
        {
            Add(built.ElementType, used);
        }
        else if (type is not null && !type.IsGenericParameter && type.Resolve() is { } found && found.Module == _module)
        {
            used.Add(Outermost(found));
        }
    }

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}

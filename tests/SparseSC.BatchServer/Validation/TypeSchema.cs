namespace SparseSC.BatchServer.Validation;

/// <summary>What a value must be.</summary>
internal abstract record TypeSchema;

/// <summary>One of the plain kinds: string, integer, number, boolean, date, duration, or any.</summary>
internal sealed record PlainType(string Kind) : TypeSchema;

/// <summary>One of some words, in any letter case.</summary>
internal sealed record EnumType(IReadOnlyList<string> Values) : TypeSchema;

/// <summary>A list.</summary>
internal sealed record ListType(TypeSchema Item) : TypeSchema;

/// <summary>An object described under its name.</summary>
internal sealed record ModelType(string Name) : TypeSchema;

/// <summary>An object with any names and one kind of values.</summary>
internal sealed record MapType(TypeSchema Value) : TypeSchema;

/// <summary>A property of an object.</summary>
/// <param name="Type">What its value must be.</param>
/// <param name="Required">Whether it must be there.</param>
/// <param name="IsReadOnly">Whether only the service writes it.</param>
/// <param name="IsText">Whether it is a number that travels as a string.</param>
internal sealed record PropertySchema(TypeSchema Type, bool Required, bool IsReadOnly, bool IsText = false);

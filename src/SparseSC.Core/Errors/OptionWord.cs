namespace SparseSC.Core.Errors;

/// <summary>How a surface says an option.</summary>
/// <param name="Text">The option, as <c>-VmSize</c>.</param>
/// <param name="Place">Which command it is of, when that is not the one at hand; <c>null</c> otherwise.</param>
public readonly record struct OptionWord(string Text, string? Place = null);

using Azure;

namespace SparseSC.Azure.Storage;

/// <summary>The text of a small blob.</summary>
/// <param name="Text">The whole text.</param>
/// <param name="ETag">The version that was read; a write can be made to depend on it.</param>
internal sealed record StoredText(string Text, ETag ETag);

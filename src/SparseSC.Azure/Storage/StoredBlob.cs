using Azure;

namespace SparseSC.Azure.Storage;

/// <summary>A blob as a listing shows it.</summary>
/// <param name="Name">The blob's name within its container, with slashes.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Sha256">The hash in its metadata, as it was written there; <c>null</c> when whoever uploaded it gave none.</param>
/// <param name="ContentMd5">The MD5 that the service keeps, in base64; <c>null</c> when it has none.</param>
/// <param name="ETag">Changes whenever the blob does.</param>
/// <param name="LastModified">When it was last written.</param>
internal sealed record StoredBlob(string Name, long Length, string? Sha256, string? ContentMd5, ETag ETag, DateTimeOffset LastModified);

namespace SparseSC.Azure.Storage;

/// <summary>A file of this machine and the blob it becomes.</summary>
/// <param name="Path">The file.</param>
/// <param name="BlobName">The blob's name within its container, with slashes.</param>
internal sealed record BlobSource(string Path, string BlobName);

/// <summary>A blob whose content is that of a file of this machine.</summary>
/// <param name="BlobName">The blob's name within its container.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Sha256">The content's hash, lower-case hex.</param>
/// <param name="WasThere">Whether the same content was there before, so that nothing had to be sent.</param>
internal sealed record UploadedBlob(string BlobName, long Length, string Sha256, bool WasThere);

namespace SparseSC.Azure.Storage;

/// <summary>The result of a download; both lists in the order of the blobs.</summary>
/// <param name="Received">Blobs whose content stands in a file of this machine.</param>
/// <param name="Refused">Blobs that were not taken, and why.</param>
internal sealed record BlobDownload(IReadOnlyList<ReceivedBlob> Received, IReadOnlyList<RefusedBlob> Refused);

/// <summary>A blob whose content stands in a file of this machine.</summary>
/// <param name="BlobName">The blob's name within its container.</param>
/// <param name="Path">The file.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="WasThere">Whether the same content was there before, so that nothing had to be fetched.</param>
internal sealed record ReceivedBlob(string BlobName, string Path, long Length, bool WasThere);

/// <summary>A blob that was not taken.</summary>
/// <param name="BlobName">The blob's name within its container.</param>
/// <param name="ErrorId"><c>BlobNameUnsafe</c>, <c>BlobCorrupt</c>, <c>BlobGone</c> or <c>BlobPathTaken</c>.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record RefusedBlob(string BlobName, string ErrorId, string Reason);

namespace SparseSC.Azure.Storage;

/// <summary>An address with a signature, by which whoever has it can do what it says until it expires. Its text is without the signature.</summary>
internal sealed class SignedAddress
{
    private readonly Uri _uri;

    internal SignedAddress(Uri uri, DateTimeOffset expiresOn)
    {
        _uri = uri;
        ExpiresOn = expiresOn;
    }

    /// <summary>When it stops being valid.</summary>
    public DateTimeOffset ExpiresOn { get; }

    /// <summary>The address with its signature: a secret, to be given to the service and written down nowhere.</summary>
    public Uri ToSecretUri() => _uri;

    /// <summary>The address without its signature.</summary>
    public override string ToString() => _uri.GetLeftPart(UriPartial.Path);
}

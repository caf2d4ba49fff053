using SparseSC.Azure.Batch.Protocol;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Batch;

/// <summary>A Batch account's name with one of its two keys.</summary>
/// <remarks>An account may forbid keys; a token of Microsoft Entra ID is what the service recommends. The key cannot be read back.</remarks>
internal sealed class BatchSharedKeyCredential
{
    private readonly byte[] _key;

    /// <summary>Creates the credential.</summary>
    /// <param name="accountName">The account's name, without the region: <c>contoso</c>, not <c>contoso.westeurope.batch.azure.com</c>.</param>
    /// <param name="accountKey">The key in base64, as the portal shows it.</param>
    /// <exception cref="InvalidInputException">The name is empty or a host name (<c>BatchAccountNameInvalid</c>), or the key is not base64
    /// (<c>BatchAccountKeyInvalid</c>).</exception>
    public BatchSharedKeyCredential(string accountName, string accountKey)
    {
        ArgumentNullException.ThrowIfNull(accountName);
        ArgumentNullException.ThrowIfNull(accountKey);
        if (accountName.Length == 0 || !accountName.All(char.IsAsciiLetterOrDigit))
        {
            throw new InvalidInputException(
                "BatchAccountNameInvalid",
                $"The Batch account name '{accountName}' is not one: letters and digits only. Give the part of the endpoint before the first dot.",
                nameof(accountName));
        }

        AccountName = accountName;
        _key = Decode(accountKey);
    }

    /// <summary>The account's name.</summary>
    public string AccountName { get; }

    /// <summary>The signature of <paramref name="text"/> under this key.</summary>
    internal string Sign(string text) => SharedKeySignature.Sign(text, _key);

    private static byte[] Decode(string accountKey)
    {
        byte[] key = new byte[accountKey.Length];
        if (!Convert.TryFromBase64String(accountKey, key, out int length) || length == 0)
        {
            // The message must not show the key, not even a broken one.
            throw new InvalidInputException(
                "BatchAccountKeyInvalid",
                $"The Batch account key of {accountKey.Length} characters is not base64. Copy one of the two keys whole from the account's keys.",
                nameof(accountKey));
        }

        return key[..length];
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SparseSC.BatchServer.Protocol;

/// <summary>Admits requests that bring the one token this server knows; who issued it, for whom and until when is nobody's concern here.</summary>
internal sealed class TokenAuthentication(string? token)
{
    public const string Scheme = "Bearer ";

    // Azure.Core reads it to learn where tokens come from; this server's come from its command line.
    private const string Challenge = "Bearer authorization_uri=\"https://login.microsoftonline.com/common\", resource_id=\"https://batch.core.windows.net/\"";

    /// <exception cref="ServiceException">It is another token, or this account takes none.</exception>
    public void Check(HttpContext http, string authorization)
    {
        if (token is null)
        {
            throw Authentication.Refused(403, "The specified type of authentication Bearer is not allowed for this account.");
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim())))
        {
            throw Missing(http, "The access token is invalid.");
        }
    }

    /// <summary>The refusal that says how to come again with a token.</summary>
    public static ServiceException Missing(HttpContext http, string detail)
    {
        http.Response.Headers.WWWAuthenticate = Challenge;
        return Authentication.Refused(401, detail);
    }
}

using Microsoft.AspNetCore.Http;

namespace SparseSC.BatchServer.Protocol;

/// <summary>Who may come in: with the account's key, with a token, or with either.</summary>
internal sealed class Authentication(SharedKeyAuthentication? key, TokenAuthentication token)
{
    /// <exception cref="ServiceException">The request is not admitted.</exception>
    public void Check(HttpContext http)
    {
        string authorization = http.Request.Headers.Authorization.ToString();
        if (authorization.StartsWith(TokenAuthentication.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            token.Check(http, authorization);
        }
        else if (key is not null)
        {
            key.Check(http);
        }
        else
        {
            throw authorization.StartsWith("SharedKey ", StringComparison.Ordinal)
                ? Refused(403, "The specified type of authentication SharedKey is not allowed for this account.")
                : TokenAuthentication.Missing(http, "The Authorization header is missing.");
        }
    }

    public static ServiceException Refused(int status, string detail) => new(
        status,
        "AuthenticationFailed",
        "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.",
        ("AuthenticationErrorDetail", detail));
}

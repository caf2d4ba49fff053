using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SparseSC.BatchServer.Faults;

namespace SparseSC.BatchServer.Protocol;

/// <summary>Admits requests that are signed with the account's key and not long ago.</summary>
internal sealed class SharedKeyAuthentication(string account, byte[] key, FaultEngine faults)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    /// <exception cref="ServiceException">The signature does not fit, or its date is too far off.</exception>
    public void Check(HttpContext http)
    {
        HttpRequest request = http.Request;
        string authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("SharedKey ", StringComparison.Ordinal) || authorization.IndexOf(':', StringComparison.Ordinal) is var colon && colon < 0)
        {
            throw Refused("The Authorization header is missing or not of the form 'SharedKey account:signature'.");
        }

        if (authorization[10..colon] != account)
        {
            throw Refused($"The account '{authorization[10..colon]}' is not '{account}'.");
        }

        CheckDate(request);
        string target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string text = SharedKeySignature.StringToSign(
            request.Method,
            target,
            name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null,
            request.Headers.Where(item => item.Key.StartsWith("ocp-", StringComparison.OrdinalIgnoreCase))
                .Select(item => KeyValuePair.Create(item.Key, item.Value.ToString())),
            account);
        byte[] expected = Encoding.ASCII.GetBytes(SharedKeySignature.Sign(text, key));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(authorization[(colon + 1)..])))
        {
            throw Refused($"The MAC signature found in the HTTP request is not the same as any computed signature. Server used following string to sign: '{text}'.");
        }
    }

    private void CheckDate(HttpRequest request)
    {
        string date = request.Headers.TryGetValue("ocp-date", out var own) ? own.ToString() : request.Headers.Date.ToString();
        if (!DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
        {
            throw Refused("The Date or ocp-date header is missing or not an RFC 1123 date.");
        }

        DateTimeOffset now = DateTimeOffset.UtcNow + faults.ClockSkew;
        if ((now - at).Duration() > Tolerance)
        {
            throw Refused($"The date header '{date}' is more than 15 minutes away from the server's time '{now:r}'.");
        }
    }

    private static ServiceException Refused(string detail) => Authentication.Refused(403, detail);
}

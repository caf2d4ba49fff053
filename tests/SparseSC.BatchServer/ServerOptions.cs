using System.Globalization;
using System.Security.Cryptography;
using SparseSC.BatchServer.Faults;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer;

/// <summary>How a server is started.</summary>
/// <param name="Url">Where to listen, http or https; port 0 takes a free one.</param>
/// <param name="Account">Name of the Batch account.</param>
/// <param name="Key">The account's key, decoded; null for an account that takes tokens only.</param>
internal sealed record ServerOptions(Uri Url, string Account, byte[]? Key)
{
    private static readonly string[] Names =
    [
        "--urls", "--account", "--key", "--token", "--certificate", "--faults", "--work", "--log", "--autoscale-seconds",
        "--pool-quota", "--job-quota", "--core-quota", "--spot-core-quota", "--disk-bytes", "--spot-nodes",
        "--identity-endpoint", "--auto-storage", "--storage-certificate",
    ];

    /// <summary>The token that is as good as the key; none when null.</summary>
    public string? Token { get; init; }

    /// <summary>A file that gets the public part of the certificate made for https, as PEM; none when null.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>What goes wrong on purpose.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>Where the nodes' directories are made; a temporary folder that is removed at the end when null.</summary>
    public string? WorkRoot { get; init; }

    /// <summary>A file that gets one line per request (method, path, status; no query and no headers); none when null.</summary>
    public string? RequestLog { get; init; }

    /// <summary>Real time that stands for five minutes of the formulas' time.</summary>
    public TimeSpan AutoScaleTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How much the account may have.</summary>
    public Quotas Quotas { get; init; } = Quotas.None;

    /// <summary>Where nodes get tokens of their identities; nowhere when null.</summary>
    public Uri? IdentityEndpoint { get; init; }

    /// <summary>The storage account that is linked to the Batch account, with its signature; none when null.</summary>
    public Uri? AutoStorage { get; init; }

    /// <summary>The certificate that nodes trust in storage, as PEM; those of the machine when null.</summary>
    public string? StorageCertificate { get; init; }

    /// <summary>For a test's own server: a free port on loopback and a key of its own.</summary>
    /// <param name="scheme">http or https.</param>
    public static ServerOptions Loopback(string scheme = "http") => new(new Uri($"{scheme}://127.0.0.1:0"), "testbatch", RandomNumberGenerator.GetBytes(64));

    /// <exception cref="OptionException">An option is missing, unknown or has a value that cannot be used.</exception>
    public static ServerOptions Parse(string[] arguments)
    {
        Dictionary<string, string> given = Read(arguments);
        string url = Required(given, "--urls");
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? listen) || !(listen.Scheme == Uri.UriSchemeHttp || listen.Scheme == Uri.UriSchemeHttps) || !listen.IsLoopback)
        {
            throw new OptionException("UrlNotLoopback", $"--urls is '{url}'. The server runs commands it is sent, so it listens on loopback only: http://127.0.0.1:PORT or https://127.0.0.1:PORT.");
        }

        if (given.TryGetValue("--certificate", out string? certificate) && listen.Scheme != Uri.UriSchemeHttps)
        {
            throw new OptionException("CertificateWithoutHttps", $"--certificate is '{certificate}', and --urls '{url}' needs none. Use https, or leave it out.");
        }

        string account = Required(given, "--account");
        if (!given.ContainsKey("--key") && !given.ContainsKey("--token"))
        {
            throw new OptionException("OptionMissing", "--key and --token are missing. Give one of them or both.");
        }

        return new ServerOptions(listen, account, given.TryGetValue("--key", out string? key) ? DecodeKey(key) : null)
        {
            Token = given.GetValueOrDefault("--token"),
            CertificateFile = certificate,
            Faults = given.TryGetValue("--faults", out string? faults) ? FaultPlan.Read(faults) : FaultPlan.None,
            WorkRoot = given.GetValueOrDefault("--work"),
            RequestLog = given.GetValueOrDefault("--log"),
            AutoScaleTime = given.TryGetValue("--autoscale-seconds", out string? seconds) ? Seconds(seconds) : TimeSpan.FromMinutes(5),
            Quotas = new Quotas(
                Count(given, "--pool-quota"), Count(given, "--job-quota"), Count(given, "--core-quota"), Count(given, "--spot-core-quota"),
                Number(given, "--disk-bytes", long.MaxValue), Count(given, "--spot-nodes")),
            IdentityEndpoint = Address(given, "--identity-endpoint"),
            AutoStorage = Address(given, "--auto-storage"),
            StorageCertificate = given.TryGetValue("--storage-certificate", out string? storage) ? ReadCertificate(storage) : null,
        };
    }

    private static Dictionary<string, string> Read(string[] arguments)
    {
        Dictionary<string, string> given = [];
        for (int index = 0; index < arguments.Length; index += 2)
        {
            string name = arguments[index];
            if (!Names.Contains(name))
            {
                throw new OptionException("UnknownOption", $"'{name}' is not an option. Use {string.Join(", ", Names)}.");
            }

            given[name] = index + 1 < arguments.Length
                ? arguments[index + 1]
                : throw new OptionException("OptionWithoutValue", $"{name} needs a value after it.");
        }

        return given;
    }

    private static string Required(Dictionary<string, string> given, string name) => given.TryGetValue(name, out string? value)
        ? value
        : throw new OptionException("OptionMissing", $"{name} is missing. Use --urls http://127.0.0.1:PORT --account NAME --key BASE64.");

    private static byte[] DecodeKey(string text)
    {
        byte[] key = new byte[text.Length];
        return text.Length > 0 && Convert.TryFromBase64String(text, key, out int length)
            ? key[..length]
            : throw new OptionException("KeyNotBase64", "--key is not base64. Give the account key as the portal shows it.");
    }

    private static TimeSpan Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0.1 and <= 300
            ? TimeSpan.FromSeconds(seconds)
            : throw new OptionException("SecondsNotUsable", $"--autoscale-seconds is '{text}'. Give the seconds that stand for five minutes, 0.1 to 300.");

    // A signature may stand in the value, so an error does not say it.
    private static Uri? Address(Dictionary<string, string> given, string name) => !given.TryGetValue(name, out string? text)
        ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address
            : throw new OptionException("AddressNotUsable", $"{name} is no absolute address. Give one with http or https.");

    private static string ReadCertificate(string file) => File.Exists(file)
        ? File.ReadAllText(file)
        : throw new OptionException("CertificateNotFound", $"--storage-certificate is '{file}', and there is no such file.");

    private static int? Count(Dictionary<string, string> given, string name) => (int?)Number(given, name, int.MaxValue);

    private static long? Number(Dictionary<string, string> given, string name, long most) => !given.TryGetValue(name, out string? text)
        ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count <= most
            ? count
            : throw new OptionException("QuotaNotANumber", $"{name} is '{text}'. Give a whole number, 0 or more.");
}

using SparseSC.BatchServer.Faults;

namespace SparseSC.BatchServer;

/// <summary>How a server is started.</summary>
/// <param name="Url">Where to listen; port 0 takes a free one.</param>
/// <param name="Account">Name of the Batch account.</param>
/// <param name="Key">The account's key, decoded.</param>
internal sealed record ServerOptions(Uri Url, string Account, byte[] Key)
{
    /// <summary>What goes wrong on purpose.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>Where the nodes' directories are made; a temporary folder that is removed at the end when null.</summary>
    public string? WorkRoot { get; init; }

    /// <summary>A file that gets one line per request (method, path, status; no query and no headers); none when null.</summary>
    public string? RequestLog { get; init; }

    /// <exception cref="OptionException">An option is missing, unknown or has a value that cannot be used.</exception>
    public static ServerOptions Parse(string[] arguments)
    {
        Dictionary<string, string> given = [];
        for (int index = 0; index < arguments.Length; index += 2)
        {
            string name = arguments[index];
            if (name is not ("--urls" or "--account" or "--key" or "--faults" or "--work" or "--log"))
            {
                throw new OptionException("UnknownOption", $"'{name}' is not an option. Use --urls, --account, --key, --faults, --work, --log.");
            }

            given[name] = index + 1 < arguments.Length
                ? arguments[index + 1]
                : throw new OptionException("OptionWithoutValue", $"{name} needs a value after it.");
        }

        string Required(string name) => given.TryGetValue(name, out string? value)
            ? value
            : throw new OptionException("OptionMissing", $"{name} is missing. Use --urls http://127.0.0.1:PORT --account NAME --key BASE64.");

        string url = Required("--urls");
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? listen) || listen.Scheme != Uri.UriSchemeHttp || !listen.IsLoopback)
        {
            throw new OptionException("UrlNotLoopback", $"--urls is '{url}'. The server runs commands it is sent, so it listens on loopback only: http://127.0.0.1:PORT.");
        }

        return new ServerOptions(listen, Required("--account"), DecodeKey(Required("--key")))
        {
            Faults = given.TryGetValue("--faults", out string? faults) ? FaultPlan.Read(faults) : FaultPlan.None,
            WorkRoot = given.GetValueOrDefault("--work"),
            RequestLog = given.GetValueOrDefault("--log"),
        };
    }

    private static byte[] DecodeKey(string text)
    {
        byte[] key = new byte[text.Length];
        return text.Length > 0 && Convert.TryFromBase64String(text, key, out int length)
            ? key[..length]
            : throw new OptionException("KeyNotBase64", "--key is not base64. Give the account key as the portal shows it.");
    }
}

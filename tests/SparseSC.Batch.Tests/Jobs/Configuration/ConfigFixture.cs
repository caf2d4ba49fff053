using System.Security;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Jobs.Local;

namespace SparseSC.Batch.Tests.Jobs.Configuration;

/// <summary>A configuration without a fault, to be given faults, and a worker beside it.</summary>
public sealed class ConfigFixture : IDisposable
{
    public const string Key = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";
    public const string Subscription = "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/fits/providers";
    public const string Identity = Subscription + "/Microsoft.ManagedIdentity/userAssignedIdentities/nodes";

    private readonly TempFolder _folder = new();

    public ConfigFixture()
    {
        Directory.CreateDirectory(_folder.Path("worker/linux-x64"));
        WriteWorker("worker/linux-x64/sparsesc", machine: 62);
        Home = new WorkerHome { ExecutablesDirectory = _folder.Path("worker") };
    }

    public WorkerHome Home { get; }

    public static AzureBatchConfig Sound() => new()
    {
        BatchAccountName = "fits",
        BatchAccountEndpoint = "https://fits.westeurope.batch.azure.com",
        StorageAccountName = "fitstore",
        PoolId = "pool",
        SpotNodeCount = 4,
    };

    public static SecureString Secret(string text)
    {
        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        return secret;
    }

    public static Func<string, string?> Environment(params (string Name, string Value)[] variables)
    {
        Dictionary<string, string> all = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        return name => all.GetValueOrDefault(name);
    }

    public string WriteWorker(string name, ushort machine, byte wordSize = 2)
    {
        byte[] header = new byte[64];
        "\u007fELF"u8.CopyTo(header);
        header[4] = wordSize;
        header[5] = 1;
        BitConverter.TryWriteBytes(header.AsSpan(18), machine);
        string path = _folder.Path(name);
        File.WriteAllBytes(path, header);
        return path;
    }

    public string WriteText(string name, string text) => _folder.Write(name, text);

    public void Dispose() => _folder.Dispose();
}

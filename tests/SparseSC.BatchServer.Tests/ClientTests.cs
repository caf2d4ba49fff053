namespace SparseSC.BatchServer.Tests;

/// <summary>The server is believable when clients that nobody here wrote can do everything with it.</summary>
public class ClientTests : ServerTest
{
    private const string Identity = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nodes";

    private readonly IdentityEndpoint _identities = IdentityEndpoint.Start(Identity);
    private readonly Blobs _blobs = Blobs.Open();

    private protected override ServerOptions Options => base.Options with { IdentityEndpoint = _identities.Url };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (_blobs.Contents["/c/in/a"], _blobs.Contents["/c/in/b"], _blobs.Contents["/c/other"]) = ("a", "b", "x");
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _blobs.Dispose();
        _identities.Dispose();
    }

    [ClientFact("python")]
    public void Debians_azure_batch_does_everything() => Python("drive.py");

    [ClientFact("python")]
    public void Debians_azure_batch_meets_the_services_limits() => Python("limits.py", $"{_blobs.Url}c?sig=good", Identity);

    [ClientFact("node")]
    public void Npms_azure_batch_does_everything() => Node("drive.js");

    [ClientFact("node")]
    public void Npms_azure_batch_meets_the_services_limits() => Node("limits.js", $"{_blobs.Url}c?sig=good", Identity);

    private static string Script(string name) => Path.Combine(RepositoryFiles.Root, "tests", "SparseSC.BatchServer.Tests", "Clients", name);

    private void Python(string script, params string[] more) =>
        AssertDone(Commands.Run(PythonClient.Program, null, [Script(script), Host.Url.ToString().TrimEnd('/'), Account, Key, .. more]));

    private void Node(string script, params string[] more)
    {
        // Node looks for packages beside the script, and nothing is installed into the repository.
        string copy = Path.Combine(NodeClient.Folder, $"{Guid.NewGuid():N}-{script}");
        string[] arguments = [copy, Host.Url.ToString().TrimEnd('/'), Account, Key, .. more];
        File.Copy(Script(script), copy);
        (int Code, string Output) run = Commands.Run("node", NodeClient.Folder, arguments);
        File.Delete(copy);
        AssertDone(run);
    }

    private static void AssertDone((int Code, string Output) run) =>
        Assert.True(run.Code == 0 && run.Output.Contains("all done", StringComparison.Ordinal), run.Output);
}

namespace SparseSC.BatchServer.Tests;

/// <summary>The server is believable when clients that nobody here wrote can do everything with it.</summary>
public class ClientTests : ServerTest
{
    private static string Script(string name) => Path.Combine(RepositoryFiles.Root, "tests", "SparseSC.BatchServer.Tests", "Clients", name);

    [ClientFact("python")]
    public void Debians_azure_batch_does_everything()
    {
        (int code, string output) = Commands.Run(PythonClient.Program, null, Script("drive.py"), Host.Url.ToString().TrimEnd('/'), Account, Key);

        Assert.True(code == 0 && output.Contains("all done", StringComparison.Ordinal), output);
    }

    [ClientFact("node")]
    public void Npms_azure_batch_does_everything()
    {
        // Node looks for packages beside the script, and nothing is installed into the repository.
        string copy = Path.Combine(NodeClient.Folder, $"drive-{Guid.NewGuid():N}.js");
        File.Copy(Script("drive.js"), copy);
        (int code, string output) = Commands.Run("node", NodeClient.Folder, copy, Host.Url.ToString().TrimEnd('/'), Account, Key);
        File.Delete(copy);

        Assert.True(code == 0 && output.Contains("all done", StringComparison.Ordinal), output);
    }
}

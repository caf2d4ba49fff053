using System.Text;
using SparseSC.Batch.Jobs.Local;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Tests.Jobs;

public class WorkerCommandTests
{
    private static readonly WorkerTask Attached = new("/data/it's", "/logs/1.log", Detach: false);
    private static readonly WorkerTask Detached = new("/data/it's", "/logs/1.log", Detach: true);

    [Fact]
    public void The_platforms_executable_comes_first()
    {
        using TempFolder folder = new();
        string platform = $"{(OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "osx" : "win")}-{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        Directory.CreateDirectory(folder.Path(platform));
        string executable = folder.Write(Path.Combine(platform, OperatingSystem.IsWindows() ? "sparsesc.exe" : "sparsesc"), "");

        WorkerCommand command = WorkerCommand.Find(null, new WorkerHome { ExecutablesDirectory = folder.Root, PowerShell = "pwsh", WorkerAssembly = "/core.dll" });

        Assert.Equal(executable, command.FileName);
        Assert.Equal(["run", "--batch-directory", "/data/it's", "--parallel", "1", "--exit-with-parent"], command.ArgumentsFor(Attached));
        Assert.Equal(["run", "--batch-directory", "/data/it's", "--parallel", "1"], command.ArgumentsFor(Detached));
    }

    [Fact]
    public void Without_an_executable_it_is_a_child_PowerShell()
    {
        WorkerCommand command = WorkerCommand.Find(null, new WorkerHome { ExecutablesDirectory = "/none", PowerShell = "/opt/pwsh", WorkerAssembly = "/a'b/core.dll" });
        string script = Encoding.Unicode.GetString(Convert.FromBase64String(command.ArgumentsFor(Attached)[^1]));

        Assert.Equal("/opt/pwsh", command.FileName);
        Assert.Contains("Add-Type -LiteralPath '/a''b/core.dll'", script, StringComparison.Ordinal);
        Assert.Contains("Run('/data/it''s', [Console]::OpenStandardInput(),", script, StringComparison.Ordinal);
        Assert.Contains("Run('/data/it''s', $null,", Encoding.Unicode.GetString(Convert.FromBase64String(command.ArgumentsFor(Detached)[^1])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pwsh")]
    [InlineData("/tools/pwsh.dll")]
    public void A_PowerShell_that_is_a_dotnet_tool_is_run_by_dotnet(string? workerPath)
    {
        WorkerCommand command = WorkerCommand.Find(
            workerPath, new WorkerHome { ExecutablesDirectory = "/none", PowerShell = "/tools/pwsh.dll", WorkerAssembly = "/core.dll" });

        Assert.Equal("dotnet", Path.GetFileNameWithoutExtension(command.FileName));
        Assert.Equal(["/tools/pwsh.dll", "-NoLogo", "-NoProfile"], command.ArgumentsFor(Attached)[..3]);
    }

    [Fact]
    public void Another_PowerShell_is_run_when_its_path_is_given()
    {
        WorkerCommand command = WorkerCommand.Find("/opt/pwsh", new WorkerHome { PowerShell = "/tools/pwsh.dll", WorkerAssembly = "/core.dll" });

        Assert.Equal("/opt/pwsh", command.FileName);
        Assert.Equal("-NoLogo", command.ArgumentsFor(Attached)[0]);
    }

    [Fact]
    public void A_library_is_run_by_dotnet()
    {
        using TempFolder folder = new();
        string library = folder.Write("sparsesc.dll", "");

        WorkerCommand command = WorkerCommand.Find(library, new WorkerHome());

        Assert.Equal("dotnet", Path.GetFileName(command.FileName));
        Assert.Equal([library, "run"], command.ArgumentsFor(Detached)[..2]);
    }

    [Theory]
    [InlineData("/nowhere/sparsesc", "'/nowhere/sparsesc' does not exist")]
    [InlineData("pwsh", "can only be a worker of the module")]
    [InlineData(null, "There is no worker for this platform")]
    public void A_worker_that_is_not_there_is_an_error_that_names_the_parameter(string? path, string message)
    {
        BatchJobException error = Assert.Throws<BatchJobException>(() => WorkerCommand.Find(path, new WorkerHome()));

        Assert.Equal("WorkerNotFound", error.ErrorId);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("{WorkerPath}", error.Message, StringComparison.Ordinal);
    }
}

using System.Runtime.Versioning;
using SparseSC.Batch.Jobs.Local;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Tests.Jobs;

/// <summary>A worker as unpacking a package leaves it: without the executable bit, at times where nothing may be changed.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class WorkerExecutableTests : IDisposable
{
    private const UnixFileMode Unpacked = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode AllExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TempFolder _folder = new();

    private string Cache => _folder.Path("cache");

    [UnixFact]
    public void A_missing_bit_is_set()
    {
        string worker = Worker();

        (string file, string done) = new WorkerExecutable(new WorkerCache(Cache)).Startable(worker);

        Assert.Equal(worker, file);
        Assert.Contains("executable bit", done, StringComparison.Ordinal);
        Assert.Equal(Unpacked | AllExecute, File.GetUnixFileMode(worker));
        Assert.Equal((worker, ""), new WorkerExecutable(new WorkerCache(Cache)).Startable(worker));
        Assert.False(Directory.Exists(Cache));
    }

    [UnixFact]
    public void A_worker_that_others_may_not_read_stays_closed_to_them()
    {
        string worker = Worker();
        File.SetUnixFileMode(worker, UnixFileMode.UserRead);

        new WorkerExecutable(new WorkerCache(Cache)).Startable(worker);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserExecute, File.GetUnixFileMode(worker));
    }

    [UnixFact]
    public void Where_the_bit_cannot_be_set_a_private_copy_runs()
    {
        string worker = Worker();

        (string file, string done) = ReadOnly().Startable(worker);

        Assert.StartsWith(Cache, file, StringComparison.Ordinal);
        Assert.Contains($"copy of '{worker}'", done, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(worker), File.ReadAllBytes(file));
        Assert.Equal(Unpacked, File.GetUnixFileMode(worker));
        Assert.All([file, Path.GetDirectoryName(file)!, Cache], path => Assert.Equal(OwnerOnly, File.GetUnixFileMode(path)));
        Assert.Equal([file], Directory.GetFiles(Cache, "*", SearchOption.AllDirectories));
    }

    [UnixTheory]
    [InlineData("cut off")]
    [InlineData("other bytes")]
    [InlineData("a link")]
    [InlineData("open to others")]
    public void A_copy_that_was_tampered_with_is_made_anew(string how)
    {
        string worker = Worker();
        string copy = ReadOnly().Startable(worker).File;
        string elsewhere = _folder.Write("elsewhere", "#!/bin/sh\necho planted\n");
        switch (how)
        {
            case "cut off":
                File.WriteAllBytes(copy, File.ReadAllBytes(worker)[..5]);
                break;
            case "other bytes":
                File.WriteAllText(copy, "#!/bin/sh\necho planted\n");
                break;
            case "a link":
                File.Delete(copy);
                File.CreateSymbolicLink(copy, elsewhere);
                break;
            default:
                File.SetUnixFileMode(copy, OwnerOnly | UnixFileMode.OtherWrite);
                File.SetUnixFileMode(Path.GetDirectoryName(copy)!, OwnerOnly | UnixFileMode.OtherWrite);
                break;
        }

        Assert.Equal(copy, ReadOnly().Startable(worker).File);
        Assert.Null(new FileInfo(copy).LinkTarget);
        Assert.Equal(File.ReadAllBytes(worker), File.ReadAllBytes(copy));
        Assert.All([copy, Path.GetDirectoryName(copy)!], path => Assert.Equal(OwnerOnly, File.GetUnixFileMode(path)));
        Assert.Equal("#!/bin/sh\necho planted\n", File.ReadAllText(elsewhere));
    }

    [UnixFact]
    public void Copies_of_versions_long_gone_go()
    {
        string old = Path.GetDirectoryName(ReadOnly().Startable(Worker("old")).File)!;
        string recent = Path.GetDirectoryName(ReadOnly().Startable(Worker("recent")).File)!;
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-31));

        string now = Path.GetDirectoryName(ReadOnly().Startable(Worker("now")).File)!;

        Assert.Equal(new[] { now, recent }.Order(), Directory.GetDirectories(Cache).Order());
    }

    [UnixTheory]
    [InlineData("")]
    [InlineData("a file and no folder")]
    public void Where_no_copy_can_be_made_the_error_says_what_to_do(string cache)
    {
        string worker = Worker();
        string directory = cache.Length == 0 ? "SparseSC/workers" : _folder.Write("blocked", cache);

        BatchJobException error = Assert.Throws<BatchJobException>(() => new WorkerExecutable(new WorkerCache(directory), Refuse).Startable(worker));

        Assert.Equal("WorkerNotExecutable", error.ErrorId);
        Assert.Contains($"chmod a+x {worker}", error.Message, StringComparison.Ordinal);
        Assert.Contains("{WorkerPath}", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    // Root may change every file, so the refusal of a folder that may not be written is made here.
    private static void Refuse(string path, UnixFileMode mode) => throw new UnauthorizedAccessException($"Access to '{path}' is denied.");

    private WorkerExecutable ReadOnly() => new(new WorkerCache(Cache), Refuse);

    private string Worker(string name = "sparsesc")
    {
        string worker = _folder.Write(name, $"#!/bin/sh\necho {name}\n");
        File.SetUnixFileMode(worker, Unpacked);
        return worker;
    }
}

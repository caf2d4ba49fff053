using SparseSC.Core.Data;

namespace SparseSC.Core.Tests.Data;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void NewContentReplacesTheOld()
    {
        string path = _folder.Write("a.txt", "old");
        AtomicFile.Write(path, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void FailureLeavesTheOldContentAndNothingElse()
    {
        string path = _folder.Write("a.txt", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void MissingFolderIsSaid() =>
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(_folder.Path("none/a.txt"), _ => { }));

    [Fact]
    public void MessagesNameTheFileNotItsTemporaryName()
    {
        string path = _folder.Path("a.txt");
        IOException error = Assert.Throws<IOException>(() =>
            AtomicFile.Write(path, stream => throw new IOException($"No space left on device : '{((FileStream)stream).Name}'") { HResult = 28 }));
        Assert.Equal($"No space left on device : '{path}'", error.Message);
        Assert.Equal(28, error.HResult);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void LinksStayLinks()
    {
        string target = _folder.Write("target.txt", "old");
        File.CreateSymbolicLink(_folder.Path("link.txt"), target);
        AtomicFile.Write(_folder.Path("link.txt"), stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(target));
        Assert.NotNull(new FileInfo(_folder.Path("link.txt")).LinkTarget);
    }

    [UnixFact]
    public void DevicesAreWrittenNotReplaced()
    {
        AtomicFile.Write("/dev/null", stream => stream.Write("gone"u8));
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    [Fact]
    public async Task AwaitedContentReplacesTheOld()
    {
        string path = _folder.Write("a.txt", "old");
        await AtomicFile.WriteAsync(path, async stream =>
        {
            await Task.Yield();
            Assert.Equal("old", File.ReadAllText(path));
            await stream.WriteAsync("new"u8.ToArray());
        });
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task CancelledContentLeavesTheOldAndNothingElse()
    {
        string path = _folder.Write("a.txt", "old");
        await Assert.ThrowsAsync<OperationCanceledException>(() => AtomicFile.WriteAsync(path, async stream =>
        {
            await stream.WriteAsync("half"u8.ToArray());
            throw new OperationCanceledException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task MessagesOfAwaitedContentNameTheFile()
    {
        string path = _folder.Path("a.txt");
        IOException error = await Assert.ThrowsAsync<IOException>(() =>
            AtomicFile.WriteAsync(path, stream => throw new IOException($"No space left on device : '{((FileStream)stream).Name}'") { HResult = 28 }));
        Assert.Equal($"No space left on device : '{path}'", error.Message);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    public void Dispose() => _folder.Dispose();
}

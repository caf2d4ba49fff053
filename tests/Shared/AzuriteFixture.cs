namespace SparseSC.Tests;

/// <summary>One Azurite for all tests that say <c>[Collection(AzuriteCollection.Name)]</c>.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteServer? _server;

    public AzuriteServer Server => _server ?? throw new InvalidOperationException(AzuriteInstall.Missing);

    // Fixtures are made even when every test that wants them is skipped.
    public async Task InitializeAsync() => _server = AzuriteInstall.Missing is null ? await AzuriteServer.StartAsync() : null;

    public Task DisposeAsync()
    {
        _server?.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>The tests that share one Azurite.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Azurite";
}

/// <summary>Tests that wait a minute and longer for the service's own times, beside the others: they have an Azurite of their own.</summary>
[CollectionDefinition(Name)]
public sealed class LongWaitCollection : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Long waits";
}

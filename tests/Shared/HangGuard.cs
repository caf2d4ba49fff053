namespace SparseSC.Tests;

/// <summary>Ends a wait that would never end, so that the run says which test hangs.</summary>
/// <remarks>No test measures speed: the limit is far beyond what a loaded machine needs.</remarks>
internal static class HangGuard
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <summary>Looks until the condition holds.</summary>
    /// <param name="condition">What must come true.</param>
    /// <param name="describe">How things stand, for the message of a wait that was given up.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string>? describe = null)
    {
        DateTime end = DateTime.UtcNow + Limit;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < end, $"It never came to that. {describe?.Invoke()}");
            await Task.Delay(20);
        }
    }
}

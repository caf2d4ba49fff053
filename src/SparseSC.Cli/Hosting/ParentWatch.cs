namespace SparseSC.Cli.Hosting;

/// <summary>Ends this process when the one that started it is gone.</summary>
internal static class ParentWatch
{
    /// <summary>Cancels <paramref name="host"/> when its standard input, a pipe held by the parent, reaches its end.</summary>
    public static void Start(CliHost host)
    {
        Thread watch = new(() =>
        {
            byte[] ignored = new byte[256];
            try
            {
                while (host.Input.Read(ignored) > 0)
                {
                }
            }
            catch (IOException)
            {
                // A broken pipe says the same as its end.
            }

            host.Cancel();
        })
        {
            IsBackground = true,
            Name = "parent watch",
        };
        watch.Start();
    }
}

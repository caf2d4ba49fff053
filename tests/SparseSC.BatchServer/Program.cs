using SparseSC.BatchServer;

ServerOptions options;
try
{
    options = ServerOptions.Parse(args);
}
catch (OptionException problem)
{
    await Console.Error.WriteLineAsync($"{problem.Id}: {problem.Message}");
    return 2;
}

await using BatchHost host = await BatchHost.StartAsync(options);
Console.WriteLine($"Batch server ready at {host.Url} for account {options.Account}");
await host.WaitForShutdownAsync();
return 0;

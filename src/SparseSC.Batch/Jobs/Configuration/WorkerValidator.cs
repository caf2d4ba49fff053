using SparseSC.Batch.Jobs.Local;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>The worker must be there and must be able to run on the machines.</summary>
internal static class WorkerValidator
{
    private const string Publish =
        "dotnet publish src/SparseSC.Cli -c Release -r linux-x64 --self-contained -p:PublishTrimmed=true -p:PublishSingleFile=true -o artifacts/worker";

    public static void Check(AzureBatchConfig config, WorkerHome home, ConfigErrors faults)
    {
        // The image brings its own.
        if (config.ContainerImage is not null && config.WorkerPath is null)
        {
            return;
        }

        string? path = WorkerFile.PathOf(config, home);
        if (path is null || !File.Exists(path))
        {
            string place = path is null ? "" : $" at '{path}'";
            faults.Add("WorkerPath", config.WorkerPath is null
                ? $"The worker for {WorkerFile.Platform} is missing{place}. Build the module with its worker (dotnet build eng/Module.proj -p:IncludeWorker=true), or make one with '{Publish}' and give it as {{WorkerPath}}."
                : $"{{WorkerPath}} '{path}' does not exist. Make it with '{Publish}', or leave it out for the one that comes along.");
        }
        else if (WorkerFile.Refusal(path) is string refusal)
        {
            faults.Add("WorkerPath", $"{{WorkerPath}} '{path}' {refusal}. Give the self-contained executable for {WorkerFile.Platform}, made with '{Publish}'.");
        }
    }
}

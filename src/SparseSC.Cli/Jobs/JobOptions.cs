using System.CommandLine;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Plan;
using SparseSC.Cli.Options;
using SparseSC.Core.Errors;

namespace SparseSC.Cli.Jobs;

/// <summary>Which job, and where it runs.</summary>
internal sealed class JobOptions
{
    private readonly Option<string> _config = OptionFactory.RequiredText("--config", "CONFIG.json", "Where jobs run: a file with \"backend\": \"Azure\" or \"Local\" and its settings; secrets stand in the environment");
    private readonly Option<string?> _jobId = OptionFactory.Text("--job-id", "ID", "The job [default: the latest one of the plan in --batch-directory]");
    private readonly Option<string[]?> _trustEndpoint = new("--trust-endpoint")
    {
        HelpName = "HOST", Description = "A host that is none of Azure's and may be sent tokens and signed addresses; no file can say so", AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<double?> _pricePerHour = OptionFactory.Number("--price-per-hour", "What one machine costs for an hour, to tell costs in money [default: pricePerHour of the configuration]");
    private readonly Option<string?> _batchDirectory;

    public JobOptions(string batchDirectory = "The plan's folder; finds the job when --job-id is not given")
    {
        _batchDirectory = OptionFactory.Text("--batch-directory", "DIR", batchDirectory);
    }

    /// <summary>Adds all three options.</summary>
    public void AddTo(Command command)
    {
        AddConfigTo(command);
        command.Add(_jobId);
        command.Add(_batchDirectory);
    }

    public void AddConfigTo(Command command)
    {
        command.Add(_config);
        command.Add(_trustEndpoint);
    }

    /// <summary>Adds the price, for verbs that tell what a job costs.</summary>
    public void AddPriceTo(Command command) => command.Add(_pricePerHour);

    /// <summary>The configuration.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read, or holds what it should not.</exception>
    public BatchConfig Config(ParseResult result)
    {
        BatchConfig config = BatchConfigJson.Read(result.GetValue(_config)!, "Config");
        double? price = result.GetValue(_pricePerHour);
        if (config is not AzureBatchConfig azure)
        {
            return price is null ? config : throw new InvalidInputException(
                "PricePerHourNotUsed", "{PricePerHour} is of no use for jobs on this machine, which cost nothing. Leave it out.", "PricePerHour");
        }

        azure.PricePerHour = price ?? azure.PricePerHour;
        return azure.WithTrustedEndpoints(result.GetValue(_trustEndpoint));
    }

    /// <summary>The folder that was named; <c>null</c> when none was.</summary>
    public string? BatchDirectory(ParseResult result) => result.GetValue(_batchDirectory);

    /// <summary>The id of the job that is meant.</summary>
    /// <exception cref="InvalidInputException">Neither a job nor a folder is named.</exception>
    /// <exception cref="BatchJobException">There is no job of the folder's plan (<c>JobNotFound</c>).</exception>
    public async Task<string> FindAsync(ParseResult result, IBatchBackend backend, CancellationToken cancellationToken)
    {
        if (result.GetValue(_jobId) is string id)
        {
            return id;
        }

        string directory = BatchDirectory(result)
            ?? throw new InvalidInputException("JobMissing", "{JobId} is missing. Give it, or {BatchDirectory} for the latest job of the plan there.", "JobId");
        BatchPlan plan = BatchDirectoryOption.Load(directory, "BatchDirectory");
        string? ofSamePlan = null;
        await foreach (BatchJob job in backend.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (job.PlanHash != plan.Hash)
            {
                continue;
            }

            // A copy of the plan may have jobs of its own.
            if (job.BatchDirectory == Path.GetFullPath(plan.Directory))
            {
                return job.Id;
            }

            ofSamePlan ??= job.Id;
        }

        return ofSamePlan ?? throw new BatchJobException(
            ErrorIds.JobNotFound, $"There is no job of the plan in {{BatchDirectory}} {directory}. Start one with 'sparsesc submit', or give {{JobId}}.");
    }
}

using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.Core.Design;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Formatting;

namespace SparseSC.PowerShell.Options;

/// <summary>A cmdlet that simulates effects in past periods of a panel without a treatment.</summary>
public abstract class DesignCommand : SparseSCCommand
{
    /// <summary>The panel.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PanelTransformation]
    public Panel Panel { get; set; } = null!;

    /// <summary>How many periods a test may last.</summary>
    [Parameter(Mandatory = true)]
    [Alias("Durations")]
    public int[] Duration { get; set; } = [];

    /// <summary>Effects as shares of the outcome.</summary>
    [Parameter]
    [Alias("EffectSizes")]
    [ValidateNotNull]
    public double[]? EffectSize { get; set; }

    /// <summary>Past windows.</summary>
    [Parameter]
    public int? Lookback { get; set; }

    /// <summary>An effect is detected when its p-value is below this.</summary>
    [Parameter]
    public double? Alpha { get; set; }

    /// <summary>Which effects the test looks for.</summary>
    [Parameter]
    [EnumNameTransformation]
    public TestSide Side { get; set; }

    /// <summary>The smallest detectable effect is that with a power above this.</summary>
    [Parameter]
    public double? MinPower { get; set; }

    /// <summary>What a unit of additional outcome costs.</summary>
    [Parameter]
    public double? CostPerUnit { get; set; }

    /// <summary>A fixed effect per unit; $false matches outcomes themselves.</summary>
    [Parameter]
    public SwitchParameter Demean { get; set; } = true;

    /// <summary>The rearrangements of the test: Block, Iid, or how many random ones.</summary>
    [Parameter]
    public string? Permutations { get; set; }

    /// <summary>Seed of random permutations.</summary>
    [Parameter]
    public uint? Seed { get; set; }

    /// <summary>Threads to use; 0 means one per processor.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ThrottleLimit { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Panel;

    /// <summary>Sets what is given, runs work with a progress bar and writes its result after its warnings.</summary>
    private protected void Simulate<TOptions, TResult>(TOptions options, string activity, Func<TOptions, IProgress<FitProgress>, CancellationToken, (TResult Result, string[] Warnings)> run)
        where TOptions : PowerOptions
    {
        options.Durations = Duration;
        options.EffectSizes = EffectSize ?? options.EffectSizes;
        options.Lookback = Lookback ?? options.Lookback;
        options.Alpha = Alpha ?? options.Alpha;
        options.Side = Side;
        options.MinPower = MinPower ?? options.MinPower;
        options.CostPerUnit = CostPerUnit ?? options.CostPerUnit;
        options.Demean = Demean;
        options.Conformal.Rearrange(Permutations);
        options.Conformal.Seed = Seed ?? options.Conformal.Seed;
        options.MaxDegreeOfParallelism = ThrottleLimit;
        Tell(Story.Of(Panel));
        FitProgressMeter meter = new();
        (TResult result, string[] warnings) = RunOffThread(port =>
        {
            ProgressBar<FitProgress> bar = new(this, port, activity, meter.Describe);
            try
            {
                return Task.FromResult(run(options, bar, port.Stopping));
            }
            finally
            {
                bar.Complete();
            }
        });
        foreach (string warning in warnings.Except(Panel.Warnings))
        {
            WriteMappedWarning(warning);
        }

        WriteObject(result);
    }
}

using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;
using SparseSC.PowerShell.Formatting;

namespace SparseSC.PowerShell.Commands;

/// <summary>Makes a panel of the treated units and of the controls that may be their donors.</summary>
[Cmdlet(VerbsCommon.New, "SparseSCDonorPool")]
[OutputType(typeof(Panel))]
public sealed class NewSparseSCDonorPoolCommand : SparseSCCommand
{
    /// <summary>The panel.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PanelTransformation]
    public Panel Panel { get; set; } = null!;

    /// <summary>Names of the only donors.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UnitCompleter))]
    public string[] Donor { get; set; } = [];

    /// <summary>A CSV file of pairs of neighbours: those of treated units are no donors.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Neighbours { get; set; }

    /// <summary>How many donors are kept of each treated unit, the nearest before the treatment.</summary>
    [Parameter]
    public int? Nearest { get; set; }

    /// <summary>What is near.</summary>
    [Parameter]
    public DonorNearness NearestBy { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Panel;

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Donor.Length == 0 && Neighbours is null && Nearest is null)
        {
            throw new InvalidInputException("DonorPoolUnsaid", "Nothing says who may be a donor. Give {Donor}, {Neighbours} or {Nearest}.", "Donor");
        }

        if (Nearest is null && MyInvocation.BoundParameters.ContainsKey(nameof(NearestBy)))
        {
            throw new InvalidInputException("OptionNotUsed", "{NearestBy} is used together with {Nearest} only. Give that as well, or leave it out.", "NearestBy");
        }

        Panel pool = DonorPool.Of(Panel, new DonorPoolOptions
        {
            Donors = Donor,
            Neighbours = Neighbours is null ? [] : NeighboursReader.Read(ResolvePath(Neighbours)),
            Nearest = Nearest,
            NearestBy = NearestBy,
        });
        Tell(Story.Of(pool));
        WriteObject(pool);
    }
}

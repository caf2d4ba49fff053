namespace SparseSC.Core.Models;

/// <summary>What the feature weights and penalties are fitted on, and which units are donors.</summary>
public enum ModelType : long
{
    /// <summary>Fitted on the controls, which are the donors; targets are post-treatment outcomes.</summary>
    Retrospective,

    /// <summary>Fitted on all units; controls are the donors; targets are outcomes before the treatment.</summary>
    Prospective,

    /// <summary>Fitted on the treated units, predicted from the controls; targets are outcomes before the treatment.</summary>
    ProspectiveRestricted,

    /// <summary>No unit is treated: fitted on all units, all are donors.</summary>
    Full,
}

namespace SparseSC.Plots.Charts;

/// <summary>What a picture shows.</summary>
public enum PlotKind
{
    /// <summary>Observed against synthetic outcomes, with the interval around the synthetic ones.</summary>
    Outcomes,

    /// <summary>Observed − synthetic, with the interval of no effect.</summary>
    Gap,

    /// <summary>The gap among those of all controls.</summary>
    PlaceboGaps,

    /// <summary>The same without controls that are matched far worse before the treatment.</summary>
    PlaceboGapsPruned,

    /// <summary>Post/pre ratios of root mean squared prediction errors, ranked.</summary>
    Ratios,

    /// <summary>Weights of donors.</summary>
    UnitWeights,

    /// <summary>Weights of features.</summary>
    FeatureWeights,

    /// <summary>Standardised differences of predictors from the treated ones, of the synthetic control and of the plain mean of the donors.</summary>
    Balance,

    /// <summary>Cross-validation scores over the penalties tried.</summary>
    CrossValidation,

    /// <summary>Effects by time from the treatment on, and differences before it.</summary>
    EventTime,

    /// <summary>The effect summed up from the treatment on.</summary>
    Cumulative,

    /// <summary>Of a test that leaves donors out: the effect by period without each of them.</summary>
    LeaveOneOut,

    /// <summary>Of placebos in time: differences before and after each time that the treatment is dated back to.</summary>
    TimePlacebo,
}

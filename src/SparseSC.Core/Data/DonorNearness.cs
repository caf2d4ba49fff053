namespace SparseSC.Core.Data;

/// <summary>What makes a control near to a treated unit.</summary>
public enum DonorNearness
{
    /// <summary>A small root mean squared difference of the outcomes before the treatment.</summary>
    Distance,

    /// <summary>A high correlation of the outcomes before the treatment, whatever their level.</summary>
    Correlation,
}

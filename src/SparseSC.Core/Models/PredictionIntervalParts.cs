namespace SparseSC.Core.Models;

/// <summary>What the prediction intervals of an effect are made of.</summary>
public sealed class PredictionIntervalParts
{
    /// <summary>Probability that the weights' error exceeds the in-sample part.</summary>
    public double UAlpha { get; set; }

    /// <summary>Probability that the error after the treatment exceeds the out-of-sample part.</summary>
    public double EAlpha { get; set; }

    /// <summary>How the out-of-sample part is found.</summary>
    public OutOfSampleMethod Method { get; set; }

    /// <summary>ρ: weights below it count as 0 where the error of weights is simulated.</summary>
    public double Regularisation { get; set; }

    /// <summary>The number of draws.</summary>
    public int Draws { get; set; }

    /// <summary>Draws times periods in which a bound could not be found, which are left out.</summary>
    public int Failed { get; set; }

    /// <summary>Per period the effects that the error of weights alone leaves possible.</summary>
    public EffectInterval[] InSample { get; set; } = [];

    /// <summary>Per period the band that holds all effects at once.</summary>
    public EffectInterval[] Joint { get; set; } = [];
}

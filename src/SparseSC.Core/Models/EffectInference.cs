namespace SparseSC.Core.Models;

/// <summary>Where p-values, intervals and standard errors of an effect come from.</summary>
public enum EffectInference : long
{
    /// <summary>Controls that are held out as if treated.</summary>
    Placebo,

    /// <summary>Residuals of all periods under a supposed effect: Chernozhukov, Wüthrich, Zhu (2021).</summary>
    Conformal,

    /// <summary>Every unit left out in turn: standard errors and normal intervals.</summary>
    Jackknife,

    /// <summary>Units drawn with replacement: standard errors and normal intervals.</summary>
    Bootstrap,

    /// <summary>Every pre-period left out in turn: intervals that hold whatever the outcomes' distribution.</summary>
    JackknifePlus,

    /// <summary>The errors of weights, simulated, and of outcomes after the treatment: Cattaneo, Feng, Titiunik (2021).</summary>
    PredictionInterval,
}

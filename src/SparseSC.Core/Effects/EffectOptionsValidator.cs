using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Effects.Estimators.Bounded;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>Refuses options that cannot be used before anything is fitted.</summary>
internal static class EffectOptionsValidator
{
    public static void Check(EffectData data, EffectOptions options)
    {
        PlaceboDistribution.CheckLevel(options.Level);
        if (options.MaxPlacebos < 0)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{MaxPlacebos}} {options.MaxPlacebos} must be 0 (all) or more.", "MaxPlacebos");
        }

        if (options.MaxDegreeOfParallelism < 0)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Threads}} {options.MaxDegreeOfParallelism} must be 0 (one per processor) or more.", "Threads");
        }

        if (options.Joint.DonorPool is not null || options.Fast.DonorPool is not null)
        {
            throw new InvalidInputException("DonorPoolNotUsed", "{DonorPool} restricts the donors of one fit; an effect fits many. Choose its donors with {Donor}, {Neighbours} or {Nearest}, or leave units out.", "DonorPool");
        }

        if (options.CrossFitMethod is { } crossFit && crossFit != options.Method && (options.Method, crossFit) != (EffectMethod.Joint, EffectMethod.Fast))
        {
            throw new InvalidInputException("CrossFitMethodUnlike", $"{{CrossFitBy}} {{CrossFitBy:{crossFit}}} does not go with effects by {{CrossFitBy:{options.Method}}}: placebos must come from the estimator of the effect. Leave it out.", "CrossFitBy");
        }

        if (options.Demean && options.Method == EffectMethod.DifferenceInDifferences)
        {
            throw new InvalidInputException("DemeanNotUsed", "{UnitWeight} {UnitWeight:DifferenceInDifferences} has a fixed effect per unit anyway. Leave {Demean} out.", "Demean");
        }

        if (options.Demean && options.Method == EffectMethod.Simplex && data.CovariateCount > 0)
        {
            throw new InvalidInputException("DemeanWithCovariates", "{Demean} of {UnitWeight} {UnitWeight:Simplex} matches on outcomes only. Leave {Covariates} out.", "Demean");
        }

        if (options.Demean && options.Method == EffectMethod.Classic)
        {
            throw new InvalidInputException("DemeanNotUsed", "{Estimator} {Estimator:Classic} matches predictors as they are. Leave {Demean} out.", "Demean");
        }

        if (BoundedModel.All.Contains(options.Method) && data.CovariateCount > 0)
        {
            throw new InvalidInputException(
                "CovariatesNotUsed", $"{{Estimator}} {{Estimator:{options.Method}}} regresses outcomes on outcomes alone. Leave {{Covariates}} out.", "Covariates");
        }

        if (MeanEstimators.All.Contains(options.Method))
        {
            CheckMean(options);
        }

        if (options.Method == EffectMethod.Robust)
        {
            CheckRobust(data, options.Robust);
        }

        if (options.Method == EffectMethod.PartiallyPooled)
        {
            CheckPooled(data, options.Pooled);
        }

        if (options.Method == EffectMethod.Penalized && options.Penalized.Penalty is double penalty && !(penalty >= 0 && double.IsFinite(penalty)))
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Penalty}} {penalty:R} must be a finite number, 0 or more.", "Penalty");
        }

        CheckDoses(data, options);
    }

    private static void CheckPooled(EffectData data, PooledOptions options)
    {
        if (data.CovariateCount > 0)
        {
            throw new InvalidInputException("CovariatesNotUsed", "{Estimator} {Estimator:PartiallyPooled} matches outcomes only. Leave {Covariates} out.", "Covariates");
        }

        if (options.Nu is double nu && !(nu >= 0 && nu <= 1))
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Nu}} {nu:R} must lie between 0 and 1.", "Nu");
        }

        (string Name, int? Value) tooFew = new[] { ("Leads", options.Leads), ("Lags", options.Lags) }.FirstOrDefault(option => option.Item2 < 1);
        if (tooFew.Value is int value)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{{tooFew.Name}}} {value} must be at least 1.", tooFew.Name);
        }
    }

    private static void CheckRobust(EffectData data, RobustOptions options)
    {
        if (data.CovariateCount > 0)
        {
            throw new InvalidInputException("CovariatesNotUsed", "{Estimator} {Estimator:Robust} regresses on outcomes only. Leave {Covariates} out.", "Covariates");
        }

        if (options.Rank < 1)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Rank}} {options.Rank} must be at least 1.", "Rank");
        }

        if (!(options.Ridge >= 0 && double.IsFinite(options.Ridge)))
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Ridge}} {options.Ridge:R} must be a finite number, 0 or more.", "Ridge");
        }
    }

    private static void CheckMean(EffectOptions options)
    {
        string estimator = $"{{Estimator}} {{Estimator:{options.Method}}}";
        if (options.ModelType != ModelType.Retrospective)
        {
            throw new InvalidInputException("ModelTypeNotUsed", $"{estimator} needs {{ModelType}} {{ModelType:Retrospective}}. Leave {{ModelType}} out.", "ModelType");
        }

        if (options.Doses is not null)
        {
            throw new InvalidInputException("DosesOfAverage", $"{estimator} takes the mean of the treated units, which has no dose. Leave {{Doses}} out.", "Doses");
        }

        if (options.Demean && options.Method == EffectMethod.Sdid)
        {
            throw new InvalidInputException("DemeanNotUsed", $"{estimator} has a fixed effect per unit anyway. Leave {{Demean}} out.", "Demean");
        }

        if (options.Method == EffectMethod.Augmented && options.Augmented.Lambda is double lambda && !(lambda > 0 && double.IsFinite(lambda)))
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Lambda}} {lambda:R} must be a finite number above 0.", "Lambda");
        }

        if (options.Resampling.Replications < 2)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Replications}} {options.Resampling.Replications} must be at least 2.", "Replications");
        }
    }

    private static void CheckDoses(EffectData data, EffectOptions options)
    {
        if (options.Doses is not double[] doses)
        {
            return;
        }

        if (options.AverageTreated)
        {
            throw new InvalidInputException("DosesOfAverage", "{Doses} belong to single units and cannot be used with {AverageTreated}.", "Doses");
        }

        if (doses.Length != data.Outcomes.Rows)
        {
            throw new InvalidInputException("RowCountMismatch", $"{{Doses}} has {doses.Length} rows and there are {data.Outcomes.Rows} units; one row per unit is needed.", "Doses");
        }

        for (int row = 0; row < doses.Length; row++)
        {
            if (data.TreatmentPeriods[row] is not null && (doses[row] == 0 || double.IsInfinity(doses[row])))
            {
                throw new InvalidInputException("DoseInvalid", $"{{Doses}}: the dose of {data.Say(row)} is {doses[row]}. Give a finite number other than 0, or leave it empty for 1.", "Doses");
            }
        }
    }
}

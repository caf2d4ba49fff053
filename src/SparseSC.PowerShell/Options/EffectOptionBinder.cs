using System.Collections;
using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Options;

/// <summary>Makes the core's options of an effect of the parameters given.</summary>
internal static class EffectOptionBinder
{
    /// <exception cref="InvalidInputException">An argument cannot be read, or has no effect.</exception>
    public static EffectOptions Bind(EffectOptionCommand command, ScriptCallbacks callbacks, Func<string, string> resolvePath)
    {
        if (command.UnitWeight != UnitWeightKind.Penalised && command.Joint)
        {
            throw new InvalidInputException("MethodAmbiguous", "{UnitWeight} other than Penalised is not fitted by {Joint}. Leave that out.", "UnitWeight");
        }

        EffectOptions options = new()
        {
            Method = Method(command),
            ModelType = command.ModelType ?? ModelType.Retrospective,
            PrePeriods = command.PrePeriods,
            PostPeriods = command.PostPeriods,
            EvaluationPeriods = command.EvaluationPeriods,
            CrossFitFolds = Folds(command.CrossFitFolds),
            CrossFitMethod = command.CrossFitBy,
            Asymmetric = command.Asymmetric,
            PlaceboScale = command.PlaceboScale ?? PlaceboScale.Design,
            Interval = command.Interval ?? IntervalRule.Test,
            Doses = command.Dose is null ? null : Doses(command.Dose, command.Panel),
            AverageTreated = command.AverageTreated,
            Demean = command.IsDemeaned,
            Weights = Weights(command),
            Scale = command.Scale ?? default,
            Fast = FastFitOptionBinder.Bind(command),
            Joint = FitOptionBinder.Bind(command, callbacks, resolvePath),
            MaxDegreeOfParallelism = command.ThrottleLimit,
        };
        options.Sdid.Solver = command.Solver ?? default;
        options.Sdid.Covariates = command.CovariatesBy;
        options.Augmented.Covariates = command.CovariatesBy;
        options.Augmented.Lambda = command.Lambda;
        options.Augmented.LambdaChoice = command.LambdaChoice ?? options.Augmented.LambdaChoice;
        options.Penalized.Penalty = command.Penalty;
        options.Robust.Rank = command.Rank;
        options.Robust.Ridge = command.Ridge ?? 0;
        options.Pooled = new PooledOptions
        {
            Nu = command.Nu,
            Leads = command.Leads,
            Lags = command.Lags,
            By = command.By,
            FixedEffects = command.IsDemeaned || !command.GivenOptions.Contains("Demean"),
        };
        options.Classic.V = command.V;
        options.Classic.ValidationFrom = command.ValidationFrom;
        options.Resampling.Replications = command.Replications ?? options.Resampling.Replications;
        options.Resampling.Draws = command.Resamples is null ? null : DrawsReader.Read(resolvePath(command.Resamples), "Resamples");
        FitOptions defaults = EffectOptions.JointDefaults();
        options.Joint.WPenGrid = options.Fast.WPenGrid;
        options.Joint.MatchSpace = command.MatchSpace is null ? null : options.Fast.MatchSpace;
        options.Joint.Choice = command.Choice is null ? defaults.Choice : options.Joint.Choice;
        options.Joint.MinIter = command.MinIteration ?? defaults.MinIter;
        options.Joint.Tol = command.Tolerance ?? defaults.Tol;
        options.CrossFitSeed = command.CrossFitSeed ?? options.CrossFitSeed;
        options.MaxPlacebos = command.MaxPlacebos ?? options.MaxPlacebos;
        options.Seed = command.Seed ?? options.Seed;
        options.Level = command.Level ?? options.Level;
        EffectOptionUse.Check(options.Method, options, command.GivenOptions);
        return options;
    }

    /// <summary>The estimator asked for.</summary>
    /// <exception cref="InvalidInputException">Two are.</exception>
    public static EffectMethod Method(EffectOptionCommand command)
    {
        EffectMethod? older = command.UnitWeight switch
        {
            UnitWeightKind.Simplex => EffectMethod.Simplex,
            UnitWeightKind.DifferenceInDifferences => EffectMethod.DifferenceInDifferences,
            _ => command.Joint ? EffectMethod.Joint : null,
        };
        return command.Estimator is null || older is null || command.Estimator == older
            ? command.Estimator ?? older ?? EffectMethod.Fast
            : throw new InvalidInputException(
                "MethodAmbiguous",
                $"{{Estimator}} {{Estimator:{command.Estimator}}} contradicts {{{(command.Joint ? "Joint" : "UnitWeight")}}}. Leave that out.",
                "Estimator");
    }

    private static KeptUnits Weights(EffectOptionCommand command) => !command.NoWeights ? command.Weights ?? KeptUnits.Treated
        : command.Weights is null or KeptUnits.None ? KeptUnits.None
        : throw new InvalidInputException("WeightsAmbiguous", "{KeepWeights} keeps none. Leave it or {Weights} out.", "Weights");

    private static int? Folds(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Equals("All", StringComparison.OrdinalIgnoreCase))
        {
            return EffectOptions.HoldOutEach;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            ? count
            : throw new InvalidInputException("FoldsMalformed", $"{{CrossFitFolds}} {text} is neither a number from 1 nor {{CrossFitFolds:All}}.", "CrossFitFolds");
    }

    private static double[] Doses(IDictionary given, Panel panel)
    {
        double[] doses = new double[panel.UnitCount];
        Array.Fill(doses, double.NaN);
        foreach (DictionaryEntry entry in given)
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            int row = Array.IndexOf(panel.Units, name);
            if (row < 0)
            {
                throw new InvalidInputException("UnknownUnit", $"{{Doses}}: there is no unit '{name}'{Names.DidYouMean(name, panel.Units) ?? "."}", "Dose");
            }

            doses[row] = Number.TryGet(entry.Value, out double dose)
                ? dose
                : throw new InvalidInputException("DoseInvalid", $"{{Doses}}: the dose of '{name}' is '{entry.Value}', which is not a number.", "Dose");
        }

        return doses;
    }
}

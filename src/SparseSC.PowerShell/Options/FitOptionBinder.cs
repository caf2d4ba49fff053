using System.Management.Automation;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Options;

/// <summary>Makes the core's options of the parameters given.</summary>
internal static class FitOptionBinder
{
    /// <exception cref="InvalidInputException">An argument cannot be read.</exception>
    public static FitOptions Bind(FitOptionCommand command, ScriptCallbacks callbacks, Func<string, string> resolvePath)
    {
        FitOptions options = new()
        {
            ModelType = command.ModelType,
            WPen = command.WPen,
            VPen = command.VPen,
            Grid = command.Grid,
            Constraint = command.Constraint,
            WPenInner = command.WPenInner,
            Cache = command.Cache,
            Scale = command.Scale,
            MaxDegreeOfParallelism = command.ThrottleLimit,
            KeepWeights = !command.NoWeights,
        };
        options.GridMin = command.GridMin ?? options.GridMin;
        options.GridMax = command.GridMax ?? options.GridMax;
        options.GridLength = command.GridLength ?? options.GridLength;
        options.CvSeed = command.CvSeed ?? options.CvSeed;
        options.GradientSeed = command.GradientSeed ?? options.GradientSeed;
        options.Optimizer = command.Optimizer ?? options.Optimizer;
        options.Tol = command.Tolerance ?? options.Tol;
        options.MinIter = command.MinIteration ?? options.MinIter;
        options.MaxIter = command.MaxIteration ?? options.MaxIter;
        options.LearningRate = command.LearningRate ?? options.LearningRate;
        options.LearningRateAdjustment = command.LearningRateAdjustment ?? options.LearningRateAdjustment;
        BindFolds(options, command, resolvePath);
        BindRules(options, command, callbacks);
        return options;
    }

    private static void BindFolds(FitOptions options, FitOptionCommand command, Func<string, string> resolvePath)
    {
        if (command.CvFolds is not null)
        {
            options.CvFolds = FoldArgument.Read(command.CvFolds, nameof(command.CvFolds), resolvePath);
        }

        if (command.GradientFolds is not null)
        {
            options.GradientFolds = FoldArgument.Read(command.GradientFolds, nameof(command.GradientFolds), resolvePath);
        }
    }

    private static void BindRules(FitOptions options, FitOptionCommand command, ScriptCallbacks callbacks)
    {
        if (command.Choice is not null)
        {
            ChoiceArgument choice = ChoiceArgument.Read(command.Choice);
            options.Choice = choice.Rule ?? options.Choice;
            options.ChoiceCallback = choice.Script is null ? null : callbacks.Choice(choice.Script);
        }

        if (PropertyReader.Unwrap(command.StoppingRule) is ScriptBlock script)
        {
            options.StoppingCallback = callbacks.Stopping(script);
        }
        else if (command.StoppingRule is not null)
        {
            options.StoppingRule = Number.TryGet(command.StoppingRule, out double rule)
                ? rule
                : throw new InvalidInputException(
                    "UnknownStoppingRule", $"{{StoppingRule}} '{command.StoppingRule}' is neither a number nor a script block.", "StoppingRule");
        }
    }
}

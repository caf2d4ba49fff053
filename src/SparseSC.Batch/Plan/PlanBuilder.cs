using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>Fixes what a plan needs before any task runs: penalties, folds, constraint.</summary>
internal static class PlanBuilder
{
    // Whoever asks for hundreds of iterations has a search that stops by itself in mind; the rest is for the merge.
    private const int MostStages = 10;

    public static PlanParameters Build(FitData data, FitOptions options)
    {
        if (options.ChoiceCallback is not null)
        {
            throw new InvalidInputException("ChoiceNotStorable", "A function cannot be stored in a plan. Leave {Choice} out here and give it when merging.", "Choice");
        }

        if (options.StoppingCallback is not null || options.StoppingRule < 1)
        {
            string what = options.StoppingCallback is null ? string.Create(CultureInfo.InvariantCulture, $"{options.StoppingRule:R} stops") : "by a function stops";
            throw new InvalidInputException(
                "StoppingRuleNotPlanned",
                $"{{StoppingRule}} {what} the search by its scores, which nobody knows when the plan is made. Give a number of iterations, 1 or more, or fit directly.",
                "StoppingRule");
        }

        if (options.MatchSpace is not null)
        {
            throw new InvalidInputException("MatchSpaceNotPlanned", "A plan cannot choose features by {MatchSpace} first. Fit directly, or plan with the features you want to keep.", "MatchSpace");
        }

        if (data.Features.Columns == 0)
        {
            throw new InvalidInputException("NothingToPlan", "{Features} has no columns: there is nothing to cross-validate. Fit it directly.", "Features");
        }

        (options, _) = SmallSample.Resolve(data, options);
        PreparedFit prepared = PreparedFit.Create(data, options);
        FitProblem problem = prepared.Problem;
        PenaltyPath path = prepared.Path([]);
        FitOptions stored = new()
        {
            ModelType = problem.ModelType,
            Choice = options.Choice,
            Constraint = ConstraintRule.Resolve(options),
            Optimizer = options.Optimizer,
            Tol = options.Tol,
            MinIter = options.MinIter,
            MaxIter = options.MaxIter,
            LearningRate = options.LearningRate,
            LearningRateAdjustment = options.LearningRateAdjustment,
            WPenInner = options.WPenInner,
            WPenGrid = options.WPenGrid,
            Cache = options.Cache,
            KeepWeights = options.KeepWeights,
            GradientFolds = options.GradientFolds,
            GradientSeed = options.GradientSeed,
            CvFolds = FoldSpecification.From(problem.CvFolds),
            DonorPool = options.DonorPool,
            VPen = path.VPen,
            WPen = path.WPen,
        };
        FurtherIterations? further = Further(options);
        return new PlanParameters(
            problem.ModelType,
            data.TreatedUnits,
            path.VPen,
            path.WPen,
            path.Varies,
            problem.CvFolds,
            stored,
            further,
            ConstraintRule.HasBothPenalties(options),
            Math.Min(further?.Iterations ?? 1, MostStages));
    }

    /// <summary>Warnings about what the plan leaves out, if it does.</summary>
    public static string[] Warnings(PlanParameters plan)
    {
        if (plan.Further is not null || plan.Varies == PenaltyAxis.None)
        {
            return [];
        }

        (string varies, string stays) = plan.Varies == PenaltyAxis.V ? ("VPen", "WPen") : ("WPen", "VPen");
        return plan.Options.Constraint == WeightConstraint.Simplex
            ? ["The plan varies one penalty with the feature weights on the simplex. Their sum is fixed there, so one degree of freedom of the model is not searched; use {Constraint} {Constraint:Orthant} unless you want exactly this."]
            : plan.PenaltiesGiven ? []
            : [$"The plan has one iteration: {{{varies}}} is chosen and {{{stays}}} stays as it is, as in the reference's batch. A fit of two iterations searches both."];
    }

    private static FurtherIterations? Further(FitOptions options)
    {
        int iterations = (int)Math.Min(int.MaxValue, Math.Ceiling(options.StoppingRule));
        return iterations == 1 || ConstraintRule.HasBothPenalties(options)
            ? null
            : new FurtherIterations(
                iterations, options.VPen, options.WPen, options.Grid ?? PenaltyGrid.Geometric(options.GridMin, options.GridMax, options.GridLength));
    }
}

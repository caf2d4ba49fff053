using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;

namespace SparseSC.Core.Plan;

/// <summary>Fixes what a plan needs before any task runs: penalties, folds, constraint.</summary>
internal static class PlanBuilder
{
    public static PlanParameters Build(FitData data, FitOptions options)
    {
        if (options.ChoiceCallback is not null)
        {
            throw new InvalidInputException("ChoiceNotStorable", "A function cannot be stored in a plan. Leave {Choice} out here and give it when merging.", "Choice");
        }

        if (options.MatchSpace is not null)
        {
            throw new InvalidInputException("MatchSpaceNotPlanned", "A plan cannot choose features by {MatchSpace} first. Fit directly, or plan with the features you want to keep.", "MatchSpace");
        }

        if (data.Features.Columns == 0)
        {
            throw new InvalidInputException("NothingToPlan", "{Features} has no columns: there is nothing to cross-validate. Fit it directly.", "Features");
        }

        FitProblem problem = new(data, options);
        PenaltyPath path = new PenaltySchedule(problem, options).Next();
        FitOptions stored = new()
        {
            ModelType = problem.ModelType,
            Choice = options.Choice,
            Constraint = JointFit.ResolveConstraint(options, isPlan: true),
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
        return new PlanParameters(problem.ModelType, data.TreatedUnits, path.VPen, path.WPen, path.Varies, problem.CvFolds, stored);
    }

    public static string[] Warnings(PlanParameters plan) => plan.Options.Constraint == WeightConstraint.Simplex
        ? ["The plan varies one penalty with the feature weights on the simplex. Their sum is fixed there, so one degree of freedom of the model is not searched; use {Constraint} {Constraint:Orthant} unless you want exactly this."]
        : [];
}

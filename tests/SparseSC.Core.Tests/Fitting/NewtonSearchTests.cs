using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Objectives;
using SparseSC.Core.Tests.Reference;
using SparseSC.Numerics.Optimization;
using Xunit.Abstractions;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>
/// The better optimiser: a solution on every reference case, with no more evaluations than the reference's search in total.
/// Evaluations are values and gradients, as the reference counts its own; second derivatives, which reuse the factorisation of the
/// gradient at the same point, are reported beside them, and so are the distinct points (factorisations).
/// </summary>
public class NewtonSearchTests(ITestOutputHelper output)
{
    [Fact]
    public void Newton_solves_every_search_case_with_fewer_evaluations_than_cdl()
    {
        int newtonTotal = 0;
        int cdlTotal = 0;
        foreach (string name in ReferenceCase.Names("optim-").Where(n => n != "optim-simplex-projection"))
        {
            ReferenceCase reference = new(name);
            CountingObjective counted = new(SearchCase.Objective(reference));
            double lambda = reference.Case.GetProperty("v_pen").GetDouble();
            double[] v = SearchCase.Start(reference, counted.Dimension);
            FeasibleSet set = SearchCase.Set(reference);
            SearchResult result = new ProjectedNewtonSearch().Minimize(counted, v, new SearchOptions(set, GradientTolerance: 1e-6 * (1 + lambda)));
            int cdl = reference.Outputs.GetProperty("n_score").GetInt32() + reference.Outputs.GetProperty("n_grad").GetInt32();
            double residual = Residual(counted.Inner, set, v);
            output.WriteLine($"{name}: {counted.Evaluations} evaluations at {counted.Points} points, {counted.Hessians} Hessians (cdl {cdl}), residual {residual:E1}, {result.Status}");
            Assert.True(residual <= 1e-6 * (1 + lambda), $"{name}: residual {residual:E2}");
            double[] theirs = reference.Outputs.GetProperty("opt_x").Numbers();

            // At the maximum penalty the reference stays at 0, which is not on the simplex.
            bool comparable = set == FeasibleSet.Orthant || theirs.Sum() > 0.5;
            Assert.True(!comparable || counted.Inner.Value(v) <= counted.Inner.Value(theirs) * (1 + 1e-9), name);
            newtonTotal += counted.Evaluations;
            cdlTotal += cdl;
        }

        output.WriteLine($"total {newtonTotal}, cdl {cdlTotal}");
        Assert.True(newtonTotal <= cdlTotal, $"{newtonTotal} evaluations, cdl {cdlTotal}");
    }

    [Fact]
    public void Newton_solves_searches_of_every_fit_case_with_fewer_evaluations_than_cdl()
    {
        int newtonTotal = 0;
        int cdlTotal = 0;
        int newtonPoints = 0;
        int cdlPoints = 0;
        int searches = 0;
        foreach (string name in ReferenceCase.Names("fit-").Where(n => !n.Contains("nullmodel") && !n.Contains("lbfgsb") && !n.Contains("matchspace")))
        {
            ReferenceCase reference = new(name);
            FitOptions options = FitCase.Options(reference);
            FitProblem problem = new(FitCase.Data(reference), options);
            FeasibleSet set = ConstraintRule.Resolve(options) == WeightConstraint.Simplex ? FeasibleSet.Simplex : FeasibleSet.Orthant;
            PenaltyPath path = new PreparedFit(problem, options).Path([]);
            FoldObjectiveData data = problem.Search(null).Folds!;
            for (int p = 0; p < path.Count; p += Math.Max(1, path.Count / 4))
            {
                FoldObjective objective = new();
                objective.Bind(data, path.W(p), path.V(p));
                CountingObjective newton = new(objective);
                CountingObjective cdl = new(objective);
                double[] v = new double[objective.Dimension];
                double[] reached = new double[objective.Dimension];
                new ProjectedNewtonSearch().Minimize(newton, v, new SearchOptions(set, GradientTolerance: 1e-6 * (1 + path.V(p))));
                new CoordinateDescentLineSearch().Minimize(cdl, reached, new SearchOptions(set));
                double residual = Residual(objective, set, v);
                Assert.True(residual <= 1e-6 * (1 + path.V(p)), $"{name} penalty {p}: residual {residual:E2}");
                newtonTotal += newton.Evaluations;
                cdlTotal += cdl.Evaluations;
                newtonPoints += newton.Points;
                cdlPoints += cdl.Points;
                searches++;
            }
        }

        output.WriteLine($"{searches} searches: newton {newtonTotal} evaluations at {newtonPoints} points, cdl {cdlTotal} at {cdlPoints}");
        Assert.True(newtonPoints <= cdlPoints, $"{newtonPoints} points, cdl {cdlPoints}");
        Assert.True(newtonTotal <= cdlTotal, $"{newtonTotal} evaluations, cdl {cdlTotal}");
    }

    [Fact]
    public void Newton_is_at_least_as_good_as_the_reference_with_lbfgsb()
    {
        ReferenceCase reference = new("fit-retrospective-factor-lbfgsb");
        double[] theirs = reference.Outputs.GetProperty("V_diag").Numbers();
        FitOptions options = new() { VPen = [5], WPen = [1], CvFolds = FoldSpecification.Shuffled(5), GradientFolds = FoldSpecification.Shuffled(5), Optimizer = "newton" };
        FitProblem problem = new(FitCase.Data(reference), options);
        FoldObjective objective = new();
        objective.Bind(problem.Search(null).Folds!, 1, 5);
        SyntheticControlFit fit = JointFit.Run(FitCase.Data(reference), options);
        Assert.True(objective.Value(fit.V) <= objective.Value(theirs) + 1e-8);
    }

    [Theory]
    [InlineData(WeightConstraint.Simplex)]
    [InlineData(WeightConstraint.Orthant)]
    public void Newton_solves_every_search_of_every_fit_case_in_few_steps(WeightConstraint constraint)
    {
        int searches = 0;
        foreach (string name in ReferenceCase.Names("fit-").Where(n => !n.Contains("nullmodel") && !n.Contains("lbfgsb")))
        {
            ReferenceCase reference = new(name);
            FitOptions options = FitCase.Options(reference);
            options.Optimizer = "newton";
            options.MaxIter = 100;
            options.Constraint = constraint;
            PreparedFit prepared = PreparedFit.Create(FitCase.Data(reference), options);
            SearchOptions settings = Optimizers.Options(options, constraint);
            SearchWorker worker = new("newton");
            PenaltyPath path = prepared.Path([]);

            // On the simplex one search serves all penalties on v.
            int penalties = constraint == WeightConstraint.Simplex && path.Varies == PenaltyAxis.V ? 1 : path.Count;
            for (int fold = -1; fold < prepared.Folds; fold++)
            {
                SearchProblem problem = prepared.Problem.Search(fold < 0 ? null : prepared.Problem.CvFolds[fold].Train);
                for (int p = 0; p < penalties; p++)
                {
                    double[] v = new double[prepared.Problem.Data.Features];
                    worker.Search(problem, path.W(p), path.V(p), v, settings, default);
                    Assert.True(constraint != WeightConstraint.Simplex || Math.Abs(v.Sum() - 1) < 1e-12, name);
                    searches++;
                }
            }
        }

        output.WriteLine($"{searches} searches");
    }

    [Fact]
    public void Newton_fits_the_panel_of_the_readme_with_default_options_in_few_steps()
    {
        FitData data = Effects.PublishedPanels.CaliforniaPanel().ToFitData();
        SyntheticControlFit newton = JointFit.Run(data, new FitOptions { Optimizer = "newton", MaxIter = 100 });
        SyntheticControlFit cdl = JointFit.Run(data, new FitOptions());
        Assert.Equal(1, newton.V.Sum(), 12);
        Assert.Contains(0, newton.V);
        Assert.True(newton.ScoreR2 > cdl.ScoreR2 - 0.05, $"{newton.ScoreR2} {cdl.ScoreR2}");
    }

    [Fact]
    public void On_the_simplex_the_penalty_on_v_changes_nothing()
    {
        ReferenceCase reference = new("fit-retrospective-factor-simplex-min");
        FitOptions options = FitCase.Options(reference);
        options.Optimizer = "newton";
        options.StoppingRule = 1;
        SyntheticControlFit fit = JointFit.Run(FitCase.Data(reference), options);
        Assert.All(fit.Scores, score => Assert.Equal(fit.Scores[0], score));

        options.VPen = [1e-3 * fit.VPen];
        options.WPen = [fit.WPen];
        options.Constraint = WeightConstraint.Simplex;
        Assert.Equal(fit.V, JointFit.Run(FitCase.Data(reference), options).V);
    }

    private static double Residual(ITwiceDifferentiable objective, FeasibleSet set, double[] v)
    {
        double[] gradient = new double[v.Length];
        objective.Gradient(v, gradient);
        return set == FeasibleSet.Simplex ? ProjectedNewtonSearch.Gap(v, gradient) : ProjectedNewtonSearch.Residual(v, gradient, 0);
    }

    /// <summary>Counts values and gradients, second derivatives, and the points they were asked for.</summary>
    private sealed class CountingObjective(ITwiceDifferentiable inner) : ITwiceDifferentiable
    {
        private double[] _last = [];

        public ITwiceDifferentiable Inner => inner;

        public int Evaluations { get; private set; }

        public int Hessians { get; private set; }

        public int Points { get; private set; }

        public int Dimension => inner.Dimension;

        public double Value(ReadOnlySpan<double> point)
        {
            Evaluations++;
            Visit(point);
            return inner.Value(point);
        }

        public void Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            Evaluations++;
            Visit(point);
            inner.Gradient(point, gradient);
        }

        public void Hessian(ReadOnlySpan<double> point, ReadOnlySpan<int> coordinates, Numerics.LinearAlgebra.AlignedMatrix hessian)
        {
            Hessians++;
            Visit(point);
            inner.Hessian(point, coordinates, hessian);
        }

        private void Visit(ReadOnlySpan<double> point)
        {
            if (!point.SequenceEqual(_last))
            {
                Points++;
                _last = point.ToArray();
            }
        }
    }
}

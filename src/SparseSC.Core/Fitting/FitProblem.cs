using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Core.Objectives;
using SparseSC.Core.Units;

namespace SparseSC.Core.Fitting;

/// <summary>A validated fit: data, units by role, and what each model type fits and scores. Immutable.</summary>
internal sealed class FitProblem
{
    // Below, a pass over the rows takes no time, and moments of the donors' own have the bits they always had.
    private const int ManyRows = 20_000;

    private readonly UnitRoles _roles;
    private readonly bool _hasOwnFolds;

    public FitProblem(FitData data, FitOptions options)
    {
        FitValidator.Check(data, options);
        Source = data;
        _hasOwnFolds = options.CvFolds.Explicit is not null;
        Data = new UnitData(data.Features, data.Targets);
        _roles = new UnitRoles(data, options.ModelType);
        GradientFolds = GradientFoldPlan.Create(this, options);

        // Without features there is nothing to choose, so nothing to cross-validate.
        if (Data.Features > 0)
        {
            CvFolds = CreateCvFolds(options);
            GradientFolds.CheckTrainingRows(CvFolds);
        }
    }

    public FitData Source { get; }

    /// <summary>The model of this problem, to which weights and predictions are missing.</summary>
    public FittedModel Model => new(Source, Data, ModelType, ControlUnits, Rows);

    public UnitData Data { get; }

    public ModelType ModelType => _roles.ModelType;

    public int[] ControlUnits => _roles.ControlUnits;

    public int[] TreatedUnits => _roles.TreatedUnits;

    /// <summary>The rows fitted and cross-validated: controls, all, or the treated.</summary>
    public int[] Rows => _roles.Rows;

    /// <summary>The units whose matching decides a ridge penalty.</summary>
    public int[] Goals => _roles.Goals;

    /// <summary>Cross-validation folds; positions within <see cref="Rows"/>.</summary>
    public Fold[] CvFolds { get; } = [];

    public GradientFoldPlan GradientFolds { get; }

    /// <summary>The objective for v on some of <see cref="Rows"/> (positions); all of them when <c>null</c>.</summary>
    public SearchProblem Search(int[]? train)
    {
        int[] positions = train ?? [.. Enumerable.Range(0, Rows.Length)];
        int[] rows = [.. positions.Select(i => Rows[i])];
        if (ModelType == ModelType.ProspectiveRestricted)
        {
            return new SearchProblem(FoldObjectiveData.CrossTrain(Data, ControlUnits, rows), null);
        }

        int[][]? tests = GradientFolds.TestFolds(positions, train is null);
        return tests is null
            ? new SearchProblem(null, new LeaveOneOutData(Data, rows))
            : new SearchProblem(FoldObjectiveData.KFold(Data, rows, tests), null);
    }

    /// <summary>The units of a fold's test set with the donors that predict them when scoring.</summary>
    /// <param name="fold">The fold.</param>
    /// <param name="search">The search on the fold's training rows, whose moments save a pass over them where they are many; or <c>null</c>.</param>
    public DonorBlock Scoring(int fold, SearchProblem? search = null)
    {
        int[] test = CvFolds[fold].Test;
        int[] targets = [.. test.Select(i => Rows[i])];
        if (ModelType == ModelType.ProspectiveRestricted)
        {
            return DonorBlock.Create(Data, ControlUnits, targets);
        }

        HashSet<int> held = [.. test];
        int[] donors = [.. Rows.Where((_, i) => !held.Contains(i))];
        if (Rows.Length >= ManyRows && !_hasOwnFolds && search?.Folds?.Whole is { } training)
        {
            Moments targetMoments = Moments.Of(Data, targets, training.CentreX, training.CentreY);
            return DonorBlock.Create(Data, donors, targets, training.Moments, targetMoments, training.CentreX, training.CentreY);
        }

        return DonorBlock.Create(Data, donors, targets);
    }

    /// <summary>Goals and donors of the ridge leave-one-out penalty inside a fold.</summary>
    public (int[] Donors, int[] Goals) RidgeUnits(int fold)
    {
        int[] rows = [.. CvFolds[fold].Train.Select(i => Rows[i])];
        return ModelType == ModelType.ProspectiveRestricted ? (ControlUnits, rows) : (rows, rows);
    }

    private Fold[] CreateCvFolds(FitOptions options)
    {
        if (options.CvFolds.Explicit is not null)
        {
            return [.. options.CvFolds.Explicit];
        }

        return FoldMaker.Shuffled(Rows.Length, options.CvFolds.Count!.Value, options.CvSeed, "CvFolds", RowsName);
    }

    /// <summary>What <see cref="Rows"/> are called in messages.</summary>
    internal string RowsName => _roles.RowsName;
}

/// <summary>The donor blocks of a search: k-fold or cross-train, or leave-one-out.</summary>
/// <param name="Folds">Blocks, or <c>null</c>.</param>
/// <param name="LeaveOneOut">Leave-one-out rows, or <c>null</c>.</param>
internal sealed record SearchProblem(FoldObjectiveData? Folds, LeaveOneOutData? LeaveOneOut)
{
    /// <summary>A new objective; searches reuse those of a <see cref="SearchWorker"/> instead.</summary>
    public PenalisedObjective Objective(double w, double lambda)
    {
        if (Folds is not null)
        {
            FoldObjective folds = new();
            folds.Bind(Folds, w, lambda);
            return folds;
        }

        LeaveOneOutObjective leaveOneOut = new();
        leaveOneOut.Bind(LeaveOneOut!, w, lambda);
        return leaveOneOut;
    }
}

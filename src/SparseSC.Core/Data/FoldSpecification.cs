namespace SparseSC.Core.Data;

/// <summary>One split of rows: those fitted and those held out (zero-based).</summary>
public sealed class Fold
{
    /// <summary>Creates a fold; both lists are kept, not copied.</summary>
    public Fold(int[] train, int[] test)
    {
        Train = train ?? throw new ArgumentNullException(nameof(train));
        Test = test ?? throw new ArgumentNullException(nameof(test));
    }

    /// <summary>Rows fitted.</summary>
    public int[] Train { get; }

    /// <summary>Rows held out.</summary>
    public int[] Test { get; }
}

/// <summary>How rows are split: a number of shuffled folds, explicit folds, or none (leave-one-out).</summary>
public sealed class FoldSpecification
{
    private FoldSpecification(int? count, IReadOnlyList<Fold>? explicitFolds, bool mayShrink = false)
    {
        Count = count;
        Explicit = explicitFolds;
        MayShrink = mayShrink;
    }

    /// <summary>Leave-one-out; only gradient folds may be this.</summary>
    public static FoldSpecification None { get; } = new(null, null);

    /// <summary>The number of shuffled folds, when they are counted.</summary>
    public int? Count { get; }

    /// <summary>The folds themselves, when they are explicit.</summary>
    public IReadOnlyList<Fold>? Explicit { get; }

    /// <summary>Whether there are fewer folds where there are fewer rows: the number is a default that nobody has asked for.</summary>
    public bool MayShrink { get; }

    /// <summary>Whether this is leave-one-out.</summary>
    public bool IsNone => Count is null && Explicit is null;

    /// <summary>A number of shuffled folds, as scikit-learn's <c>KFold(count, shuffle=True, random_state=seed)</c> makes them.</summary>
    public static FoldSpecification Shuffled(int count) => new(count, null);

    /// <summary>A number of shuffled folds, or as many as there are rows where these are fewer.</summary>
    public static FoldSpecification UpTo(int count) => new(count, null, mayShrink: true);

    /// <summary>What this is for a number of rows.</summary>
    internal FoldSpecification For(int rows) => MayShrink ? Shuffled(Math.Min(Count!.Value, Math.Max(rows, 2))) : this;

    /// <summary>Explicit folds.</summary>
    public static FoldSpecification From(IReadOnlyList<Fold> folds) => new(null, folds ?? throw new ArgumentNullException(nameof(folds)));
}

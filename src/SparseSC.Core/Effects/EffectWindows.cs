using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>How many periods are matched on, fitted to and evaluated, and by how much the fit precedes the treatment.</summary>
/// <param name="PrePeriods">T0, matched on.</param>
/// <param name="PostPeriods">T1, targets of the fit.</param>
/// <param name="EvaluationPeriods">The last so many periods of the window, in which the effect is evaluated: T1, or T2 for the prospective kinds.</param>
/// <param name="Lead">Periods by which the fit precedes the treatment: T1 for the prospective kinds, else 0.</param>
internal readonly record struct EffectWindows(int PrePeriods, int PostPeriods, int EvaluationPeriods, int Lead)
{
    /// <summary>Tpost: the periods after the match.</summary>
    public int After => Lead == 0 ? PostPeriods : PostPeriods + EvaluationPeriods;

    /// <summary>All periods of the window.</summary>
    public int Length => PrePeriods + After;

    /// <summary>Derives the windows from the treatment times and the options.</summary>
    /// <exception cref="InvalidInputException">No unit is treated, or the windows asked for do not fit the data.</exception>
    public static EffectWindows Resolve(EffectData data, EffectOptions options)
    {
        int[] treated = [.. Enumerable.Range(0, data.TreatmentPeriods.Length).Where(row => data.TreatmentPeriods[row] is not null)];
        if (treated.Length == 0)
        {
            throw new InvalidInputException("NoTreatedUnit", "No unit is treated, so there is no effect to estimate. Name the treated units and their first treated time.", "TreatedUnit");
        }

        int first = treated.MinBy(row => data.TreatmentPeriods[row]);
        int last = treated.MaxBy(row => data.TreatmentPeriods[row]);
        int before = data.TreatmentPeriods[first]!.Value;
        int after = data.Outcomes.Columns - data.TreatmentPeriods[last]!.Value;
        string since = $"{data.Say(first)} is treated from {data.SayTime(before)} on";
        string until = $"{data.Say(last)} is treated from {data.SayTime(data.TreatmentPeriods[last]!.Value)} on";
        AtLeastOne(options.PrePeriods, "PrePeriods");
        AtLeastOne(options.PostPeriods, "PostPeriods");
        AtLeastOne(options.EvaluationPeriods, "EvaluationPeriods");
        return options.ModelType switch
        {
            ModelType.Retrospective => Retrospective(options, before, after, since, until),
            ModelType.Full => throw new InvalidInputException(
                "FullModelHasNoEffect",
                "{ModelType} {ModelType:Full} has no treated units and so no effect. Choose another {ModelType}.",
                "ModelType"),
            _ => Prospective(options, before, after, since),
        };
    }

    private static EffectWindows Retrospective(EffectOptions options, int before, int after, string since, string until)
    {
        if (options.EvaluationPeriods is not null)
        {
            throw new InvalidInputException(
                "EvaluationPeriodsNotUsed",
                "{EvaluationPeriods} belongs to the prospective kinds of {ModelType}; a retrospective fit evaluates {PostPeriods}.",
                "EvaluationPeriods");
        }

        int pre = options.PrePeriods ?? before;
        int post = options.PostPeriods ?? after;
        if (pre > before)
        {
            throw TooMany("PrePeriods", pre, before, since, "before");
        }

        return post <= after
            ? new EffectWindows(pre, post, post, 0)
            : throw TooMany("PostPeriods", post, after, until, "from then on");
    }

    private static EffectWindows Prospective(EffectOptions options, int before, int after, string since)
    {
        if (before < 2)
        {
            throw new InvalidInputException(
                "TooFewPrePeriods",
                $"The prospective kinds of {{ModelType}} need at least 2 periods before the first treatment; {since}, which leaves {before}. Use {{ModelType}} {{ModelType:Retrospective}}.",
                "ModelType");
        }

        int post = options.PostPeriods ?? (options.PrePeriods is int given ? before - given : Math.Max(1, before / 5));
        int pre = options.PrePeriods ?? (before - post);
        if (post < 1 || pre < 1 || pre + post > before)
        {
            (string parameter, int value) = options.PrePeriods is int t0 ? ("PrePeriods", t0) : ("PostPeriods", post);
            throw new InvalidInputException(
                "WindowTooLong",
                $"{{{parameter}}} {value} does not fit: {{PrePeriods}} and {{PostPeriods}} together may take the {before} periods before the first treatment ({since}), at least one each.",
                parameter);
        }

        return new EffectWindows(pre, post, options.EvaluationPeriods ?? after, post);
    }

    private static void AtLeastOne(int? value, string parameter)
    {
        if (value < 1)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{{parameter}}} {value} must be at least 1.", parameter);
        }
    }

    private static InvalidInputException TooMany(string parameter, int value, int possible, string reason, string where) => new(
        "WindowTooLong",
        $"{{{parameter}}} {value} is too long: {reason}, which leaves {possible} periods {where}. Give at most {possible}, or leave that unit out.",
        parameter);
}

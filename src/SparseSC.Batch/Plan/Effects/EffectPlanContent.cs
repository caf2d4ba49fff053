using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan.Effects;

/// <summary>A plan of effects as it is written.</summary>
/// <param name="data">The data.</param>
/// <param name="parameters">Everything else that it fixes.</param>
/// <param name="fit">Makes the main fits, when tasks read them.</param>
internal sealed class EffectPlanContent(EffectData data, EffectPlanParameters parameters, Func<CancellationToken, SyntheticControlFit[]> fit) : IPlanContent
{
    public PlanKind Kind => PlanKind.Effects;

    public int Version => PlanFormat.KindVersion;

    public IReadOnlyList<string> Notes => data.Warnings;

    public IReadOnlyList<string> WriteData(string directory, CancellationToken cancellationToken)
    {
        List<string> names = [PlanLayout.OutcomesFile];
        NpyWriter.Write(Path.Combine(directory, PlanLayout.OutcomesFile), data.Outcomes);
        cancellationToken.ThrowIfCancellationRequested();
        if (parameters.Covariates is { } covariates)
        {
            names.Add(PlanLayout.CovariatesFile);
            NpyWriter.Write(Path.Combine(directory, PlanLayout.CovariatesFile), covariates.Varying ? EffectPlanData.Stack(data.VaryingCovariates) : data.FixedCovariates!);
        }

        return names;
    }

    public IReadOnlyList<string> WriteFits(string directory, CancellationToken cancellationToken)
    {
        if (!parameters.HasMainFits)
        {
            return [];
        }

        SyntheticControlFit[] fits = fit(cancellationToken);

        // How long they took is not what a plan is: made again, it has the same files and so the same hash.
        Array.ForEach(fits, made => made.ElapsedSeconds = 0);
        MainFits.Write(Path.Combine(directory, PlanLayout.MainFitsFile), fits);
        return [PlanLayout.MainFitsFile];
    }

    public void WriteParameters(Utf8JsonWriter json) => EffectPlanJson.Write(json, parameters);
}

using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Fitting;

namespace SparseSC.Core.Plan.Effects;

/// <summary>A plan of effects as it is written.</summary>
internal sealed class EffectPlanContent(EffectData data, EffectPlanParameters parameters, SyntheticControlFit[] mainFits) : IPlanContent
{
    public PlanKind Kind => PlanKind.Effects;

    public IReadOnlyList<string> WriteInputs(string directory, CancellationToken cancellationToken)
    {
        List<string> names = [PlanLayout.OutcomesFile];
        NpyWriter.Write(Path.Combine(directory, PlanLayout.OutcomesFile), data.Outcomes);
        cancellationToken.ThrowIfCancellationRequested();
        if (parameters.Covariates is { } covariates)
        {
            names.Add(PlanLayout.CovariatesFile);
            NpyWriter.Write(Path.Combine(directory, PlanLayout.CovariatesFile), covariates.Varying ? EffectPlanData.Stack(data.VaryingCovariates) : data.FixedCovariates!);
        }

        if (mainFits.Length > 0)
        {
            names.Add(PlanLayout.MainFitsFile);
            MainFits.Write(Path.Combine(directory, PlanLayout.MainFitsFile), mainFits);
        }

        return names;
    }

    public void WriteParameters(Utf8JsonWriter json) => EffectPlanJson.Write(json, parameters);
}

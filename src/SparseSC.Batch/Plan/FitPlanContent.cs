using System.Text.Json;
using SparseSC.Core.Data;

namespace SparseSC.Batch.Plan;

/// <summary>The plan of a fit as it is written.</summary>
/// <param name="data">The data.</param>
/// <param name="parameters">Everything else that it fixes.</param>
/// <param name="notes">Warnings about them.</param>
internal sealed class FitPlanContent(FitData data, PlanParameters parameters, IReadOnlyList<string> notes) : IPlanContent
{
    public PlanKind Kind => PlanKind.Fit;

    public int Version => parameters.PlannedIterations > 1 ? PlanFormat.StagesVersion : PlanParametersJson.Version;

    public IReadOnlyList<string> Notes => notes;

    public IReadOnlyList<string> WriteData(string directory, CancellationToken cancellationToken)
    {
        List<string> names = [PlanLayout.FeaturesFile, PlanLayout.TargetsFile];
        NpyWriter.Write(Path.Combine(directory, PlanLayout.FeaturesFile), data.Features);
        cancellationToken.ThrowIfCancellationRequested();
        NpyWriter.Write(Path.Combine(directory, PlanLayout.TargetsFile), data.Targets);
        if (parameters.Options.DonorPool is bool[,] pool)
        {
            names.Add(PlanLayout.DonorPoolFile);
            NpyWriter.Write(Path.Combine(directory, PlanLayout.DonorPoolFile), PlanData.ToMatrix(pool));
        }

        return names;
    }

    public IReadOnlyList<string> WriteFits(string directory, CancellationToken cancellationToken) => [];

    public void WriteParameters(Utf8JsonWriter json)
    {
        PlanParametersJson.Write(json, parameters);
        JsonNames.Write(json, "unitNames", data.UnitNames);
        JsonNames.Write(json, "featureNames", data.Features.ColumnNames);
        if (data.Covariates is > 0 and int covariates)
        {
            json.WriteNumber("covariateFeatures", covariates);
        }

        JsonNames.Write(json, "targetNames", data.Targets.ColumnNames);
        if (data.Scaling is { } scaling)
        {
            JsonNumbers.Write(json, "featureCentre", scaling.Centre);
            JsonNumbers.Write(json, "featureScale", scaling.Scale);
            json.WriteString("scalingWarning", scaling.Warning);
        }
    }
}

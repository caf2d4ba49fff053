using System.Text.Json.Serialization;

namespace SparseSC.Azure.Batch.Protocol;

/// <summary>The contracts of everything that is read or written, made at compile time so that trimming does no harm.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(DurationConverter)])]
[JsonSerializable(typeof(BatchError))]
[JsonSerializable(typeof(BatchPool))]
[JsonSerializable(typeof(BatchPage<BatchPool>))]
[JsonSerializable(typeof(BatchPage<BatchPoolNodeCounts>))]
[JsonSerializable(typeof(BatchPoolCreateOptions))]
[JsonSerializable(typeof(BatchPoolUpdateOptions))]
[JsonSerializable(typeof(BatchPoolResizeOptions))]
[JsonSerializable(typeof(BatchPoolEnableAutoScaleOptions))]
[JsonSerializable(typeof(BatchPoolEvaluateAutoScaleOptions))]
[JsonSerializable(typeof(BatchAutoScaleRun))]
[JsonSerializable(typeof(BatchJob))]
[JsonSerializable(typeof(BatchPage<BatchJob>))]
[JsonSerializable(typeof(BatchPage<BatchJobNodeTaskStatus>))]
[JsonSerializable(typeof(BatchJobCreateOptions))]
[JsonSerializable(typeof(BatchJobUpdateOptions))]
[JsonSerializable(typeof(BatchJobTerminateOptions))]
[JsonSerializable(typeof(BatchTask))]
[JsonSerializable(typeof(BatchPage<BatchTask>))]
[JsonSerializable(typeof(BatchTaskCreateOptions))]
[JsonSerializable(typeof(BatchTaskCollectionResult))]
[JsonSerializable(typeof(BatchTaskCountsResult))]
[JsonSerializable(typeof(BatchPage<BatchNodeFile>))]
[JsonSerializable(typeof(BatchNode))]
[JsonSerializable(typeof(BatchPage<BatchNode>))]
[JsonSerializable(typeof(BatchPage<BatchSupportedImage>))]
[JsonSerializable(typeof(BatchApplication))]
[JsonSerializable(typeof(BatchPage<BatchApplication>))]
internal sealed partial class BatchJsonContext : JsonSerializerContext;

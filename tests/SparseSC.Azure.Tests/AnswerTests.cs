using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Batch.Protocol;
using SparseSC.Azure.Tests.Spec;
using SparseSC.BatchServer.Validation;

namespace SparseSC.Azure.Tests;

public class AnswerTests
{
    private static readonly Dictionary<string, Action<string>> RoundTrips = new()
    {
        ["BatchPool"] = RoundTrip<BatchPool>,
        ["BatchPoolNodeCounts"] = RoundTrip<BatchPoolNodeCounts>,
        ["AutoScaleRun"] = RoundTrip<BatchAutoScaleRun>,
        ["BatchJob"] = RoundTrip<BatchJob>,
        ["BatchJobPreparationAndReleaseTaskStatus"] = RoundTrip<BatchJobNodeTaskStatus>,
        ["BatchTask"] = RoundTrip<BatchTask>,
        ["BatchCreateTaskCollectionResult"] = RoundTrip<BatchTaskCollectionResult>,
        ["BatchTaskCountsResult"] = RoundTrip<BatchTaskCountsResult>,
        ["BatchNode"] = RoundTrip<BatchNode>,
        ["BatchNodeFile"] = RoundTrip<BatchNodeFile>,
        ["BatchSupportedImage"] = RoundTrip<BatchSupportedImage>,
        ["BatchApplication"] = RoundTrip<BatchApplication>,
        ["BatchError"] = RoundTrip<BatchError>,
    };

    private static readonly Dictionary<string, Action<string>> Enumerations = new()
    {
        ["BatchPoolState"] = SameValues<BatchPoolState>,
        ["AllocationState"] = SameValues<BatchAllocationState>,
        ["BatchNodeDeallocationOption"] = SameValues<BatchNodeDeallocationOption>,
        ["BatchNodeFillType"] = SameValues<BatchNodeFillType>,
        ["BatchNodePlacementPolicyType"] = SameValues<BatchNodePlacementPolicy>,
        ["IpAddressProvisioningType"] = SameValues<BatchIPAddressProvisioning>,
        ["ContainerType"] = SameValues<BatchContainerType>,
        ["OSType"] = SameValues<BatchOSType>,
        ["ImageVerificationType"] = SameValues<BatchImageVerification>,
        ["BatchNodeState"] = SameValues<BatchNodeState>,
        ["SchedulingState"] = SameValues<BatchSchedulingState>,
        ["BatchStartTaskState"] = SameValues<BatchNodeTaskState>,
        ["BatchJobPreparationTaskState"] = SameValues<BatchNodeTaskState>,
        ["BatchJobState"] = SameValues<BatchJobState>,
        ["BatchAllTasksCompleteMode"] = SameValues<BatchAllTasksCompleteMode>,
        ["BatchTaskFailureMode"] = SameValues<BatchTaskFailureMode>,
        ["BatchJobActionKind"] = SameValues<BatchJobAction>,
        ["BatchPoolLifetimeOption"] = SameValues<BatchPoolLifetime>,
        ["BatchTaskState"] = SameValues<BatchTaskState>,
        ["BatchTaskExecutionResult"] = SameValues<BatchTaskExecutionResult>,
        ["BatchErrorSourceCategory"] = SameValues<BatchErrorCategory>,
        ["BatchTaskAddStatus"] = SameValues<BatchTaskAddStatus>,
        ["DependencyAction"] = SameValues<BatchDependencyAction>,
        ["OutputFileUploadCondition"] = SameValues<BatchOutputFileUploadCondition>,
        ["AutoUserScope"] = SameValues<BatchAutoUserScope>,
        ["ElevationLevel"] = SameValues<BatchElevationLevel>,
        ["ContainerWorkingDirectory"] = SameValues<BatchContainerWorkingDirectory>,
    };

    public static TheoryData<string> Models => [.. RoundTrips.Keys];

    public static TheoryData<string> EnumerationNames => [.. Enumerations.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_keeps_every_member_it_knows(string model) => RoundTrips[model](model);

    [Theory]
    [MemberData(nameof(EnumerationNames))]
    public void An_enumeration_has_the_protocols_values(string enumeration) => Enumerations[enumeration](enumeration);

    [Fact]
    public void Every_enumeration_of_the_models_is_checked()
    {
        IEnumerable<Type> all = typeof(BatchModel).Assembly.GetTypes()
            .Where(type => type.IsEnum && type.Namespace == typeof(BatchModel).Namespace && !type.IsNested && type != typeof(BatchTaskAddOutcome));
        IEnumerable<Type> tested = Enumerations.Values.Select(test => test.Method.GetGenericArguments()[0]);

        Assert.Equal(all.Select(type => type.Name).Order(), tested.Select(type => type.Name).Distinct().Order());
    }

    [Fact]
    public void A_newer_value_is_unknown_and_not_an_error() =>
        Assert.Equal(BatchTaskState.Unknown, JsonSerializer.Deserialize("{\"state\":\"dreaming\"}", BatchJson.Info<BatchTask>())!.State);

    [Fact]
    public void An_unknown_value_is_never_sent() => Assert.Throws<JsonException>(
        () => JsonSerializer.Serialize(new BatchJobUpdateOptions { OnAllTasksComplete = BatchAllTasksCompleteMode.Unknown }, BatchJson.Info<BatchJobUpdateOptions>()));

    [Fact]
    public void A_models_text_shows_no_secret()
    {
        BatchResourceFile file = new() { HttpUrl = "https://contoso/?sig=secret" };
        BatchEnvironmentSetting setting = new("KEY", "secret");

        Assert.DoesNotContain("secret", $"{file}{setting}{FilledModel.Full<BatchTaskCreateOptions>()}", StringComparison.Ordinal);
    }

    private static void RoundTrip<T>(string model)
    {
        JsonObject sample = SampleAnswer.Of(model);
        T read = JsonSerializer.Deserialize(sample.ToJsonString(), BatchJson.Info<T>())!;
        JsonElement written = JsonSerializer.SerializeToElement(read, BatchJson.Info<T>());

        AssertKept(sample, written, BatchJson.Info<T>(), model);
    }

    private static void AssertKept(JsonObject sample, JsonElement written, JsonTypeInfo contract, string path)
    {
        foreach (JsonPropertyInfo member in contract.Properties.Where(member => member.Get is not null))
        {
            Assert.True(sample.ContainsKey(member.Name), $"The protocol knows no {path}.{member.Name}.");
            Assert.True(written.TryGetProperty(member.Name, out JsonElement value), $"{path}.{member.Name} was lost.");
            JsonNode expected = sample[member.Name]!;
            Type type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            if (expected is JsonArray list)
            {
                expected = list[0]!;
                value = value[0];
                type = type.GetGenericArguments()[0];
            }

            if (expected is JsonObject inner)
            {
                AssertKept(inner, value, contract.Options.GetTypeInfo(type), $"{path}.{member.Name}");
            }
            else
            {
                AssertSame(expected.ToString(), value.ToString(), $"{path}.{member.Name}");
            }
        }
    }

    private static void AssertSame(string expected, string actual, string path)
    {
        if (expected == SampleAnswer.Date)
        {
            Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), DateTimeOffset.Parse(actual, CultureInfo.InvariantCulture));
        }
        else
        {
            Assert.True(string.Equals(expected, actual, StringComparison.OrdinalIgnoreCase), $"{path} was {expected} and came back as {actual}.");
        }
    }

    private static void SameValues<T>(string enumeration)
        where T : struct, Enum
    {
        // "unknown" is a word of the protocol for nodes only; there it reads as our word for what we do not know.
        string[] wire = [.. SpecDocument.Derived.Enumerations[enumeration].Where(value => value != "unknown")];
        JsonTypeInfo<T> contract = BatchJson.Info<T>();

        Assert.Equal(wire.Order(), Enum.GetValues<T>().Skip(1).Select(value => JsonSerializer.SerializeToElement(value, contract).GetString()!).Order());
        Assert.All(wire, value => Assert.Equal(value, JsonSerializer.SerializeToElement(JsonSerializer.Deserialize($"\"{value.ToUpperInvariant()}\"", contract), contract).GetString()));
    }
}

using System.Reflection;
using System.Text;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Tests.Jobs.Configuration;

public sealed class BatchConfigJsonTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void EverySettingComesBackAsItWasWritten()
    {
        AzureBatchConfig azure = new();
        LocalBatchConfig local = new();
        Assert.All([.. SettingsOf(azure), .. SettingsOf(local)], setting => Assert.NotEqual(setting.Other, setting.Property.GetValue(setting.Owner)));
        foreach (Setting setting in SettingsOf(azure).Concat(SettingsOf(local)))
        {
            setting.Property.SetValue(setting.Owner, setting.Other);
        }

        AzureBatchConfig azureAgain = Assert.IsType<AzureBatchConfig>(Read(Written(azure)));
        LocalBatchConfig localAgain = Assert.IsType<LocalBatchConfig>(Read(Written(local)));
        Assert.All(SettingsOf(azure), setting => Assert.Equal(setting.Other, setting.Property.GetValue(azureAgain)));
        Assert.All(SettingsOf(local), setting => Assert.Equal(setting.Other, setting.Property.GetValue(localAgain)));
    }

    [Fact]
    public void ANewConfigurationComesBackTooAndDefaultsAreTheClasses()
    {
        string text = Written(new AzureBatchConfig());
        Assert.Contains("\"storageAccessDuration\": \"1.00:00:00\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("poolId", text, StringComparison.Ordinal);
        Assert.Equal(text, Written(Read(text)));
        Assert.Equal(text, Written(Read("""{ "backend": "azure" }""")));
    }

    [Fact]
    public void SecretsAreNotWritten()
    {
        AzureBatchConfig config = ConfigFixture.Sound();
        config.Secrets.WithBatchAccountKey(ConfigFixture.Secret(ConfigFixture.Key)).WithStorageAccountKey(ConfigFixture.Secret(ConfigFixture.Key))
            .WithStorageConnectionString(ConfigFixture.Secret(ConfigFixture.Key)).WithRegistryPassword(ConfigFixture.Secret(ConfigFixture.Key));
        Assert.DoesNotContain(ConfigFixture.Key, Written(config), StringComparison.Ordinal);
    }

    [Fact]
    public void TheTextOfAConfigurationIsItsSettingsWithoutSecrets()
    {
        AzureBatchConfig azure = new();
        LocalBatchConfig local = new();
        foreach (Setting setting in SettingsOf(azure).Concat(SettingsOf(local)))
        {
            setting.Property.SetValue(setting.Owner, setting.Other);
        }

        azure.Secrets.WithBatchAccountKey(ConfigFixture.Secret(ConfigFixture.Key));
        Assert.DoesNotContain(ConfigFixture.Key, azure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', azure.ToString());
        Assert.Equal(Written(azure), Written(BatchConfigJson.ReadText(azure.ToString(), "Config")));
        Assert.Equal(Written(local), Written(BatchConfigJson.ReadText(local.ToString(), "Config")));
    }

    // As PowerShell's ConvertTo-Json writes an AzureBatchConfig: names as properties, an enum as its number, durations as objects.
    [Fact]
    public void WhatConvertToJsonMakesOfAConfigurationCanBeRead()
    {
        AzureBatchConfig config = (AzureBatchConfig)Read("""
            { "Backend": "Azure", "PoolId": null, "AutoPool": { "IsPresent": true }, "Credential": 2, "TaskSlotsPerNode": null,
              "StorageAccessDuration": { "Ticks": 72000000000, "Days": 0, "Hours": 2 } }
            """);
        Assert.Equal((null, true, AzureCredentialSource.AzureCli, TimeSpan.FromHours(2)), (config.PoolId, config.AutoPool, config.Credential, config.StorageAccessDuration));
    }

    [Fact]
    public void PathsStandRelativeToTheFileAndCommentsAreAllowed()
    {
        LocalBatchConfig config = (LocalBatchConfig)Read("""
            // Two at a time.
            { "backend": "Local", "maxParallel": 2, "jobDirectory": "jobs", "workerPath": "pwsh", }
            """);
        Assert.Equal((2, _folder.Path("jobs"), "pwsh"), (config.MaxParallel, config.JobDirectory, config.WorkerPath));
        LocalBatchConfig up = (LocalBatchConfig)Read("""{ "backend": "Local", "workerPath": "../bin/\u0022spa rse\u0022" }""");
        Assert.Equal(Path.GetFullPath(_folder.Path("../bin/\"spa rse\"")), up.WorkerPath);
    }

    [Theory]
    [InlineData("""{ "backend": "Azure", "poolIds": "a" }""", "line 1, column 23: there is no setting 'poolIds'; did you mean 'poolId'?")]
    [InlineData("""{ "backend": "Azure", "colour": "a" }""", "there is no setting 'colour'. The settings are batchAccountName,")]
    [InlineData("""{ "backend": "Azure", "maxParallel": 2 }""", "'maxParallel' is no setting of the backend \"Azure\".")]
    [InlineData("""{ "backend": "Azre" }""", "backend is \"Azre\"; did you mean 'Azure'?")]
    [InlineData("""{ "backend": 3 }""", "backend is 3. Give \"Azure\" or \"Local\".")]
    [InlineData("""{ "poolId": "a" }""", "\"backend\" is missing. Give \"Azure\" or \"Local\".")]
    [InlineData("""{ "backend": "Azure", "poolId": 3 }""", "poolId is 3, and has to be a text.")]
    [InlineData("""{ "backend": "Azure", "spotNodeCount": "3" }""", "spotNodeCount is \"3\", and has to be a whole number.")]
    [InlineData("""{ "backend": "Azure", "spotNodeCount": 1.5 }""", "spotNodeCount is 1.5, and has to be a whole number.")]
    [InlineData("""{ "backend": "Azure", "autoPool": "yes" }""", "autoPool is \"yes\", and has to be true or false.")]
    [InlineData("""{ "backend": "Azure", "storageAccessDuration": 24 }""", "storageAccessDuration is 24, and has to be a duration: \"1.00:00:00\" is a day")]
    [InlineData("""{ "backend": "Azure", "storageAccessDuration": "24" }""", "storageAccessDuration is \"24\", and has to be a duration")]
    [InlineData("""{ "backend": "Azure", "credential": "Cli" }""", "credential is \"Cli\", and has to be one of Default, ManagedIdentity,")]
    [InlineData("""{ "backend": "Azure", "credential": 66 }""", "credential is 66, and has to be one of Default,")]
    [InlineData("""{ "backend": "Azure", "poolId": "a", "PoolId": "b" }""", "'PoolId' stands twice, first at line 1, column 23.")]
    [InlineData("null", "an object { \"backend\": …, … } is needed.")]
    [InlineData("[]", "an object { \"backend\": …, … } is needed.")]
    public void FaultsAreNamedWithTheirPlace(string text, string says)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Read(text));
        Assert.Equal(("ConfigUnreadable", "Config"), (error.ErrorId, error.ParameterName));
        Assert.StartsWith($"{{Config}} {_folder.Path("config.json")}", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AllFaultsAreNamedAtOnce()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Read("{\n  \"backend\": \"Azure\",\n  \"pool\": 1,\n  \"vmSize\": 2\n}"));
        Assert.Contains("there are 2 faults:\n  - line 3, column 3: there is no setting 'pool'", error.Message, StringComparison.Ordinal);
        Assert.Contains("\n  - line 4, column 3: vmSize is 2, and has to be a text.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("batchAccountKey", "Set BATCH_ACCOUNT_KEY in the environment")]
    [InlineData("StorageAccountKey", "Set STORAGE_ACCOUNT_KEY in the environment")]
    [InlineData("storageConnectionString", "Set STORAGE_ACCOUNT_CONNECTION_STRING in the environment")]
    [InlineData("registryPassword", "Set REGISTRY_PASSWORD in the environment")]
    [InlineData("storage_connection-string", "BATCH_ACCOUNT_KEY, REGISTRY_PASSWORD, STORAGE_ACCOUNT_CONNECTION_STRING, STORAGE_ACCOUNT_KEY in the environment")]
    [InlineData("clientSecret", "in the environment, or sign in")]
    [InlineData("sasToken", "in the environment, or sign in")]
    [InlineData("sharedAccessSignature", "in the environment, or sign in")]
    public void SecretsAreRefusedAndNotRepeated(string name, string says)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Read($$"""{ "backend": "Azure", "{{name}}": "hidden*" }"""));
        Assert.Equal("ConfigHoldsSecret", error.ErrorId);
        Assert.Contains($"'{name}' is a secret", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "line 1, column 1")]
    [InlineData("{\n  \"backend\": Azure }", "line 2, column 14")]
    [InlineData("{ \"backend\": \"Azure\" } x", "line 1, column 24")]
    [InlineData("{ \"backend\": \"Azure\"", "line 1, column")]
    public void TextThatIsNoJsonIsRefusedWithItsPlace(string text, string place)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Read(text));
        Assert.Equal("ConfigMalformed", error.ErrorId);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingFilesAreNamed() => Assert.Equal(
        "FileNotFound", Assert.Throws<InvalidInputException>(() => BatchConfigJson.Read(_folder.Path("none.json"), "Config")).ErrorId);

    [Theory]
    [InlineData("{VmSize} 'x' and {JobId}", "vmSize 'x' and {JobId}")]
    [InlineData("give {Credential} {Credential:ManagedIdentity}", "give credential ManagedIdentity")]
    [InlineData("{BatchAccountKey} is no key", "BATCH_ACCOUNT_KEY is no key")]
    [InlineData("{Missing:DropUnit} {BatchDirectory}", "{Missing:DropUnit} {BatchDirectory}")]
    public void MessagesNameSettingsAsTheyStandInTheFile(string message, string rendered) => Assert.Equal(rendered, ConfigNames.Render(message));

    public void Dispose() => _folder.Dispose();

    private static string Written(BatchConfig config)
    {
        using MemoryStream stream = new();
        BatchConfigJson.Write(stream, config);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private BatchConfig Read(string text) => BatchConfigJson.Read(_folder.Write("config.json", text), "Config");

    // A setting that is added to a class and not to the file's table shows here.
    private static IEnumerable<Setting> SettingsOf(BatchConfig config) => config.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite)
        .Select(property => new Setting(config, property, OtherValue(property)));

    private static object OtherValue(PropertyInfo property) => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
    {
        Type type when type == typeof(string) => property.Name.EndsWith("Path", StringComparison.Ordinal) || property.Name.EndsWith("Directory", StringComparison.Ordinal)
            ? "/some/where"
            : $"\"{property.Name}\"\n±",
        Type type when type == typeof(int) => 77,
        Type type when type == typeof(double) => 0.125,
        Type type when type == typeof(bool) => true,
        Type type when type == typeof(TimeSpan) => new TimeSpan(3, 4, 5, 6, 789),
        Type type when type == typeof(AzureCredentialSource) => AzureCredentialSource.WorkloadIdentity,
        Type type => throw new InvalidOperationException($"No value for a {type.Name} here."),
    };

    private sealed record Setting(BatchConfig Owner, PropertyInfo Property, object Other);
}

using Azure.Core;

namespace SparseSC.Azure.Batch;

/// <summary>Settings of a <see cref="BatchClient"/>; retries, transport and diagnostics are those of every Azure client.</summary>
internal sealed class BatchClientOptions : ClientOptions
{
    /// <summary>The scope of a token for the public cloud. The double slash is what the service wants.</summary>
    public const string PublicCloudScope = "https://batch.core.windows.net//.default";

    private static readonly string[] HarmlessParameters = ["api-version", "$filter", "$select", "$expand", "maxresults", "recursive", "force"];
    private static readonly string[] HarmlessHeaders = ["ocp-date", "ocp-range", "request-id", "client-request-id", "DataServiceId"];

    /// <summary>Creates the settings with Azure.Core's defaults: three retries, from 0.8 s on, and as long as <c>Retry-After</c> asks.</summary>
    public BatchClientOptions(ServiceVersion version = ServiceVersion.V2025_06_01)
    {
        Version = version switch
        {
            ServiceVersion.V2025_06_01 => "2025-06-01",
            _ => throw new ArgumentOutOfRangeException(nameof(version), version, "This client speaks api-version 2025-06-01 only."),
        };
        Array.ForEach(HarmlessParameters, Diagnostics.LoggedQueryParameters.Add);
        Array.ForEach(HarmlessHeaders, Diagnostics.LoggedHeaderNames.Add);
    }

    /// <summary>Versions of the service's protocol.</summary>
    public enum ServiceVersion
    {
        /// <summary>api-version 2025-06-01.</summary>
        V2025_06_01 = 1,
    }

    /// <summary>The scope that tokens are asked for; another one in a sovereign cloud.</summary>
    public string Scope { get; set; } = PublicCloudScope;

    internal string Version { get; }
}

namespace SparseSC.BatchServer.Protocol;

/// <summary>The versions of the protocol that are spoken.</summary>
internal static class ApiVersion
{
    public const string Current = "2025-06-01";

    private static readonly string[] Known =
        ["2022-10-01.16.0", "2023-05-01.17.0", "2023-11-01.18.0", "2024-02-01.19.0", "2024-07-01.20.0", Current];

    /// <exception cref="ServiceException">There is none, or it is not known.</exception>
    public static void Check(string? version)
    {
        if (version is null)
        {
            throw new ServiceException(400, "MissingRequiredQueryParameter", "A query parameter that's mandatory for this request is not specified.",
                ("QueryParameterName", "api-version"));
        }

        if (!Known.Contains(version))
        {
            throw ServiceException.Query("api-version", version, $"Known versions are {string.Join(", ", Known)}");
        }
    }
}

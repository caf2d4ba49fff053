namespace SparseSC.BatchServer.Protocol;

/// <summary>Which properties of a resource are asked for; top-level names only, as the service does.</summary>
internal sealed class Wanted
{
    private readonly HashSet<string>? _names;

    private Wanted(HashSet<string>? names) => _names = names;

    public static Wanted Everything { get; } = new(null);

    public bool this[string name] => _names is null || _names.Contains(name);

    /// <param name="paths">Names, or paths with slashes of which the first name counts; none and * ask for everything.</param>
    public static Wanted Of(IEnumerable<string> paths)
    {
        HashSet<string> names = new(paths.Select(path => path.Split('/')[0]), StringComparer.OrdinalIgnoreCase);
        return names.Count == 0 || names.Contains("*") ? Everything : new Wanted(names);
    }
}

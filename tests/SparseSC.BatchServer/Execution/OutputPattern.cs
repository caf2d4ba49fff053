using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SparseSC.BatchServer.Execution;

/// <summary>Which files an output pattern means, and which blobs they become.</summary>
internal static class OutputPattern
{
    private static readonly char[] Wildcards = ['*', '?', '['];

    /// <returns>Files with the addresses to put them to.</returns>
    /// <exception cref="FailureException">The pattern lies outside the node, or names a file that is not there.</exception>
    public static IEnumerable<(string File, Uri Blob)> Match(Work work, JsonNode output)
    {
        string pattern = (string)output["filePattern"]!;
        JsonNode container = output["destination"]!["container"]!;
        string path = container["path"]?.ToString().Trim('/') ?? "";
        Uri address = new((string)container["containerUrl"]!);
        Uri Blob(string name) => NodeStorage.Below(address, name);

        int wild = pattern.IndexOfAny(Wildcards);
        string fixedPart = wild < 0 ? pattern : pattern[..(pattern.LastIndexOf('/', wild) + 1)];

        // Two steps up from wd lie other tasks' files.
        string start = NodePath.Within(work.Directory, Path.Combine("wd", fixedPart))
            ?? throw new FailureException(new Failure("UserError", "FileUploadMiscError", "The pattern of an output file lies outside the task's directory", ("FilePattern", pattern)));
        if (wild < 0)
        {
            // Without a wildcard the path is the blob's name, and a missing file is nothing to upload.
            return File.Exists(start) ? [(start, Blob(path.Length > 0 ? path : Path.GetFileName(start)))] : [];
        }

        Regex match = Expression(pattern[fixedPart.Length..]);
        return !Directory.Exists(start)
            ? []
            : [.. Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories)
                .Select(file => (file, name: Path.GetRelativePath(start, file).Replace('\\', '/')))
                .Where(item => match.IsMatch(item.name))
                .OrderBy(item => item.name, StringComparer.Ordinal)
                .Select(item => (item.file, Blob(path.Length > 0 ? $"{path}/{item.name}" : item.name)))];
    }

    private static Regex Expression(string pattern)
    {
        StringBuilder text = new("^");
        for (int index = 0; index < pattern.Length; index++)
        {
            string rest = pattern[index..];
            if (rest.StartsWith("**/", StringComparison.Ordinal))
            {
                text.Append("(?:.*/)?");
                index += 2;
            }
            else if (rest.StartsWith("**", StringComparison.Ordinal))
            {
                text.Append(".*");
                index++;
            }
            else if (rest[0] == '[' && rest.IndexOf(']', StringComparison.Ordinal) is > 1 and int close)
            {
                text.Append('[').Append(rest[1..close].Replace("\\", "\\\\", StringComparison.Ordinal).Replace('!', '^')).Append(']');
                index += close;
            }
            else
            {
                text.Append(rest[0] switch { '*' => "[^/]*", '?' => "[^/]", _ => Regex.Escape(rest[..1]) });
            }
        }

        return new Regex(text.Append('$').ToString(), RegexOptions.CultureInvariant);
    }
}

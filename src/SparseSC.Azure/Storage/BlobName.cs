using System.Collections.Frozen;
using System.Text;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Storage;

/// <summary>Which names of blobs can be names of files, on every system.</summary>
/// <remarks>
/// A name that comes from a container may have been chosen by anyone who can write there. One rule for all systems, so that what one
/// machine has received another can, too.
/// </remarks>
internal static class BlobName
{
    private const int Longest = 1024;

    // A file system allows 255 bytes, and the temporary name that a file is written under is longer than its name.
    private const int LongestPart = 200;

    private static readonly FrozenSet<string> Devices = new[]
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidInputException">The name cannot be a file's (<c>BlobNameInvalid</c>).</exception>
    public static void Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Fault(name) is { } fault)
        {
            throw new InvalidInputException("BlobNameInvalid", $"'{name}' cannot be used as the name of a blob: {fault}. Use a relative path with forward slashes.");
        }
    }

    /// <summary>Why the name is refused, or <c>null</c>.</summary>
    public static string? Fault(string name)
    {
        if (name.Length is 0 or > Longest)
        {
            return name.Length == 0 ? "it is empty" : $"it is longer than {Longest} characters";
        }

        foreach (char c in name)
        {
            if (char.IsControl(c))
            {
                return "it holds a control character";
            }

            if (c is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|')
            {
                return $"it holds '{c}'";
            }
        }

        return name[0] == '/' ? "it is an absolute path" : name.Split('/').Select(PartFault).FirstOrDefault(fault => fault is not null);
    }

    private static string? PartFault(string part) => part switch
    {
        "" => "a part of it is empty",
        "." or ".." => $"it holds the part '{part}'",
        _ when part[^1] is '.' or ' ' => $"the part '{part}' ends with a dot or space",
        _ when Encoding.UTF8.GetByteCount(part) > LongestPart => $"a part of it is longer than {LongestPart} bytes",
        _ when Devices.Contains(part.Split('.')[0].TrimEnd(' ')) => $"'{part}' is a device on Windows",
        _ => null,
    };
}

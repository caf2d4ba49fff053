using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace SparseSC.Plots.Report;

/// <summary>What a reader needs to get the same numbers again: command, version, settings, seeds and hashes.</summary>
internal static class RepeatSection
{
    /// <summary>Adds the section.</summary>
    /// <param name="page">The page.</param>
    /// <param name="options">Command, version and files.</param>
    /// <param name="settings">Settings by name, seeds among them.</param>
    public static void Add(HtmlPage page, ReportOptions options, IEnumerable<(string Name, string Value)> settings)
    {
        page.Section("repeat", "How to repeat it");
        if (options.Command is { } command)
        {
            page.Text("The command:");
            page.Code(command);
        }

        HtmlTable table = new("Versions, settings, seeds and hashes", "what", "value") { IsFixed = true };
        table.Add(null, "SparseSC", options.Version.Length > 0 ? options.Version : "unknown");
        table.Add(null, "runtime", RuntimeInformation.FrameworkDescription);
        foreach ((string name, string value) in settings)
        {
            table.Add(null, name, value);
        }

        foreach (ReportInput input in options.Inputs)
        {
            table.Add(null, $"SHA-256 of {input.Name}", input.Sha256);
        }

        page.Table(table);
    }

    /// <summary>
    /// SHA-256 of outcomes with their names: names of units and of times, each ended by a line feed, in UTF-8; then the outcomes unit
    /// after unit, as little-endian 64-bit floating-point numbers.
    /// </summary>
    public static string HashOf(IEnumerable<string> units, IEnumerable<string> times, double[,] outcomes)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in units.Concat(times))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
        }

        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (double outcome in outcomes)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, outcome);
            hash.AppendData(bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SparseSC.Core.Data;

/// <summary>The header of an NPY file: a magic string, a version, a length and a Python dictionary as text.</summary>
internal sealed partial record NpyHeader(string Descr, bool FortranOrder, long[] Shape)
{
    private const int MaximumLength = 1 << 20;

    /// <summary>The first six bytes of every NPY file.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header, leaving the stream at the first number.</summary>
    public static NpyHeader Read(Stream stream, Func<string, Exception> error)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start[..6].SequenceEqual(Magic))
        {
            throw error("not an NPY file.");
        }

        int version = start[6];
        if (version is < 1 or > 3)
        {
            throw error($"NPY version {version} is not known; versions 1 to 3 are read.");
        }

        Span<byte> size = stackalloc byte[version == 1 ? 2 : 4];
        bool complete = stream.ReadAtLeast(size, size.Length, throwOnEndOfStream: false) == size.Length;
        uint length = 0;
        for (int i = size.Length - 1; i >= 0; i--)
        {
            length = (length << 8) | size[i];
        }

        if (!complete || length > MaximumLength)
        {
            throw error("the NPY header is damaged.");
        }

        byte[] bytes = new byte[length];
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            ? Parse(Encoding.UTF8.GetString(bytes), error)
            : throw error("the NPY header is cut short.");
    }

    private static NpyHeader Parse(string text, Func<string, Exception> error)
    {
        Match order = Order().Match(text);
        Match shape = ShapeText().Match(text);
        Match descr = DescrText().Match(text);
        if (!order.Success || !shape.Success)
        {
            throw error("the NPY header is damaged.");
        }

        List<long> dimensions = [];
        foreach (string part in shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out long dimension))
            {
                throw error("the NPY header is damaged.");
            }

            dimensions.Add(dimension);
        }

        // Structured types have a list where simple ones have a string.
        return new NpyHeader(descr.Success ? descr.Groups[1].Value : "a structured type", order.Groups[1].Value == "True", [.. dimensions]);
    }

    [GeneratedRegex(@"['""]descr['""]\s*:\s*['""]([^'""]*)['""]")]
    private static partial Regex DescrText();

    [GeneratedRegex(@"['""]fortran_order['""]\s*:\s*(True|False)")]
    private static partial Regex Order();

    [GeneratedRegex(@"['""]shape['""]\s*:\s*\(([^)]*)\)")]
    private static partial Regex ShapeText();
}

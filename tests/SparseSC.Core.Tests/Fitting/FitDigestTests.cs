using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>
/// The bits of fits and of merged plans, as SHA-256 of their numbers in tests/data/digests.tsv. Comparisons with the reference leave room
/// for rounding; a change that only moves code must not use it. A change that means to give other bits writes the file again, by running
/// these tests with SPARSESC_WRITE_DIGESTS=1, and says so.
/// </summary>
public class FitDigestTests
{
    private static readonly string File = Path.Combine(RepositoryFiles.Root, "tests", "data", "digests.tsv");

    public static TheoryData<string> Cases => [.. ReferenceCase.Names("fit-").Except(["fit-retrospective-factor-lbfgsb"]), .. ReferenceCase.Names("batch-")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_bits_of_a_fit_stay_what_they_were(string name)
    {
        ReferenceCase reference = new(name);
        SyntheticControlFit fit = JointFit.Run(FitCase.Data(reference), FitCase.Options(reference));

        string digest = Digest(fit);
        if (Environment.GetEnvironmentVariable("SPARSESC_WRITE_DIGESTS") == "1")
        {
            Write(name, digest);
        }

        Assert.Equal(Read().GetValueOrDefault(name), digest);
    }

    private static string Digest(SyntheticControlFit fit)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, [fit.VPen, fit.WPen, fit.Score, fit.ScoreR2, fit.SelectedIndex ?? -1]);
        Add(hash, fit.V);
        Add(hash, fit.Scores);
        Add(hash, fit.ScoreStandardErrors);
        Add(hash, MemoryMarshal.CreateReadOnlySpan(ref fit.Predictions[0, 0], fit.Predictions.Length));
        Add(hash, fit.Weights is null ? [] : MemoryMarshal.CreateReadOnlySpan(ref fit.Weights[0, 0], fit.Weights.Length));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<double> values)
    {
        // A NaN has many bit patterns, and a zero two; which one a sum ends in says nothing about the sum.
        double[] plain = [.. values.ToArray().Select(value => double.IsNaN(value) ? double.NaN : value == 0 ? 0.0 : value)];
        hash.AppendData(MemoryMarshal.AsBytes(plain.AsSpan()));
    }

    private static Dictionary<string, string> Read() => System.IO.File.Exists(File)
        ? System.IO.File.ReadLines(File).Select(line => line.Split('\t')).ToDictionary(parts => parts[0], parts => parts[1])
        : [];

    private static void Write(string name, string digest)
    {
        Dictionary<string, string> all = Read();
        all[name] = digest;
        System.IO.File.WriteAllLines(
            File, all.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}\t{pair.Value}")));
    }
}

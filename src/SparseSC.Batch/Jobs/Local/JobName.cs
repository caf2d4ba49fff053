using System.Globalization;
using System.Security.Cryptography;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>Makes job ids that say what and when.</summary>
internal static class JobName
{
    private const int LongestStem = 64;

    /// <summary><c>name-yyyyMMddTHHmm-xxxx</c>, with the batch directory's name and the time in UTC.</summary>
    public static string Make(string batchDirectory)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(batchDirectory));
        string stem = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')).Trim('-');
        if (stem.Length == 0)
        {
            stem = "job";
        }

        string time = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmm", CultureInfo.InvariantCulture);
        return $"{stem[..Math.Min(stem.Length, LongestStem)]}-{time}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
    }
}

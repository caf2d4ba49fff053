using System.Text.RegularExpressions;

namespace SparseSC.PowerShell.Tests;

/// <summary>One <c>It</c> of a Pester file, found without running PowerShell.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Line">Line of the <c>It</c>, from 1.</param>
/// <param name="Name">Its text.</param>
internal sealed partial record PesterTest(string File, int Line, string Name)
{
    public static IEnumerable<PesterTest> Discover()
    {
        foreach (string path in Directory.EnumerateFiles(PesterRun.TestFolder, "*.Tests.ps1").Order(StringComparer.Ordinal))
        {
            string[] lines = System.IO.File.ReadAllLines(path);
            for (int i = 0; i < lines.Length; i++)
            {
                Match match = It().Match(lines[i]);
                if (match.Success)
                {
                    yield return new PesterTest(Path.GetFileName(path), i + 1, match.Groups[2].Value);
                }
            }
        }
    }

    [GeneratedRegex("""^\s*It\s+(['"])(.*?)\1""")]
    private static partial Regex It();
}

namespace SparseSC.Plots.Files;

/// <summary>Looks for programs on a PATH and where they are usually installed.</summary>
/// <param name="path">Folders, as the variable PATH lists them.</param>
/// <param name="looksElsewhere">Whether other places than these count.</param>
internal sealed class ProgramSearch(string path, bool looksElsewhere = true)
{
    private static readonly string[] WindowsRoots = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"];

    /// <summary>The programs there are, each by the first file of it.</summary>
    public IEnumerable<(PictureProgram Program, string File)> All()
    {
        foreach (PictureProgram program in PictureProgram.All)
        {
            if (Candidates(program).FirstOrDefault(IsProgram) is string file)
            {
                yield return (program, file);
            }
        }
    }

    private IEnumerable<string> Candidates(PictureProgram program)
    {
        // A script of Windows would take its arguments through a shell.
        string ending = OperatingSystem.IsWindows() ? ".exe" : "";
        IEnumerable<string> onPath = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => program.Names.Select(name => Path.Combine(folder, name + ending)));
        IEnumerable<string> elsewhere = !looksElsewhere ? []
            : OperatingSystem.IsWindows() ? WindowsRoots
                .Select(Environment.GetEnvironmentVariable)
                .OfType<string>()
                .SelectMany(root => program.Places.Where(place => !place.StartsWith('/')).Select(place => Path.Combine(root, place)))
            : program.Places.Where(place => place.StartsWith('/'));
        return onPath.Concat(elsewhere);
    }

    private static bool IsProgram(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}

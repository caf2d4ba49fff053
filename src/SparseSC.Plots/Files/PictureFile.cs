using System.Text;
using System.Xml.Linq;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Plots.Files;

/// <summary>Pictures as files: SVG as it is, PNG and PDF by a program of the machine that makes them of SVG.</summary>
public static class PictureFile
{
    /// <summary>How long a program may take.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly string[] Endings = [".svg", ".png", ".pdf"];

    /// <summary>Refuses a file whose name does not say which of the formats it is to have.</summary>
    /// <exception cref="InvalidInputException">It has another ending (<c>PictureFormat</c>).</exception>
    public static void CheckName(string path, string parameterName)
    {
        if (!Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            throw new InvalidInputException(
                "PictureFormat", $"{{{parameterName}}} '{path}' must end in .svg, .png or .pdf, which says what is written.", parameterName);
        }
    }

    /// <summary>Whether a file of this name has colours of its own: a light or dark reader changes none of them.</summary>
    public static bool IsFixed(string path) => !Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes a picture in the format that the name ends in, all or nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="svg">The picture.</param>
    /// <param name="cancellationToken">Ends the program that converts it.</param>
    /// <exception cref="InvalidInputException">There is no program that converts SVG (<c>PictureProgramMissing</c>).</exception>
    /// <exception cref="SparseSCException">None of the programs there are has made the file (<c>PictureProgramFailed</c>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Write(string path, string svg, CancellationToken cancellationToken = default) =>
        Write(path, svg, new ProgramSearch(Environment.GetEnvironmentVariable("PATH") ?? ""), Limit, cancellationToken);

    /// <summary>The same by programs found elsewhere.</summary>
    internal static void Write(string path, string svg, ProgramSearch search, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (!IsFixed(path))
        {
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(svg + "\n")));
            return;
        }

        (PictureProgram Program, string File)[] found = [.. search.All()];
        if (found.Length == 0)
        {
            throw new InvalidInputException(
                "PictureProgramMissing",
                $"{{Path}} '{path}' needs a program that makes {Path.GetExtension(path)[1..].ToUpperInvariant()} of SVG. There is none of "
                    + $"{string.Join(", ", PictureProgram.All.SelectMany(program => program.Names))} on PATH or where they are usually installed. "
                    + "Install one (on Debian and Ubuntu: apt-get install librsvg2-bin), or give a name that ends in .svg.",
                "Path");
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("sparsesc-");
        try
        {
            Convert(path, svg, found, folder.FullName, limit, cancellationToken);
        }
        finally
        {
            Remove(folder);
        }
    }

    private static void Convert(
        string path, string svg, (PictureProgram Program, string File)[] found, string folder, TimeSpan limit, CancellationToken cancellationToken)
    {
        string[] box = XElement.Parse(svg).Attribute("viewBox")!.Value.Split(' ');
        PictureJob job = new(
            Path.Combine(folder, "picture.svg"),
            Path.Combine(folder, "picture.html"),
            Path.Combine(folder, $"out{Path.GetExtension(path).ToLowerInvariant()}"),
            int.Parse(box[2], System.Globalization.CultureInfo.InvariantCulture),
            int.Parse(box[3], System.Globalization.CultureInfo.InvariantCulture),
            Path.Combine(folder, "profile"));
        File.WriteAllText(job.Svg, svg);
        File.WriteAllText(job.Html, job.Page(svg));
        List<string> faults = [];
        foreach ((PictureProgram program, string file) in found)
        {
            if (ProgramRun.Of(file, program.Arguments(job), folder, limit, cancellationToken) is string fault)
            {
                faults.Add($"{file} {fault}");
            }
            else if (new FileInfo(job.Output) is not { Exists: true, Length: > 0 })
            {
                faults.Add($"{file} wrote nothing");
            }
            else
            {
                AtomicFile.Write(path, stream =>
                {
                    using FileStream made = File.OpenRead(job.Output);
                    made.CopyTo(stream);
                });
                return;
            }
        }

        throw new SparseSCException(
            "PictureProgramFailed",
            $"'{path}' could not be made of SVG: {string.Join("; ", faults)}. Install another of "
                + $"{string.Join(", ", PictureProgram.All.SelectMany(program => program.Names))}, or give a name that ends in .svg.");
    }

    // A browser may still be writing into its profile when it has been ended.
    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // The system removes what lies in its folder for temporary files.
        }
        catch (UnauthorizedAccessException)
        {
            // Likewise.
        }
    }
}

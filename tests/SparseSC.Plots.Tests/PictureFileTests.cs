using SparseSC.Core.Errors;
using SparseSC.Plots.Files;

namespace SparseSC.Plots.Tests;

/// <summary>PNG and PDF by programs of the machine; here by stand-ins, which write down what they are told.</summary>
public sealed class PictureFileTests : IDisposable
{
    private const string Svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 420\" width=\"760\" height=\"420\"><title>a &amp; b</title></svg>";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("picture file's tests ");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Svg_needs_no_program()
    {
        PictureFile.Write(At("a.SVG"), Svg, Search(), Limit, default);
        Assert.Equal(Svg + "\n", File.ReadAllText(At("a.SVG")));
    }

    [Fact]
    public void Without_a_program_the_error_names_those_looked_for_and_the_way_out()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => PictureFile.Write(At("a.png"), Svg, Search(), Limit, default));
        Assert.Equal("PictureProgramMissing", error.ErrorId);
        Assert.All(
            (string[])["PNG", "rsvg-convert", "inkscape", "msedge", "google-chrome", "chromium", "apt-get install librsvg2-bin", ".svg"],
            word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        Assert.False(File.Exists(At("a.png")));
        Assert.Equal("PictureFormat", Assert.Throws<InvalidInputException>(() => PictureFile.CheckName("a.gif", "Path")).ErrorId);
    }

    [Theory]
    [InlineData("rsvg-convert", "png", "--format=png|--zoom=2|--output=*|*picture.svg")]
    [InlineData("rsvg-convert", "pdf", "--format=pdf|--output=*|*picture.svg")]
    [InlineData("inkscape", "png", "--export-type=png|--export-filename=*|--export-width=1520|*picture.svg")]
    [InlineData("google-chrome", "png", "--force-device-scale-factor=2|--window-size=760,420|--screenshot=*|file:///*picture.html")]
    [InlineData("chromium", "pdf", "--no-pdf-header-footer|--print-to-pdf=*|file:///*picture.html")]
    public void A_program_is_told_what_to_make_and_from_what(string program, string format, string expected)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // The last argument that names a file with the wanted ending is where it goes.
        Stand(program, "for a in \"$@\"; do printf '%s\\n' \"$a\" >> \"$0.told\"; case \"$a\" in *=*out.*) printf made > \"${a#*=}\";; esac; done");
        PictureFile.Write(At($"it's.{format}"), Svg, Search(), Limit, default);

        Assert.Equal("made", File.ReadAllText(At($"it's.{format}")));
        string[] told = File.ReadAllLines(At($"{program}.told"));
        string[] patterns = expected.Split('|');
        Assert.All(
            patterns.Zip(told[^patterns.Length..]),
            pair => Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(pair.First).Replace("\\*", ".*", StringComparison.Ordinal)}$", pair.Second));
    }

    [Fact]
    public void Where_one_program_fails_the_next_is_tried_and_all_are_named_when_none_is_left()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.WriteAllText(At("a.png"), "old");
        Stand("rsvg-convert", "echo no fonts >&2; exit 3");
        Stand("inkscape", "exit 0");
        SparseSCException error = Assert.Throws<SparseSCException>(() => PictureFile.Write(At("a.png"), Svg, Search(), Limit, default));
        Assert.Equal("PictureProgramFailed", error.ErrorId);
        Assert.Contains("rsvg-convert ended with exit code 3 (no fonts)", error.Message, StringComparison.Ordinal);
        Assert.Contains("inkscape wrote nothing", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(At("a.png")));

        Stand("chromium", "for a in \"$@\"; do case \"$a\" in --screenshot=*) printf made > \"${a#*=}\";; esac; done");
        PictureFile.Write(At("a.png"), Svg, Search(), Limit, default);
        Assert.Equal("made", File.ReadAllText(At("a.png")));
    }

    [Fact]
    public void A_program_that_hangs_is_ended()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Stand("rsvg-convert", "sleep 1000");
        SparseSCException error = Assert.Throws<SparseSCException>(() =>
            PictureFile.Write(At("a.png"), Svg, Search(), TimeSpan.FromSeconds(1), default));
        Assert.Contains("was ended after 1 s", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(At("a.png")));
    }

    [Fact]
    public void A_cancelled_picture_is_none()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using CancellationTokenSource stop = new();
        stop.Cancel();
        Stand("rsvg-convert", "sleep 1000");
        Assert.ThrowsAny<OperationCanceledException>(() => PictureFile.Write(At("a.png"), Svg, Search(), Limit, stop.Token));
        Assert.False(File.Exists(At("a.png")));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private ProgramSearch Search() => new($"{Path.Combine(_folder.FullName, "none")}{Path.PathSeparator}{_folder.FullName}", looksElsewhere: false);

    private void Stand(string name, string script)
    {
        File.WriteAllText(At(name), $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

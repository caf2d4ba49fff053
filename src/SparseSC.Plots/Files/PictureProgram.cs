using System.Globalization;

namespace SparseSC.Plots.Files;

/// <summary>A program that makes PNG and PDF of SVG.</summary>
/// <param name="Names">What its file may be called.</param>
/// <param name="Arguments">What it is told.</param>
/// <param name="Places">Where else than on PATH it is found, on Windows below the folders of programs and on macOS as written.</param>
internal sealed record PictureProgram(string[] Names, Func<PictureJob, string[]> Arguments, string[] Places)
{
    /// <summary>The programs, those first that take the least time and read SVG alone.</summary>
    public static readonly IReadOnlyList<PictureProgram> All =
    [
        new(["rsvg-convert"], Librsvg, []),
        new(["inkscape"], Inkscape, [@"Inkscape\bin\inkscape.exe", "/Applications/Inkscape.app/Contents/MacOS/inkscape"]),
        new(["msedge", "microsoft-edge"], Browser, [@"Microsoft\Edge\Application\msedge.exe", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"]),
        new(["chrome", "google-chrome"], Browser, [@"Google\Chrome\Application\chrome.exe", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]),
        new(["chromium", "chromium-browser"], Browser, [@"Chromium\Application\chrome.exe", "/Applications/Chromium.app/Contents/MacOS/Chromium"]),
    ];

    private static string[] Librsvg(PictureJob job) =>
    [
        $"--format={(job.IsPdf ? "pdf" : "png")}",
        .. job.IsPdf ? (string[])[] : [$"--zoom={PictureJob.Sharpness}"],
        $"--output={job.Output}",
        job.Svg,
    ];

    private static string[] Inkscape(PictureJob job) =>
    [
        $"--export-type={(job.IsPdf ? "pdf" : "png")}",
        $"--export-filename={job.Output}",
        .. job.IsPdf ? (string[])[] : [$"--export-width={Text(PictureJob.Sharpness * job.Width)}"],
        job.Svg,
    ];

    private static string[] Browser(PictureJob job) =>
    [
        "--headless",
        "--disable-gpu",
        "--disable-extensions",
        "--no-first-run",
        "--hide-scrollbars",
        $"--user-data-dir={job.Profile}",

        // As root a browser starts only like this; what it shows is the picture alone.
        .. OperatingSystem.IsLinux() && Environment.UserName == "root" ? (string[])["--no-sandbox"] : [],
        .. job.IsPdf
            ? (string[])["--no-pdf-header-footer", $"--print-to-pdf={job.Output}"]
            :
            [
                $"--force-device-scale-factor={PictureJob.Sharpness}",
                $"--window-size={Text(job.Width)},{Text(job.Height)}",
                $"--screenshot={job.Output}",
            ],
        new Uri(job.Html).AbsoluteUri,
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

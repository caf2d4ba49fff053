using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace SparseSC.Plots.Drawing;

/// <summary>Lines that follow each other in one look become one path, in tenths of a pixel from point to point.</summary>
/// <remarks>Thousands of lines of placebos are then a third of the text, and one element for a browser to draw.</remarks>
internal static class SvgPaths
{
    public static void Merge(XElement root)
    {
        foreach (XElement parent in root.DescendantsAndSelf().Where(element => element.HasElements).ToArray())
        {
            List<XElement> run = [];
            foreach (XElement element in parent.Elements().ToArray())
            {
                bool isLine = element.Name.LocalName == "polyline";
                if (run.Count > 0 && (!isLine || Look(element) != Look(run[0])))
                {
                    Replace(run);
                }

                if (isLine)
                {
                    run.Add(element);
                }
            }

            Replace(run);
        }
    }

    private static string Look(XElement line) => $"{line.Attribute("style")?.Value}|{line.Attribute("clip-path")?.Value}";

    private static void Replace(List<XElement> run)
    {
        if (run.Count > 0)
        {
            StringBuilder data = new();
            foreach (XElement line in run)
            {
                Append(data, line.Attribute("points")?.Value ?? "");
            }

            XElement path = new(run[0].Name.Namespace + "path", new XAttribute("d", data.ToString()), run[0].Attribute("style"), run[0].Attribute("clip-path"));
            run[0].AddBeforeSelf(path);
            run.ForEach(line => line.Remove());
        }

        run.Clear();
    }

    private static void Append(StringBuilder data, string points)
    {
        double[] numbers = [.. points.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        long lastX = 0;
        long lastY = 0;
        for (int i = 0; i + 1 < numbers.Length; i += 2)
        {
            long x = (long)Math.Round(10 * numbers[i]);
            long y = (long)Math.Round(10 * numbers[i + 1]);
            data.Append(i == 0 ? 'M' : 'l').Append(Tenths(x - lastX)).Append(' ').Append(Tenths(y - lastY));
            (lastX, lastY) = (x, y);
        }
    }

    private static string Tenths(long value) => (value / 10.0).ToString("0.#", CultureInfo.InvariantCulture);
}

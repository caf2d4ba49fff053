using SparseSC.HelpBuilder;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: SparseSC.HelpBuilder <docs folder> <output file>");
    return 2;
}

List<(CmdletDescription Cmdlet, MarkdownPage Page)> help = [];
foreach (CmdletDescription cmdlet in CmdletDescription.All())
{
    string path = Path.Combine(args[0], $"{cmdlet.Name}.md");
    if (!File.Exists(path))
    {
        Console.Error.WriteLine($"{path}: error HELP001: cmdlet {cmdlet.Name} has no page.");
        return 1;
    }

    MarkdownPage page = MarkdownPage.Read(path);
    string[] undocumented = [.. cmdlet.Parameters.Select(parameter => parameter.Name).Except(page.Parameters.Keys)];
    string[] unknown = [.. page.Parameters.Keys.Except(cmdlet.Parameters.Select(parameter => parameter.Name))];
    if (undocumented.Length + unknown.Length > 0)
    {
        Console.Error.WriteLine(
            $"{path}: error HELP002: parameters without a section: [{string.Join(", ", undocumented)}]; sections without a parameter: [{string.Join(", ", unknown)}].");
        return 1;
    }

    help.Add((cmdlet, page));
}

MamlWriter.Write(args[1], help);
string folder = Path.GetDirectoryName(Path.GetFullPath(args[1]))!;
foreach (string page in Directory.EnumerateFiles(Path.Combine(args[0], "about"), "about_*.md"))
{
    WriteTopic(Path.GetFileNameWithoutExtension(page), File.ReadAllText(page));
}

string errors = ErrorPage.Make(Path.GetDirectoryName(Path.GetFullPath(args[0].TrimEnd('/', '\\')))!);
WriteTopic(
    "about_SparseSC_Errors",
    errors.Replace("# Errors\n", "# about_SparseSC_Errors\n\nEvery error id, with its cause and the way out.\n\n## Ids\n", StringComparison.Ordinal));
return 0;

void WriteTopic(string name, string markdown) => File.WriteAllText(Path.Combine(folder, $"{name}.help.txt"), AboutTopic.Of(markdown));

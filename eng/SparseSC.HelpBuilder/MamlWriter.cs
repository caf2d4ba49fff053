using System.Globalization;
using System.Xml.Linq;

namespace SparseSC.HelpBuilder;

/// <summary>Writes the XML that Get-Help reads.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static void Write(string path, IEnumerable<(CmdletDescription Cmdlet, MarkdownPage Page)> help)
    {
        XElement root = new(
            Msh + "helpItems",
            new XAttribute("schema", "maml"),
            help.Select(item => CommandElement(item.Cmdlet, item.Page)));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        new XDocument(new XDeclaration("1.0", "utf-8", null), root).Save(path);
    }

    private static XElement CommandElement(CmdletDescription cmdlet, MarkdownPage page)
    {
        string[] name = cmdlet.Name.Split('-');
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                new XElement(Command + "verb", name[0]),
                new XElement(Command + "noun", name[1]),
                Paragraphs(Maml + "description", [page.Synopsis])),
            Paragraphs(Maml + "description", page.Description),
            new XElement(Command + "syntax", cmdlet.SetNames().Select(set => SyntaxItem(cmdlet, set))),
            new XElement(Command + "parameters", cmdlet.Parameters.Select(parameter => Parameter(parameter, page, parameter.Sets.Values.First()))),
            new XElement(Command + "inputTypes", TypeElement(Command + "inputType", page.Inputs)),
            new XElement(Command + "returnValues", TypeElement(Command + "returnValue", page.Outputs)),
            new XElement(Maml + "alertSet", Paragraphs(Maml + "alert", page.Notes)),
            new XElement(Command + "examples", page.Examples.Select(Example)));
    }

    private static XElement SyntaxItem(CmdletDescription cmdlet, string? set)
    {
        XElement item = new(Command + "syntaxItem", new XElement(Maml + "name", cmdlet.Name));
        foreach (ParameterDescription parameter in cmdlet.Parameters.OrderBy(parameter => parameter.In(set)?.Position ?? int.MaxValue))
        {
            if (parameter.In(set) is { IsHidden: false } use)
            {
                item.Add(Parameter(parameter, null, use));
            }
        }

        if (cmdlet.SupportsShouldProcess)
        {
            item.Add(CommonSwitch("WhatIf"), CommonSwitch("Confirm"));
        }

        return item;
    }

    private static XElement Parameter(ParameterDescription parameter, MarkdownPage? page, ParameterUse use)
    {
        XElement element = new(
            Command + "parameter",
            new XAttribute("required", use.IsMandatory ? "true" : "false"),
            new XAttribute("globbing", parameter.AcceptsWildcards ? "true" : "false"),
            new XAttribute("pipelineInput", use.PipelineText),
            new XAttribute("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Length == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name));
        if (page is not null)
        {
            string[] values = parameter.Values.Length == 0 ? [] : [$"Possible values: {string.Join(", ", parameter.Values)}."];
            element.Add(Paragraphs(Maml + "description", [.. page.Parameters[parameter.Name], .. values]));
        }

        if (!parameter.IsSwitch)
        {
            element.Add(new XElement(Command + "parameterValue", new XAttribute("required", "true"), parameter.TypeText));
        }

        element.Add(new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeText)));
        return element;
    }

    private static XElement CommonSwitch(string name) => new(
        Command + "parameter",
        new XAttribute("required", "false"),
        new XAttribute("pipelineInput", "false"),
        new XAttribute("position", "named"),
        new XElement(Maml + "name", name));

    private static XElement Example(PageExample example) => new(
        Command + "example",
        new XElement(Maml + "title", example.Title),
        new XElement(Dev + "code", example.Code),
        Paragraphs(Dev + "remarks", example.Remarks));

    private static XElement[] TypeElement(XName name, IReadOnlyList<string> paragraphs) => paragraphs.Count == 0
        ? []
        : [new XElement(name, new XElement(Dev + "type", new XElement(Maml + "name", paragraphs[0])), Paragraphs(Maml + "description", [.. paragraphs.Skip(1)]))];

    private static XElement Paragraphs(XName name, IReadOnlyList<string> paragraphs) =>
        new(name, paragraphs.Select(paragraph => new XElement(Maml + "para", paragraph)));
}

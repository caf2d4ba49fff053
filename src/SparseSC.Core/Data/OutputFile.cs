using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Refuses files that cannot be written, before the work instead of after it.</summary>
public static class OutputFile
{
    /// <summary>Refuses a file that cannot be written.</summary>
    /// <param name="path">The file; <c>null</c> for none.</param>
    /// <param name="parameterName">The option it was given by.</param>
    /// <exception cref="InvalidInputException">The path is blank or a folder, or its folder is missing (<c>OutputNotWritable</c>).</exception>
    public static void Require(string? path, string parameterName)
    {
        if (path is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InvalidInputException("OutputNotWritable", $"{{{parameterName}}} is blank; a file name is needed.", parameterName);
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        if (Directory.Exists(path))
        {
            throw new InvalidInputException(
                "OutputNotWritable", $"{{{parameterName}}} {path} is a folder; the name of a file is needed.", parameterName);
        }

        if (!Directory.Exists(folder))
        {
            throw new InvalidInputException(
                "OutputNotWritable",
                $"{{{parameterName}}} {path} cannot be written: the folder '{folder}' does not exist. Make it, or give another.",
                parameterName);
        }
    }
}

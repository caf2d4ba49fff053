using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Opens input files with errors a user can act on.</summary>
internal static class InputFile
{
    /// <summary>Opens <paramref name="path"/> for sequential reading.</summary>
    /// <exception cref="InvalidInputException">The file is missing, a folder, or not readable.</exception>
    public static FileStream OpenRead(string path, string? parameterName)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InvalidInputException("FileNotFound", "A file name is empty.", parameterName);
        }

        if (Directory.Exists(path))
        {
            throw new InvalidInputException("FileNotReadable", $"'{path}' is a folder; a file is needed.", parameterName);
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidInputException("FileNotFound", $"File '{path}' does not exist.", parameterName, error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new InvalidInputException("FileNotReadable", $"File '{path}' cannot be read: {error.Message}", parameterName, error);
        }
    }
}

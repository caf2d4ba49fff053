using System.Buffers.Binary;
using SparseSC.Batch.Jobs.Local;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>The file that machines run: the command line <c>sparsesc</c> for linux-x64, whatever the system it is sent from.</summary>
internal static class WorkerFile
{
    /// <summary>The folder of the platform that machines have.</summary>
    public const string Platform = "linux-x64";

    private const int HeaderLength = 20;
    private const byte Class64 = 2;
    private const byte LittleEndian = 1;
    private const ushort MachineX64 = 62;

    /// <summary>Full path of the worker that would be sent, whether it exists or not; <c>null</c> when there is no place for one.</summary>
    public static string? PathOf(AzureBatchConfig config, WorkerHome home)
    {
        if (!string.IsNullOrWhiteSpace(config.WorkerPath))
        {
            return Path.GetFullPath(config.WorkerPath);
        }

        return home.ExecutablesDirectory is null ? null : Path.Combine(home.ExecutablesDirectory, Platform, "sparsesc");
    }

    /// <summary>Why the file cannot be a worker; <c>null</c> when it can.</summary>
    /// <remarks>A script with an interpreter line passes too: it may be a wrapper around the worker.</remarks>
    public static string? Refusal(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            Span<byte> header = stackalloc byte[HeaderLength];
            int length = stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false);
            return Refusal(header[..length]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {error.Message}";
        }
    }

    private static string? Refusal(ReadOnlySpan<byte> header)
    {
        if (header.StartsWith("#!"u8))
        {
            return null;
        }

        if (header.StartsWith("MZ"u8))
        {
            return "is a file for Windows or .NET and not an executable for Linux";
        }

        // The layout of an ELF header: magic, class, byte order, …, and the machine at byte 18.
        bool isElf = header.Length == HeaderLength && header.StartsWith("\u007fELF"u8);
        if (!isElf)
        {
            return "is not an executable for Linux";
        }

        return header[4] == Class64 && header[5] == LittleEndian && BinaryPrimitives.ReadUInt16LittleEndian(header[18..]) == MachineX64
            ? null
            : "is an executable for another processor than x64";
    }
}

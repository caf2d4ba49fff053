using System.Text.Json;

namespace SparseSC.Core.Models;

/// <summary>A part of a file is missing, or is not what belongs there; the message says which, in words that continue a sentence.</summary>
internal sealed class JsonFieldException(string message, Exception? inner = null) : FormatException(message, inner);

/// <summary>Why a file of ours cannot be read, in words for those who have the file and not the source.</summary>
public static class JsonFault
{
    /// <summary>What is wrong, such as <c>it is no complete JSON, which ends or breaks at line 3, byte 12</c> or <c>'vPen' is missing</c>.</summary>
    /// <param name="error">What reading the file threw.</param>
    public static string Reason(Exception error) => error switch
    {
        JsonException { LineNumber: long line, BytePositionInLine: long position } =>
            $"it is no complete JSON, which ends or breaks at line {line + 1}, byte {position + 1}",
        JsonException => "it is no complete JSON",
        JsonFieldException field => field.Message,
        KeyNotFoundException => "a part of it is missing",
        _ => "a value in it is not of the kind that belongs there",
    };
}

using System.Text;

namespace SparseSC.Core.Data;

/// <summary>Reads UTF-16 text, as spreadsheets write it, as UTF-8.</summary>
internal static class Utf16Stream
{
    private const int LongestCheck = 4;

    /// <summary>The encoding of a text that begins so; <c>null</c> when it is not UTF-16.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="markLength">How many of them are a byte order mark.</param>
    public static Encoding? Detect(ReadOnlySpan<byte> head, out int markLength)
    {
        markLength = 2;
        if (head.StartsWith<byte>([0xFF, 0xFE]))
        {
            return Encoding.Unicode;
        }

        if (head.StartsWith<byte>([0xFE, 0xFF]))
        {
            return Encoding.BigEndianUnicode;
        }

        // Without a mark every other byte of Latin letters is zero, which no text of another encoding has.
        markLength = 0;
        return head.Length < LongestCheck ? null
            : head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0 ? Encoding.Unicode
            : head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0 ? Encoding.BigEndianUnicode
            : null;
    }

    /// <summary>The text from <paramref name="head"/> on as UTF-8.</summary>
    /// <param name="head">What has been read of it.</param>
    /// <param name="rest">What has not; disposed with the stream that is returned.</param>
    /// <param name="encoding">How it is encoded.</param>
    public static Stream AsUtf8(ReadOnlySpan<byte> head, Stream rest, Encoding encoding) =>
        Encoding.CreateTranscodingStream(new Joined(head.ToArray(), rest), encoding, new UTF8Encoding(false));

    /// <summary>Bytes that were read before, and then a stream.</summary>
    private sealed class Joined(byte[] head, Stream rest) : Stream
    {
        private int _next;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_next == head.Length)
            {
                return rest.Read(buffer, offset, count);
            }

            int taken = Math.Min(count, head.Length - _next);
            Array.Copy(head, _next, buffer, offset, taken);
            _next += taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                rest.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

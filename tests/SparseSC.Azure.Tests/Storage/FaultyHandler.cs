namespace SparseSC.Azure.Tests.Storage;

/// <summary>A connection on which things happen.</summary>
internal sealed class FaultyHandler : DelegatingHandler
{
    public FaultyHandler()
        : base(new SocketsHttpHandler())
    {
    }

    /// <summary>What happens once a request was answered, before the answer is given on.</summary>
    public Func<HttpRequestMessage, Task>? Answered { get; init; }

    /// <summary>What happens to the bytes of an answer: given how many came before.</summary>
    public Action<long, Memory<byte>>? Reading { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (Answered is not null)
        {
            await Answered(request);
        }

        if (Reading is not null && request.Method == HttpMethod.Get)
        {
            StreamContent content = new(new WatchedStream(await response.Content.ReadAsStreamAsync(cancellationToken), Reading));
            foreach (KeyValuePair<string, IEnumerable<string>> header in response.Content.Headers)
            {
                content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            response.Content = content;
        }

        return response;
    }

    private sealed class WatchedStream(Stream inner, Action<long, Memory<byte>> reading) : Stream
    {
        private long _done;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await inner.ReadAsync(buffer, cancellationToken);
            reading(_done, buffer[..read]);
            _done += read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

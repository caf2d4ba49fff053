using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SparseSC.Azure.Tests.Wire;

/// <summary>An HTTP server on loopback that shows requests byte by byte as they were sent, and can fail as networks do.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<WireRequest, Task<WireReply>> _answer;
    private readonly Task _accepting;

    public LoopbackServer(Func<WireRequest, WireReply> answer)
        : this(request => Task.FromResult(answer(request)))
    {
    }

    public LoopbackServer(Func<WireRequest, Task<WireReply>> answer)
    {
        _answer = answer;
        _listener.Start();
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Endpoint { get; }

    public ConcurrentQueue<WireRequest> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        // Stopping first would race with the next accept, which a listener that has stopped does not take.
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient connection = client;
        try
        {
            BufferedStream stream = new(connection.GetStream(), 65_536);
            while (await ReadAsync(stream) is { } request)
            {
                Requests.Enqueue(request);
                WireReply reply = await _answer(request);
                if (reply == WireReply.Lost)
                {
                    return;
                }

                await connection.GetStream().WriteAsync(reply.ToBytes(withBody: request.Method != "HEAD"), _stop.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The client went away, or the test is over.
        }
    }

    private async Task<WireRequest?> ReadAsync(Stream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (!head.EndsWith("\r\n\r\n"u8))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        string[] lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        KeyValuePair<string, string>[] headers =
            [.. lines.Skip(1).Select(line => line.Split(':', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1].Trim()))];
        string[] request = lines[0].Split(' ');
        string? length = headers.FirstOrDefault(header => header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)).Value;
        byte[] body = new byte[length is null ? 0 : int.Parse(length)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new WireRequest(request[0], request[1], headers, body);
    }
}

internal static class ByteListExtensions
{
    public static bool EndsWith(this List<byte> list, ReadOnlySpan<byte> end) =>
        list.Count >= end.Length && System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list)[^end.Length..].SequenceEqual(end);
}

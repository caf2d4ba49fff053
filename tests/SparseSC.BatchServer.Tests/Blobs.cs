using System.Collections.Concurrent;
using System.Net;

namespace SparseSC.BatchServer.Tests;

/// <summary>A place on loopback that blobs can be got from and put to, when the signature is right.</summary>
internal sealed class Blobs : IDisposable
{
    private readonly HttpListener _listener = new();

    public Blobs()
    {
        for (int port = Random.Shared.Next(20000, 60000); !_listener.IsListening; port++)
        {
            try
            {
                Url = $"http://127.0.0.1:{port}/";
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add(Url);
                _listener.Start();
            }
            catch (HttpListenerException)
            {
                // Somebody else has the port.
            }
        }

        _ = ServeAsync();
    }

    public string Url { get; private set; } = "";

    /// <summary>Contents by path.</summary>
    public ConcurrentDictionary<string, string> Contents { get; } = new();

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                await AnswerAsync(context);
                context.Response.Close();
            }
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
        {
            // Closed by Dispose.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        string path = context.Request.Url!.AbsolutePath;
        if (context.Request.QueryString["sig"] != "good")
        {
            context.Response.StatusCode = 403;
        }
        else if (context.Request.HttpMethod == "PUT" && context.Request.Headers["x-ms-blob-type"] == "BlockBlob")
        {
            Contents[path] = await new StreamReader(context.Request.InputStream).ReadToEndAsync();
            context.Response.StatusCode = 201;
        }
        else if (Contents.TryGetValue(path, out string? content))
        {
            await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(content));
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Xml.Linq;

namespace SparseSC.BatchServer.Tests;

/// <summary>A place on loopback that blobs can be got from and put to, when the signature is right, or with a token.</summary>
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

    public static Blobs Open() => new();

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
        string path = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath);
        bool identity = context.Request.Headers["Authorization"]?.StartsWith("Bearer ", StringComparison.Ordinal) ?? false;
        if (context.Request.QueryString["sig"] != "good" && !identity)
        {
            context.Response.StatusCode = 403;
        }
        else if (context.Request.HttpMethod == "PUT" && context.Request.Headers["x-ms-blob-type"] == "BlockBlob")
        {
            Contents[path] = await new StreamReader(context.Request.InputStream).ReadToEndAsync();
            context.Response.StatusCode = 201;
        }
        else if (context.Request.QueryString["comp"] == "list")
        {
            await ListAsync(context, path + "/");
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

    // Two names a page; a container is there when it has blobs.
    private async Task ListAsync(HttpListenerContext context, string folder)
    {
        System.Collections.Specialized.NameValueCollection query = context.Request.QueryString;
        bool Starts(string text, string start) => text.StartsWith(start, StringComparison.Ordinal);
        string[] all = [.. Contents.Keys.Where(key => Starts(key, folder)).Select(key => key[folder.Length..]).Order(StringComparer.Ordinal)];
        context.Response.StatusCode = all.Length == 0 ? 404 : 200;
        string[] names = [.. all.Where(name => Starts(name, query["prefix"] ?? "") && string.CompareOrdinal(name, query["marker"] ?? "") > 0)];
        XElement page = new("EnumerationResults",
            new XElement("Blobs", names.Take(2).Select(name => new XElement("Blob", new XElement("Name", name)))),
            new XElement("NextMarker", names.Length > 2 ? names[1] : ""));
        await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(page.ToString()));
    }
}

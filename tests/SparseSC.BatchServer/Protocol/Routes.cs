using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Protocol;

/// <summary>Maps addresses to what answers them.</summary>
internal sealed class Routes(WebApplication application, RequestPipeline pipeline)
{
    /// <param name="method">The verb.</param>
    /// <param name="pattern">The address, with names in braces.</param>
    /// <param name="handler">What answers it.</param>
    /// <param name="body">What the request's body must look like; null when there is none.</param>
    public void Map(string method, string pattern, Func<Call, Reply> handler, BodySchema? body = null) =>
        application.MapMethods(pattern, [method], (HttpContext http) => pipeline.HandleAsync(http, handler, body));

    public void Get(string pattern, Func<Call, Reply> handler) => Map("GET", pattern, handler);

    public void Post(string pattern, Func<Call, Reply> handler, BodySchema? body = null) => Map("POST", pattern, handler, body);

    public void Delete(string pattern, Func<Call, Reply> handler) => Map("DELETE", pattern, handler);
}

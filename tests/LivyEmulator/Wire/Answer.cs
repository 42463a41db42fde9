using System.Text.Json.Nodes;

namespace FunctionTune.LivyEmulator.Wire;

/// <summary>Answers of endpoints.</summary>
internal static class Answer
{
    /// <summary>Answers with an error, as Livy words it.</summary>
    public static Task WriteErrorAsync(HttpContext context, int status, string message) =>
        WriteAsync(context, status, new JsonObject { ["msg"] = message });

    /// <summary>Answers with a page for people.</summary>
    public static Task WritePageAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html;charset=iso-8859-1";
        return context.Response.WriteAsync(
            $"<html><head><title>Error {status} {reason}</title></head><body><h2>HTTP ERROR {status}</h2>"
                + $"<p>Problem accessing {context.Request.Path}. Reason:<pre>    {reason}</pre></p></body></html>",
            context.RequestAborted
        );
    }

    public static async Task WriteAsync(HttpContext context, int status, JsonNode json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
    }

    /// <summary>Turns what endpoints throw to answers.</summary>
    public static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (LivyException fault)
        {
            await WriteErrorAsync(context, fault.Status, fault.Message);
        }
    }
}

using System.Text.Json.Nodes;

namespace FunctionTune.DatabricksEmulator.Wire;

/// <summary>Answers of endpoints.</summary>
internal static class Answer
{
    /// <summary>An endpoint that answers with JSON.</summary>
    public static RequestDelegate With(Func<HttpContext, Task<JsonNode>> answer) =>
        async context => await WriteAsync(context, 200, await answer(context));

    /// <summary>An endpoint that answers with JSON at once.</summary>
    public static RequestDelegate With(Func<HttpContext, JsonNode> answer) =>
        context => WriteAsync(context, 200, answer(context));

    /// <summary>Answers with an error, as Databricks words it.</summary>
    public static Task WriteErrorAsync(HttpContext context, int status, JsonNode code, string message) =>
        WriteAsync(context, status, new JsonObject { ["error_code"] = code, ["message"] = message });

    /// <summary>Turns what endpoints throw to answers.</summary>
    public static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: 404, ContentType: null, ContentLength: null })
            {
                string call = $"{context.Request.Method} {context.Request.Path}";
                await WriteErrorAsync(context, 404, "ENDPOINT_NOT_FOUND", $"No API found for '{call}'");
            }
        }
        catch (ApiException fault)
        {
            await WriteErrorAsync(context, fault.Status, fault.Code, fault.Message);
        }
    }

    private static async Task WriteAsync(HttpContext context, int status, JsonNode json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
    }
}

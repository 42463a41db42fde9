using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.LivyEmulator.Batches;
using FunctionTune.StandIns.Web;

namespace FunctionTune.LivyEmulator.Wire;

/// <summary>The batches API of Livy.</summary>
/// <param name="book">The batches.</param>
/// <param name="log">Where bodies that ask for batches are noted.</param>
internal sealed class BatchesEndpoints(BatchBook book, RequestLog log)
{
    private const int DefaultPage = 100;
    private const int LinesOfView = 10;

    /// <summary>The name of the endpoint of a request.</summary>
    public static string NameOf(HttpRequest request)
    {
        string[] parts = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["batches"] => HttpMethods.IsPost(request.Method) ? "create" : "list",
            ["batches", _] => HttpMethods.IsDelete(request.Method) ? "delete" : "get",
            ["batches", _, string what] => what,
            _ => "other",
        };
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/batches", CreateAsync);
        routes.MapGet("/batches", context => Answer.WriteAsync(context, 200, List(context)));
        routes.MapGet("/batches/{id}", context => Answer.WriteAsync(context, 200, View(Find(context))));
        routes.MapGet("/batches/{id}/state", context => Answer.WriteAsync(context, 200, State(Find(context))));
        routes.MapGet("/batches/{id}/log", context => Answer.WriteAsync(context, 200, Log(context, Find(context))));
        routes.MapDelete("/batches/{id}", DeleteAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Batch batch = book.Create(RequestBody.Read(body.GetBuffer().AsSpan(0, (int)body.Length)));
        log.NoteSubmission(JsonElement.Parse(body.GetBuffer().AsSpan(0, (int)body.Length)));
        context.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"/batches/{batch.Id}");
        await Answer.WriteAsync(context, 201, View(batch));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        await book.DeleteAsync(Find(context));
        await Answer.WriteAsync(context, 200, new JsonObject { ["msg"] = "deleted" });
    }

    private JsonObject List(HttpContext context)
    {
        int from = Whole(context, "from") ?? 0;
        ImmutableArray<Batch> batches = book.All;
        JsonNode[] page = [.. batches.Skip(from).Take(Whole(context, "size") ?? DefaultPage).Select(View)];
        return new JsonObject
        {
            ["from"] = from,
            ["total"] = batches.Length,
            ["sessions"] = new JsonArray(page),
        };
    }

    /// <summary>The batch that is asked for by its number or its name.</summary>
    private Batch Find(HttpContext context)
    {
        string id = (string)context.Request.RouteValues["id"]!;
        return book.All.FirstOrDefault(batch =>
                id.All(char.IsAsciiDigit)
                    ? string.Equals(batch.Id.ToString(CultureInfo.InvariantCulture), id, StringComparison.Ordinal)
                    : string.Equals(batch.Request.Name, id, StringComparison.Ordinal)
            ) ?? throw LivyException.NoSession(id);
    }

    private static JsonObject State(Batch batch) => new() { ["id"] = batch.Id, ["state"] = batch.StateName };

    private static JsonObject Log(HttpContext context, Batch batch)
    {
        ImmutableArray<string> lines = batch.Log;
        int size = Whole(context, "size") ?? DefaultPage;
        size = size < 0 ? lines.Length : size;
        int from = Whole(context, "from") ?? -1;
        from = from < 0 ? Math.Max(0, lines.Length - size) : from;
        return new JsonObject
        {
            ["id"] = batch.Id,
            ["from"] = from,
            ["total"] = lines.Length,
            ["log"] = Texts(lines.Skip(from).Take(size)),
        };
    }

    private static JsonObject View(Batch batch) =>
        new()
        {
            ["id"] = batch.Id,
            ["name"] = batch.Request.Name,
            ["owner"] = null,
            ["proxyUser"] = batch.Request.ProxyUser,
            ["state"] = batch.StateName,
            ["appId"] = null,
            ["appInfo"] = new JsonObject { ["driverLogUrl"] = null, ["sparkUiUrl"] = null },
            ["log"] = Texts(batch.Log.TakeLast(LinesOfView)),
        };

    private static JsonArray Texts(IEnumerable<string> lines) => new([.. lines.Select(line => JsonValue.Create(line))]);

    private static int? Whole(HttpContext context, string name) =>
        context.Request.Query[name].ToString() is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value
        : throw new LivyException(500, $"java.lang.NumberFormatException: For input string: \"{text}\"");
}

using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Service.Views;
using FunctionTune.Studies;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace FunctionTune.Service.Http;

/// <summary>Studies to look at: one, or a page of them.</summary>
internal sealed class StudyPages(IStudyHost host, StudyRequests requests, StudyLibrary library, TimeProvider time)
{
    private const int ReadAtOnce = 8;

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(30);

    public async Task<IResult> ListAsync(HttpContext context)
    {
        CancellationToken cancel = context.RequestAborted;
        int limit = RequestQuery.Integer(context.Request, "limit", otherwise: 50, least: 1, most: 200);
        string after = context.Request.Query["after"].ToString();
        StudyId[] ids =
        [
            .. (await host.Store.ListAsync(cancel).ConfigureAwait(false))
                .SkipWhile(id => string.CompareOrdinal(id.ToString(), after) <= 0)
                .Take(limit + 1),
        ];
        var entries = new JsonNode?[Math.Min(limit, ids.Length)];
        await Parallel
            .ForAsync(
                0,
                entries.Length,
                new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancel },
                async (i, stop) => entries[i] = await EntryAsync(ids[i], stop).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        string? next = ids.Length > limit ? $"/api/studies?after={ids[limit - 1]}&limit={limit}" : null;
        return new JsonAnswer(
            new JsonObject { ["studies"] = new JsonArray([.. entries.OfType<JsonNode>()]), ["next"] = next }
        );
    }

    public async Task<IResult> GetAsync(HttpContext context, string id)
    {
        StudyId study = PathId.Read(id);
        CancellationToken cancel = context.RequestAborted;
        return await library.LookAsync(study, Shown, cancel).ConfigureAwait(false) is { } shown
            ? await AnswerAsync(context, study, shown).ConfigureAwait(false)
            : await RequestedAsync(context, study).ConfigureAwait(false);
    }

    /// <summary>A study that has a log, as a document.</summary>
    public JsonObject Describe(StudyRecord record)
    {
        JsonObject document = StudyDocument.Of(library.View(record));
        document["version"] = record.Version;
        document["lastEventAt"] = record.LastEventAt;
        document["study"] = StudySpecJson.Write(record.Spec with { Limits = record.State.Limits });
        document["links"] = StudyLinks.Of(record.Id);
        return document;
    }

    private async Task<JsonObject?> EntryAsync(StudyId id, CancellationToken cancellationToken)
    {
        try
        {
            JsonObject? brief = await library.BriefAsync(id, cancellationToken).ConfigureAwait(false);
            brief?.Add("links", StudyLinks.Of(id));
            return brief;
        }
        catch (StudyLogException damaged)
        {
            return new JsonObject
            {
                ["id"] = id.ToString(),
                ["status"] = "damaged",
                ["trouble"] = damaged.Message,
            };
        }
    }

    private ShownStudy Shown(StudyRecord record) =>
        new(Describe(record), record.Version, record.State.IsOver, time.GetUtcNow() - record.LastEventAt);

    private async Task<IResult> AnswerAsync(HttpContext context, StudyId id, ShownStudy shown)
    {
        if (!shown.IsOver)
        {
            // What has long been quiet need not be looked at each second.
            TimeSpan again = TimeSpan.FromTicks(Math.Clamp(shown.Quiet.Ticks / 8, s_soon.Ticks, s_late.Ticks));
            context.Response.Headers.RetryAfter = WireTime.Seconds(again);
            if (await host.TroubleAsync(id, context.RequestAborted).ConfigureAwait(false) is { } trouble)
            {
                shown.Document["trouble"] = trouble;
                return new JsonAnswer(shown.Document);
            }
        }

        var tag = new EntityTagHeaderValue($"\"{shown.Version}\"", isWeak: true);
        context.Response.Headers.ETag = tag.ToString();
        return context
            .Request.GetTypedHeaders()
            .IfNoneMatch.Any(known =>
                known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)
            )
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : new JsonAnswer(shown.Document);
    }

    private async Task<IResult> RequestedAsync(HttpContext context, StudyId id)
    {
        CancellationToken cancel = context.RequestAborted;
        StudyRequest request =
            await requests.ReadAsync(id, cancel).ConfigureAwait(false) ?? throw ApiException.NoStudy(id.ToString());
        var document = new JsonObject
        {
            ["id"] = id.ToString(),
            ["name"] = NameOf(request.Study),
            ["status"] = "preparing",
            ["requestedAt"] = request.At,
            ["links"] = StudyLinks.Of(id),
        };
        if (await requests.RefusalAsync(id, cancel).ConfigureAwait(false) is { } problems)
        {
            document["status"] = "refused";
            document["problems"] = ProblemList.Of(problems);
            return new JsonAnswer(document);
        }

        document["trouble"] = await host.TroubleAsync(id, cancel).ConfigureAwait(false);
        document["cancelRequested"] = await requests.CancellationAsync(id, cancel).ConfigureAwait(false) is not null;
        context.Response.Headers.RetryAfter = WireTime.Seconds(s_soon);
        return new JsonAnswer(document);
    }

    private static string? NameOf(JsonElement study) =>
        study.ValueKind == JsonValueKind.Object
        && study.TryGetProperty("name", out JsonElement name)
        && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;

    private sealed record ShownStudy(JsonObject Document, long Version, bool IsOver, TimeSpan Quiet);
}

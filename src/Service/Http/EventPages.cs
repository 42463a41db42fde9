using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Spaces;
using FunctionTune.Studies;
using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Http;

/// <summary>
/// A study's log: a page of events for those who follow it, or, as <c>application/x-ndjson</c>, the lines of the log as they
/// are, which another store takes over.
/// </summary>
internal sealed class EventPages(IStudyStore store, StudyLibrary library, StudyRequests requests)
{
    private const string Lines = "application/x-ndjson";

    public async Task<IResult> ListAsync(HttpContext context, string id)
    {
        StudyId study = PathId.Read(id);
        CancellationToken cancel = context.RequestAborted;
        int from = RequestQuery.Integer(context.Request, "from", otherwise: 0, least: 0, most: int.MaxValue);
        int limit = RequestQuery.Integer(context.Request, "limit", otherwise: 1000, least: 1, most: 10_000);
        Seen? seen = await library
            .LookAsync(study, record => new Seen(record.Spec.Space, record.Version, record.State.IsOver), cancel)
            .ConfigureAwait(false);
        if (seen is null && await requests.ReadAsync(study, cancel).ConfigureAwait(false) is null)
        {
            throw ApiException.NoStudy(id);
        }

        StudyLog log = seen is null
            ? new StudyLog(0, [])
            : await store.ReadAsync(study, from, cancel).ConfigureAwait(false);
        return context.Request.Headers.Accept.ToString().Contains(Lines, StringComparison.OrdinalIgnoreCase)
            ? Results.Stream(body => WriteAsync(log, body, cancel), Lines)
            : new JsonAnswer(Page(study, log, limit, seen));
    }

    private static JsonObject Page(StudyId study, StudyLog log, int limit, Seen? seen)
    {
        var events = new JsonArray();
        foreach (StudyEvent fact in log.Events.Take(limit))
        {
            events.Add(Entry(fact, seen!.Space));
        }

        long to = log.From + events.Count;
        // There is more to come as long as the study is not over, and when more came after that was looked at.
        bool isAll = seen is { IsOver: true } && to >= log.Version && log.Version == seen.Version;
        return new JsonObject
        {
            ["from"] = log.From,
            ["to"] = to,
            ["events"] = events,
            ["next"] = isAll ? null : $"{StudyLinks.Self(study)}/events?from={to}&limit={limit}",
        };
    }

    /// <summary>An event as its line has it; of suggested trials the parameters as well, for a line has indices of options.</summary>
    private static JsonNode Entry(StudyEvent fact, SearchSpace space)
    {
        JsonNode entry = JsonSerializer.SerializeToNode(fact, StudyJson.Options)!;
        if (fact is StudyEvent.Suggested suggested)
        {
            foreach ((SuggestedTrial trial, JsonNode? node) in suggested.Trials.Zip(entry["trials"]!.AsArray()))
            {
                node!["params"] = space.Evaluate(space.FromLabels(trial.Point));
            }
        }

        return entry;
    }

    private static async Task WriteAsync(StudyLog log, Stream body, CancellationToken cancellationToken)
    {
        foreach (StudyEvent fact in log.Events)
        {
            byte[] line = [.. StudyJson.Write(fact), (byte)'\n'];
            await body.WriteAsync(line, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed record Seen(SearchSpace Space, long Version, bool IsOver);
}

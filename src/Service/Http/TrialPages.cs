using System.Text.Json.Nodes;
using FunctionTune.Service.Views;
using FunctionTune.Studies;
using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Http;

/// <summary>A study's trials, a page at a time.</summary>
internal sealed class TrialPages(StudyLibrary library, StudyRequests requests)
{
    public async Task<IResult> ListAsync(HttpContext context, string id)
    {
        StudyId study = PathId.Read(id);
        CancellationToken cancel = context.RequestAborted;
        int after = RequestQuery.Integer(context.Request, "after", otherwise: -1, least: -1, most: int.MaxValue - 1);
        int limit = RequestQuery.Integer(context.Request, "limit", otherwise: 100, least: 1, most: 1000);
        JsonObject? page = await library
            .LookAsync(study, record => Page(record, after + 1, limit), cancel)
            .ConfigureAwait(false);
        if (page is null && await requests.ReadAsync(study, cancel).ConfigureAwait(false) is null)
        {
            throw ApiException.NoStudy(id);
        }

        return new JsonAnswer(page ?? new JsonObject { ["trials"] = new JsonArray(), ["next"] = null });
    }

    private static JsonObject Page(StudyRecord record, int first, int limit)
    {
        int end = (int)Math.Min((long)first + limit, record.Trials.Count);
        var trials = new JsonArray();
        for (int number = first; number < end; number++)
        {
            trials.Add(TrialEntry.Of(record, record.Trials[number]));
        }

        string? next =
            end < record.Trials.Count && trials.Count > 0
                ? $"{StudyLinks.Self(record.Id)}/trials?after={end - 1}&limit={limit}"
                : null;
        return new JsonObject { ["trials"] = trials, ["next"] = next };
    }
}

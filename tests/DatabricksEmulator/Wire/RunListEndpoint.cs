using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator.Runs;

namespace FunctionTune.DatabricksEmulator.Wire;

/// <summary>jobs/runs/list: newest first by the time of the end, or of the start for runs that have not ended.</summary>
/// <remarks>A page token names the last run of its page, so that runs that end meanwhile move to pages already read.</remarks>
internal sealed class RunListEndpoint(RunBook book, RunJson json)
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 24;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/2.2/jobs/runs/list", Answer.With(context => List(new Query(context.Request.Query))));

    private JsonObject List(Query query)
    {
        long limit = query.Whole("limit") ?? DefaultLimit;
        if (limit is < 0 or > MaxLimit)
        {
            throw ApiException.Invalid($"limit must be greater than 0 and less than 25, got {limit}.");
        }

        int size = limit == 0 ? MaxLimit : (int)limit;
        Func<Run, bool> wanted = FilterOf(query);
        (long Time, long Id) after = query.Text("page_token") is { } token ? Decode(token) : (long.MaxValue, 0);
        bool expands = query.Flag("expand_tasks");
        return book.Read(runs =>
        {
            Run[] page =
            [
                .. runs.Where(wanted)
                    .Where(run => KeyOf(run).CompareTo(after) < 0)
                    .OrderByDescending(KeyOf)
                    .Take(size + 1),
            ];
            var answer = new JsonObject { ["has_more"] = page.Length > size };
            if (page.Length > 0)
            {
                answer["runs"] = new JsonArray([.. page.Take(size).Select(run => Show(run, expands))]);
            }

            if (page.Length > size)
            {
                answer["next_page_token"] = Encode(KeyOf(page[size - 1]));
            }

            return answer;
        });
    }

    private static Func<Run, bool> FilterOf(Query query)
    {
        bool active = query.Flag("active_only");
        bool completed = query.Flag("completed_only");
        if (active && completed)
        {
            throw ApiException.Invalid("active_only and completed_only must not both be true.");
        }

        string type = query.Text("run_type") ?? "SUBMIT_RUN";
        if (type is not ("JOB_RUN" or "SUBMIT_RUN" or "WORKFLOW_RUN"))
        {
            throw ApiException.Malformed($"Expected RunType for field 'run_type', found '{type}'");
        }

        bool submits = type is "SUBMIT_RUN" && query.Whole("job_id") is null;
        long from = query.Whole("start_time_from") ?? long.MinValue;
        long to = query.Whole("start_time_to") ?? long.MaxValue;
        return run =>
            submits
            && (!active || run.IsActive)
            && (!completed || !run.IsActive)
            && run.Submitted.ToUnixTimeMilliseconds() is long start
            && start >= from
            && start <= to;
    }

    private JsonObject Show(Run run, bool expands)
    {
        JsonObject answer = json.Of(run);
        if (expands)
        {
            answer["tasks"] = json.TasksOf(run, 0);
            answer["has_more"] = run.Tasks.Length > RunJson.PageSize;
        }

        return answer;
    }

    private static (long Time, long Id) KeyOf(Run run) => (run.ListedAt.ToUnixTimeMilliseconds(), run.Id);

    private static string Encode((long Time, long Id) key) =>
        Base64Url.EncodeToString(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key.Time} {key.Id}"))
        );

    private static (long Time, long Id) Decode(string token)
    {
        try
        {
            string[] parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)).Split(' ');
            return (Number(parts[0]), Number(parts[1]));
        }
        catch (Exception fault) when (fault is FormatException or IndexOutOfRangeException)
        {
            throw ApiException.Invalid($"Invalid page token: {token}");
        }

        static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }
}

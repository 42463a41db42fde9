using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Service.Views;
using FunctionTune.Studies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Service.Http;

/// <summary>Takes requests for studies: a request is kept before anything is done about it.</summary>
internal sealed class Submission(
    IStudyHost host,
    StudyRequests requests,
    StudyLibrary library,
    TimeProvider time,
    ILogger log
)
{
    private const int RandomLength = 6;
    private const int LongestName = 63 - RandomLength - 1;

    private readonly IdempotencyKeys _keys = new(host.Area);

    public async Task<IResult> ValidateAsync(HttpContext context)
    {
        (_, _, StudySpec spec) = await ReadAsync(context).ConfigureAwait(false);
        return new JsonAnswer(SpecDocument.Of(spec));
    }

    public async Task<IResult> AcceptAsync(HttpContext context)
    {
        CancellationToken cancel = context.RequestAborted;
        StudyId? asked = IdIn(context.Request);
        string? key = IdempotencyKeys.In(context.Request);
        (byte[] body, JsonElement study, StudySpec spec) = await ReadAsync(context).ConfigureAwait(false);
        if (asked is { } taken && await IsTakenAsync(taken, key is not null, cancel).ConfigureAwait(false))
        {
            throw Taken(taken);
        }

        StudyId id = asked ?? NewId(spec.Name);
        if (key is not null)
        {
            id = await _keys.ClaimAsync(key, asked, id, body, cancel).ConfigureAwait(false);
        }

        id = await KeepAsync(id, study, isFixed: asked is not null || key is not null, key is not null, spec, cancel)
            .ConfigureAwait(false);
        await BeginAsync(id).ConfigureAwait(false);
        string status =
            await library
                .LookAsync(id, record => StatusText.Status(record.State, isHeld: true), cancel)
                .ConfigureAwait(false)
            ?? "preparing";
        context.Response.Headers.Location = StudyLinks.Self(id);
        return new JsonAnswer(
            new JsonObject
            {
                ["id"] = id.ToString(),
                ["status"] = status,
                ["links"] = StudyLinks.Of(id),
            },
            StatusCodes.Status202Accepted
        );
    }

    private async Task<(byte[] Body, JsonElement Study, StudySpec Spec)> ReadAsync(HttpContext context)
    {
        byte[] body = await RequestBody.BytesAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        JsonElement study = RequestBody.Parse(body);
        return (body, study, host.Rules.Read(study).Required());
    }

    /// <summary>Keeps a request under its id, or, when that is taken and nobody insists on it, under another.</summary>
    private async Task<StudyId> KeepAsync(
        StudyId id,
        JsonElement study,
        bool isFixed,
        bool isRepeatable,
        StudySpec spec,
        CancellationToken cancellationToken
    )
    {
        var request = new StudyRequest(study, time.GetUtcNow());
        while (!await requests.CreateAsync(id, request, cancellationToken).ConfigureAwait(false))
        {
            if (!isFixed)
            {
                id = NewId(spec.Name);
                continue;
            }

            StudyRequest? there = await requests.ReadAsync(id, cancellationToken).ConfigureAwait(false);
            return isRepeatable && there is not null && JsonElement.DeepEquals(there.Study, study)
                ? id
                : throw Taken(id);
        }

        return id;
    }

    /// <summary>The request is kept: should the host be out of reach now, it is taken up later.</summary>
    private async Task BeginAsync(StudyId id)
    {
        try
        {
            await host.BeginAsync(id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (FunctionTuneException fault)
        {
            ApiLog.Unreachable(log, StudyEndpoints.Submit.Name, fault.Message);
        }
    }

    /// <summary>Whether an id is that of a study; a repeated request may mean one that was asked for, but no other.</summary>
    private async Task<bool> IsTakenAsync(StudyId id, bool isRepeatable, CancellationToken cancellationToken) =>
        await library.LookAsync(id, record => record.Spec, cancellationToken).ConfigureAwait(false) is not null
        && !(isRepeatable && await requests.ReadAsync(id, cancellationToken).ConfigureAwait(false) is not null);

    private static StudyId? IdIn(HttpRequest request)
    {
        string text = request.Query["id"].ToString();
        return text.Length == 0 ? null
            : StudyId.IsValid(text) ? new StudyId(text)
            : throw ApiException.Invalid(
                new Problem(
                    "?id",
                    "an id is 1 to 63 of a-z, 0-9 and '-', beginning with a letter or digit",
                    $"'{text[..Math.Min(text.Length, 80)]}'",
                    $"Take for example '{StudyId.FromText(text[..Math.Min(text.Length, 80)])}', or leave it out."
                )
            );
    }

    private static StudyId NewId(string name)
    {
        string slug = StudyId.FromText(name).ToString();
        string random = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", RandomLength);
        return new StudyId($"{slug[..Math.Min(slug.Length, LongestName)].TrimEnd('-')}-{random}");
    }

    private static ApiException Taken(StudyId id) =>
        new(
            new ApiProblem(409, "There is a study of that id.")
            {
                Detail =
                    $"'{id}' is taken: give another id, or none. To repeat a request safely, send an Idempotency-Key.",
            }
        );
}

using FunctionTune.Service.Http.Access;
using FunctionTune.Studies;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Service.Http;

/// <summary>
/// The HTTP API: answers every endpoint of <see cref="StudyEndpoints"/>, on whatever host it is bound. Whatever goes wrong is a
/// problem document.
/// </summary>
public sealed class StudyApi
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(5);

    private readonly IApiAccess _access;
    private readonly ILogger<StudyApi> _log;

    /// <summary>The API of a host.</summary>
    /// <param name="host">What works on the studies.</param>
    /// <param name="access">Who may do what.</param>
    /// <param name="log">Where unexpected errors are told.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public StudyApi(IStudyHost host, IApiAccess access, ILogger<StudyApi> log, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        (_access, _log) = (access, log);
        TimeProvider clock = time ?? TimeProvider.System;
        var requests = new StudyRequests(host.Area);
        var library = new StudyLibrary(host.Store, clock);
        Submission = new Submission(host, requests, library, clock, log);
        Studies = new StudyPages(host, requests, library, clock);
        Trials = new TrialPages(library, requests);
        Events = new EventPages(host.Store, library, requests);
        Wishes = new StudyWishes(host, requests, library, Studies, clock);
    }

    internal Submission Submission { get; }

    internal StudyPages Studies { get; }

    internal TrialPages Trials { get; }

    internal EventPages Events { get; }

    internal StudyWishes Wishes { get; }

    /// <summary>Answers a request.</summary>
    /// <param name="endpoint">The endpoint that it came to: one of <see cref="StudyEndpoints"/>.</param>
    /// <param name="context">The request.</param>
    /// <param name="id">What stands for <c>{id}</c> in the route, as it came; empty when the route has none.</param>
    public async Task<IResult> AnswerAsync(ApiEndpoint endpoint, HttpContext context, string id = "")
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            return await _access.RefusalAsync(context, endpoint.Role).ConfigureAwait(false)
                ?? await endpoint.Answer(this, context, id).ConfigureAwait(false);
        }
        catch (Exception fault) when (!IsGone(context, fault))
        {
            return Refusal(fault, endpoint);
        }
    }

    /// <summary>Whether nobody waits for an answer any more: the caller went, or the host ends.</summary>
    private static bool IsGone(HttpContext context, Exception fault) =>
        fault is OperationCanceledException
        && (context.RequestAborted.IsCancellationRequested || fault.InnerException is ConnectionAbortedException);

    private ApiProblem Refusal(Exception fault, ApiEndpoint endpoint)
    {
        switch (fault)
        {
            case ApiException refused:
                return refused.Problem;
            case InvalidInputException invalid:
                return new ApiProblem(400, "The request has problems.") { Problems = invalid.Problems };
            case BadHttpRequestException bad:
                return new ApiProblem(bad.StatusCode, "The request cannot be read.")
                {
                    Detail =
                        bad.StatusCode == StatusCodes.Status408RequestTimeout
                            ? "Its body came too slowly, or not at all."
                            : bad.Message,
                };
            case StudyLogException damaged:
                ApiLog.Damaged(_log, endpoint.Name, damaged.Message);
                return new ApiProblem(500, "The study's log is damaged.") { Detail = damaged.Message };
            case FunctionTuneException unreachable:
                ApiLog.Unreachable(_log, endpoint.Name, unreachable.Message);
                return new ApiProblem(503, "The service cannot do this now.")
                {
                    Detail = unreachable.Message,
                    RetryAfter = s_again,
                };
            default:
                ApiLog.Failed(_log, endpoint.Name, fault);
                return new ApiProblem(500, "The service failed.") { Detail = "Its log says more." };
        }
    }
}

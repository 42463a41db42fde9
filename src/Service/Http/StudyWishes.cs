using System.Text.Json.Nodes;
using FunctionTune.Studies;
using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Http;

/// <summary>What people want of a study that is there: cancel, pause, resume, other limits.</summary>
internal sealed class StudyWishes(
    IStudyHost host,
    StudyRequests requests,
    StudyLibrary library,
    StudyPages pages,
    TimeProvider time
)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    public async Task<IResult> CancelAsync(HttpContext context, string id)
    {
        StudyId study = PathId.Read(id);
        CancellationToken cancel = context.RequestAborted;
        var wish = new StudyEvent.CancelRequested(time.GetUtcNow());
        if (await StateAsync(study, cancel).ConfigureAwait(false) is null)
        {
            await RequireRequestAsync(study, cancel).ConfigureAwait(false);
            await requests.CancelAsync(study, wish.At, cancel).ConfigureAwait(false);
            // Whoever created it between the two may have looked for the wish already.
            if (await StateAsync(study, cancel).ConfigureAwait(false) is null)
            {
                await host.BeginAsync(study, cancel).ConfigureAwait(false);
                return Accepted(study);
            }
        }

        StudyState state = (await StateAsync(study, cancel).ConfigureAwait(false))!;
        if (!state.IsOver)
        {
            await host.SteerAsync(study, wish, cancel).ConfigureAwait(false);
        }

        return await ShownAsync(study, state.IsOver ? 200 : 202, cancel).ConfigureAwait(false);
    }

    public Task<IResult> PauseAsync(HttpContext context, string id) =>
        SteerAsync(context, id, new StudyEvent.Paused(time.GetUtcNow()));

    public Task<IResult> ResumeAsync(HttpContext context, string id) =>
        SteerAsync(context, id, new StudyEvent.Resumed(time.GetUtcNow()));

    public async Task<IResult> ChangeAsync(HttpContext context, string id)
    {
        StudyId study = PathId.Read(id);
        byte[] body = await RequestBody.BytesAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        LimitsChange change = LimitsPatch.Read(RequestBody.Parse(body));
        if (host.Rules.Check(change) is { Count: > 0 } problems)
        {
            throw ApiException.Invalid([.. problems]);
        }

        return await SteerAsync(context, study.ToString(), new StudyEvent.LimitsChanged(time.GetUtcNow(), change))
            .ConfigureAwait(false);
    }

    private async Task<IResult> SteerAsync(HttpContext context, string id, StudyEvent wish)
    {
        StudyId study = PathId.Read(id);
        CancellationToken cancel = context.RequestAborted;
        if (await StateAsync(study, cancel).ConfigureAwait(false) is not { } state)
        {
            await RequireRequestAsync(study, cancel).ConfigureAwait(false);
            throw new ApiException(
                new ApiProblem(409, "The study is not there yet.")
                {
                    Detail = "It is being prepared.",
                    RetryAfter = s_soon,
                }
            );
        }

        StudyState next = StudyReducer.Reduce(state, wish);
        if (state.IsOver && next.IsOver)
        {
            throw new ApiException(
                new ApiProblem(409, "The study is over.")
                {
                    Detail =
                        $"It ended ({Views.StatusText.Sentence(state.Reason!.Value)}), and this does not make it go on.",
                }
            );
        }

        if (next with { Steered = state.Steered } != state)
        {
            await host.SteerAsync(study, wish, cancel).ConfigureAwait(false);
        }

        return await ShownAsync(study, 200, cancel).ConfigureAwait(false);
    }

    private Task<StudyState?> StateAsync(StudyId study, CancellationToken cancellationToken) =>
        library.LookAsync(study, record => record.State, cancellationToken);

    private async Task RequireRequestAsync(StudyId study, CancellationToken cancellationToken)
    {
        if (await requests.ReadAsync(study, cancellationToken).ConfigureAwait(false) is null)
        {
            throw ApiException.NoStudy(study.ToString());
        }

        if (await requests.RefusalAsync(study, cancellationToken).ConfigureAwait(false) is { } problems)
        {
            throw new ApiException(new ApiProblem(409, "The study was refused.") { Problems = problems });
        }
    }

    private async Task<IResult> ShownAsync(StudyId study, int status, CancellationToken cancellationToken) =>
        new JsonAnswer(
            (await library.LookAsync(study, pages.Describe, cancellationToken).ConfigureAwait(false))!,
            status
        );

    private static JsonAnswer Accepted(StudyId study) =>
        new(
            new JsonObject
            {
                ["id"] = study.ToString(),
                ["status"] = "preparing",
                ["cancelRequested"] = true,
                ["links"] = StudyLinks.Of(study),
            },
            StatusCodes.Status202Accepted
        );
}

using System.Collections.Immutable;

namespace FunctionTune.Service.Http;

/// <summary>The endpoints of the service: the one table that every host binds.</summary>
public static class StudyEndpoints
{
    /// <summary>Asks for a study.</summary>
    public static ApiEndpoint Submit { get; } =
        new("SubmitStudy", "POST", "studies", ApiRole.Submit, (api, context, _) => api.Submission.AcceptAsync(context));

    /// <summary>Lists studies.</summary>
    public static ApiEndpoint List { get; } =
        new("ListStudies", "GET", "studies", ApiRole.Read, (api, context, _) => api.Studies.ListAsync(context));

    /// <summary>Shows a study.</summary>
    public static ApiEndpoint Get { get; } =
        new("GetStudy", "GET", "studies/{id}", ApiRole.Read, (api, context, id) => api.Studies.GetAsync(context, id));

    /// <summary>Changes a study's limits.</summary>
    public static ApiEndpoint Change { get; } =
        new(
            "ChangeStudy",
            "PATCH",
            "studies/{id}",
            ApiRole.Cancel,
            (api, context, id) => api.Wishes.ChangeAsync(context, id)
        );

    /// <summary>Shows a study's trials.</summary>
    public static ApiEndpoint Trials { get; } =
        new(
            "ListTrials",
            "GET",
            "studies/{id}/trials",
            ApiRole.Read,
            (api, context, id) => api.Trials.ListAsync(context, id)
        );

    /// <summary>Shows a study's log.</summary>
    public static ApiEndpoint Events { get; } =
        new(
            "ListEvents",
            "GET",
            "studies/{id}/events",
            ApiRole.Read,
            (api, context, id) => api.Events.ListAsync(context, id)
        );

    /// <summary>Ends a study and its trials under way.</summary>
    public static ApiEndpoint Cancel { get; } =
        new(
            "CancelStudy",
            "POST",
            "studies/{id}/cancel",
            ApiRole.Cancel,
            (api, context, id) => api.Wishes.CancelAsync(context, id)
        );

    /// <summary>Lets a study start nothing new.</summary>
    public static ApiEndpoint Pause { get; } =
        new(
            "PauseStudy",
            "POST",
            "studies/{id}/pause",
            ApiRole.Cancel,
            (api, context, id) => api.Wishes.PauseAsync(context, id)
        );

    /// <summary>Lets a paused study go on.</summary>
    public static ApiEndpoint Resume { get; } =
        new(
            "ResumeStudy",
            "POST",
            "studies/{id}/resume",
            ApiRole.Cancel,
            (api, context, id) => api.Wishes.ResumeAsync(context, id)
        );

    /// <summary>Checks a study file and starts nothing.</summary>
    public static ApiEndpoint Validate { get; } =
        new(
            "ValidateStudy",
            "POST",
            "validate",
            ApiRole.Read,
            (api, context, _) => api.Submission.ValidateAsync(context)
        );

    /// <summary>The description of these endpoints.</summary>
    public static ApiEndpoint OpenApi { get; } =
        new("GetOpenApi", "GET", "openapi/v1.json", ApiRole.Read, (_, _, _) => Task.FromResult(OpenApiDocument.Result));

    /// <summary>All of them.</summary>
    public static ImmutableArray<ApiEndpoint> All { get; } =
    [Submit, List, Get, Change, Trials, Events, Cancel, Pause, Resume, Validate, OpenApi];
}

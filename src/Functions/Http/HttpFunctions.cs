using FunctionTune.Service.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FunctionTune.Functions.Http;

/// <summary>The HTTP triggers, one for each endpoint of the service; each wants a function key.</summary>
/// <param name="api">What answers.</param>
/// <param name="instances">Told the client of each call.</param>
public sealed class HttpFunctions(StudyApi api, DurableInstances instances)
{
    /// <summary>Asks for a study.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">The app's instances.</param>
    [Function("SubmitStudy")]
    public Task<IResult> SubmitAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "studies")] HttpRequest request,
        [DurableClient] DurableTaskClient client
    ) => AnswerAsync(StudyEndpoints.Submit, request, client);

    /// <summary>Lists studies.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">The app's instances.</param>
    [Function("ListStudies")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "studies")] HttpRequest request,
        [DurableClient] DurableTaskClient client
    ) => AnswerAsync(StudyEndpoints.List, request, client);

    /// <summary>Shows a study.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The study.</param>
    /// <param name="client">The app's instances.</param>
    [Function("GetStudy")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "studies/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client
    ) => AnswerAsync(StudyEndpoints.Get, request, client, id);

    /// <summary>Changes a study's limits.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The study.</param>
    /// <param name="client">The app's instances.</param>
    [Function("ChangeStudy")]
    public Task<IResult> ChangeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "patch", Route = "studies/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client
    ) => AnswerAsync(StudyEndpoints.Change, request, client, id);

    /// <summary>Shows a study's trials.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The study.</param>
    /// <param name="client">The app's instances.</param>
    [Function("ListTrials")]
    public Task<IResult> TrialsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "studies/{id}/trials")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client
    ) => AnswerAsync(StudyEndpoints.Trials, request, client, id);

    /// <summary>Shows a study's log.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The study.</param>
    /// <param name="client">The app's instances.</param>
    [Function("ListEvents")]
    public Task<IResult> EventsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "studies/{id}/events")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client
    ) => AnswerAsync(StudyEndpoints.Events, request, client, id);

    /// <summary>Ends a study and its trials under way.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The study.</param>
    /// <param name="client">The app's instances.</param>
    [Function("CancelStudy")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "studies/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client
    ) => AnswerAsync(StudyEndpoints.Cancel, request, client, id);

    /// <summary>Lets a study start nothing new.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The study.</param>
    /// <param name="client">The app's instances.</param>
    [Function("PauseStudy")]
    public Task<IResult> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "studies/{id}/pause")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client
    ) => AnswerAsync(StudyEndpoints.Pause, request, client, id);

    /// <summary>Lets a paused study go on.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The study.</param>
    /// <param name="client">The app's instances.</param>
    [Function("ResumeStudy")]
    public Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "studies/{id}/resume")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client
    ) => AnswerAsync(StudyEndpoints.Resume, request, client, id);

    /// <summary>Checks a study file and starts nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">The app's instances.</param>
    [Function("ValidateStudy")]
    public Task<IResult> ValidateAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "validate")] HttpRequest request,
        [DurableClient] DurableTaskClient client
    ) => AnswerAsync(StudyEndpoints.Validate, request, client);

    /// <summary>Describes these endpoints.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">The app's instances.</param>
    [Function("GetOpenApi")]
    public Task<IResult> OpenApiAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "openapi/v1.json")] HttpRequest request,
        [DurableClient] DurableTaskClient client
    ) => AnswerAsync(StudyEndpoints.OpenApi, request, client);

    private Task<IResult> AnswerAsync(
        ApiEndpoint endpoint,
        HttpRequest request,
        DurableTaskClient client,
        string id = ""
    )
    {
        instances.Use(client);
        return api.AnswerAsync(endpoint, request.HttpContext, id);
    }
}

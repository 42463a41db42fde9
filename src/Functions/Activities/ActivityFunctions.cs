using FunctionTune.Service.Durable;
using FunctionTune.Service.Durable.Orders;
using Microsoft.Azure.Functions.Worker;

namespace FunctionTune.Functions.Activities;

/// <summary>The activity functions of a study, one for each activity.</summary>
/// <param name="activities">What they do.</param>
public sealed class ActivityFunctions(StudyActivities activities)
{
    /// <summary>Checks a request again, stages its data and creates the study.</summary>
    /// <param name="order">Which study.</param>
    /// <param name="cancellationToken">The host shuts down.</param>
    [Function(ActivityNames.Prepare)]
    public Task<PrepareAnswer> PrepareAsync(
        [ActivityTrigger] PrepareOrder order,
        CancellationToken cancellationToken
    ) => activities.PrepareAsync(order, cancellationToken);

    /// <summary>Reads where the study stands.</summary>
    /// <param name="order">Which study.</param>
    /// <param name="cancellationToken">The host shuts down.</param>
    [Function(ActivityNames.Load)]
    public Task<StudyStanding> LoadAsync([ActivityTrigger] LoadOrder order, CancellationToken cancellationToken) =>
        activities.LoadAsync(order, cancellationToken);

    /// <summary>Writes down what no other activity learned.</summary>
    /// <param name="order">What.</param>
    /// <param name="cancellationToken">The host shuts down.</param>
    [Function(ActivityNames.Append)]
    public Task<LogSlice> AppendAsync([ActivityTrigger] AppendOrder order, CancellationToken cancellationToken) =>
        activities.AppendAsync(order, cancellationToken);

    /// <summary>Suggests points for all open slots.</summary>
    /// <param name="order">For which trials.</param>
    /// <param name="cancellationToken">The host shuts down.</param>
    [Function(ActivityNames.Suggest)]
    public Task<LogSlice> SuggestAsync([ActivityTrigger] SuggestOrder order, CancellationToken cancellationToken) =>
        activities.SuggestAsync(order, cancellationToken);

    /// <summary>Starts some trials side by side.</summary>
    /// <param name="order">Which.</param>
    /// <param name="cancellationToken">The host shuts down.</param>
    [Function(ActivityNames.Start)]
    public Task<LogSlice> StartAsync([ActivityTrigger] StartOrder order, CancellationToken cancellationToken) =>
        activities.StartAsync(order, cancellationToken);

    /// <summary>Looks at all trials under way.</summary>
    /// <param name="order">For how long.</param>
    /// <param name="cancellationToken">The host shuts down.</param>
    [Function(ActivityNames.Poll)]
    public Task<LogSlice> PollAsync([ActivityTrigger] PollOrder order, CancellationToken cancellationToken) =>
        activities.PollAsync(order, cancellationToken);

    /// <summary>Stops some trials.</summary>
    /// <param name="order">Which.</param>
    /// <param name="cancellationToken">The host shuts down.</param>
    [Function(ActivityNames.Stop)]
    public Task<LogSlice> StopAsync([ActivityTrigger] StopOrder order, CancellationToken cancellationToken) =>
        activities.StopAsync(order, cancellationToken);

    /// <summary>Ends the study, and whatever it may have left running.</summary>
    /// <param name="order">Why.</param>
    /// <param name="cancellationToken">The host shuts down.</param>
    [Function(ActivityNames.Finish)]
    public Task<LogSlice> FinishAsync([ActivityTrigger] FinishOrder order, CancellationToken cancellationToken) =>
        activities.FinishAsync(order, cancellationToken);
}

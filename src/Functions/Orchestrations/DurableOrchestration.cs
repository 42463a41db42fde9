using FunctionTune.Service.Durable;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Functions.Orchestrations;

/// <summary>What a study's orchestration may do and await, carried out by Durable Task.</summary>
/// <param name="context">The instance that is run.</param>
internal sealed class DurableOrchestration(TaskOrchestrationContext context) : IOrchestration
{
    private const int MostOfMessage = 500;

    /// <summary>An activity that breaks is tried again at once and once more; then it is the study's turn to wait.</summary>
    private static readonly TaskOptions s_tries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 3, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 3)
    );

    /// <inheritdoc/>
    public DateTimeOffset Now => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));

    /// <inheritdoc/>
    public ILogger Log { get; } = context.CreateReplaySafeLogger(StudyOrchestration.Name);

    /// <inheritdoc/>
    public async Task<T> CallAsync<T>(string name, object order)
    {
        try
        {
            return await context.CallActivityAsync<T>(name, order, s_tries);
        }
        catch (TaskFailedException fault)
        {
            throw new ActivityFaultException($"{name} failed: {Line(fault.FailureDetails)}", fault);
        }
    }

    /// <inheritdoc/>
    public Task TimerAsync(DateTimeOffset due, CancellationToken cancellationToken) =>
        context.CreateTimer(due.UtcDateTime, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Anybody with the host's system key may raise an event with any content: none of it may break the study.</remarks>
    public async Task<string> EventAsync(string name)
    {
        object? content = await context.WaitForExternalEvent<object?>(name);
        return content?.ToString() ?? "";
    }

    /// <inheritdoc/>
    public void Show(StudyProgress progress) => context.SetCustomStatus(progress);

    /// <inheritdoc/>
    public void ContinueAsNew(StudyRun run) => context.ContinueAsNew(run, preserveUnprocessedEvents: true);

    private static string Line(TaskFailureDetails details)
    {
        string line = $"{details.ErrorType}: {details.ErrorMessage}".ReplaceLineEndings(" ");
        return line.Length <= MostOfMessage ? line : string.Concat(line.AsSpan(0, MostOfMessage), "…");
    }
}

using System.Runtime.CompilerServices;
using DurableTask.Core.Exceptions;
using FunctionTune.Service.Durable;
using FunctionTune.Studies;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using DurableStatus = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace FunctionTune.Functions;

/// <summary>The instances of the app's task hub.</summary>
/// <remarks>
/// A client is had with a call of a function only. All of them lead to the same hub, so what lives longer than a call takes the
/// latest.
/// </remarks>
public sealed class DurableInstances : IInstances
{
    private static readonly string[] s_atWork =
    [
        nameof(DurableStatus.Pending),
        nameof(DurableStatus.Running),
        nameof(DurableStatus.Suspended),
    ];

    // What the host answers when there is no such instance, or none at work; which of them depends on its version.
    private static readonly StatusCode[] s_notThere =
    [
        StatusCode.NotFound,
        StatusCode.FailedPrecondition,
        StatusCode.Unknown,
    ];

    private volatile DurableTaskClient? _client;

    private DurableTaskClient Client =>
        _client ?? throw new InvalidOperationException("A function that asks for instances gives its client first.");

    /// <summary>Takes the client of a call.</summary>
    /// <param name="client">The client.</param>
    public void Use(DurableTaskClient client) => _client = client;

    /// <inheritdoc/>
    public Task<InstanceReport?> FindAsync(StudyId id, CancellationToken cancellationToken) =>
        SpeakAsync(async () =>
            await Client
                .GetInstanceAsync(id.ToString(), getInputsAndOutputs: true, cancellationToken)
                .ConfigureAwait(false)
                is { } instance
                ? ReportOf(instance) with
                {
                    Progress = instance.SerializedCustomStatus is null
                        ? null
                        : instance.ReadCustomStatusAs<StudyProgress>(),
                }
                : null
        );

    /// <inheritdoc/>
    public async IAsyncEnumerable<InstanceReport> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        IAsyncEnumerator<OrchestrationMetadata> all = Client
            .GetAllInstancesAsync(new OrchestrationQuery())
            .GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable _ = all.ConfigureAwait(false);
        while (await SpeakAsync(() => all.MoveNextAsync().AsTask()).ConfigureAwait(false))
        {
            yield return ReportOf(all.Current);
        }
    }

    /// <inheritdoc/>
    public async Task BeginAsync(StudyRun run, CancellationToken cancellationToken)
    {
        var options = new StartOrchestrationOptions(run.Study) { DedupeStatuses = s_atWork };
        await SpeakAsync(async () =>
            {
                try
                {
                    return await Client
                        .ScheduleNewOrchestrationInstanceAsync(StudyOrchestration.Name, run, options, cancellationToken)
                        .ConfigureAwait(false);
                }
                catch (OrchestrationAlreadyExistsException)
                {
                    return run.Study; // somebody is at work on it
                }
            })
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task NudgeAsync(StudyId id, CancellationToken cancellationToken) =>
        SpeakAsync(async () =>
        {
            try
            {
                await Client
                    .RaiseEventAsync(id.ToString(), StudyOrchestration.News, "", cancellationToken)
                    .ConfigureAwait(false);
                return true;
            }
            catch (RpcException fault) when (s_notThere.Contains(fault.StatusCode))
            {
                return false;
            }
        });

    private static InstanceReport ReportOf(OrchestrationMetadata instance) =>
        new(
            instance.InstanceId,
            instance.RuntimeStatus switch
            {
                DurableStatus.Completed => InstanceStatus.Completed,
                DurableStatus.Failed => InstanceStatus.Failed,
                DurableStatus.Terminated => InstanceStatus.Terminated,
                _ => InstanceStatus.Running,
            },
            instance.LastUpdatedAt
        );

    private static async Task<T> SpeakAsync<T>(Func<Task<T>> speak)
    {
        try
        {
            return await speak().ConfigureAwait(false);
        }
        catch (RpcException fault)
        {
            throw new FunctionTuneException(
                $"Durable Task cannot be reached: {fault.Status.Detail}",
                "Look at the app's logs and at the storage account of its task hub.",
                fault
            );
        }
    }
}

using FunctionTune.Service.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FunctionTune.Functions.Orchestrations;

/// <summary>The orchestrator function of a study.</summary>
public static class StudyOrchestrator
{
    /// <summary>Runs a study to its end, or hands over to the next execution.</summary>
    /// <param name="context">The durable instance; its id is the study's.</param>
    /// <param name="input">What the instance was told; of no account but for whether it goes on from an earlier execution.</param>
    /// <remarks>Whoever has the host's system key can begin instances with any input: which study is meant, the id alone says.</remarks>
    [Function(StudyOrchestration.Name)]
    public static Task<StudyProgress> RunAsync(
        [OrchestrationTrigger] TaskOrchestrationContext context,
        StudyRun? input
    ) =>
        StudyOrchestration.RunAsync(
            new DurableOrchestration(context),
            new StudyRun(context.InstanceId, input is { Continued: true })
        );
}

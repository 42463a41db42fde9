namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>Carries out a task by a function. What that throws is an exception of the user's program.</summary>
internal sealed class GuardedTask(Func<SubmittedTask, CancellationToken, Task<TaskResult>> run)
{
    public async Task<TaskResult> RunAsync(SubmittedTask task, CancellationToken cancellationToken)
    {
        try
        {
            return await run(task, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever it is, the run ends with it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            cancellationToken.ThrowIfCancellationRequested();
            return TaskResult.UserError($"{fault.GetType().Name}: {fault.Message}", fault.ToString());
        }
    }
}

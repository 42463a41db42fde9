namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>A task that a function of the test carries out. What it throws is an exception of the user's program.</summary>
internal sealed class GivenTask(Func<SubmittedTask, CancellationToken, Task<TaskResult>> run)
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

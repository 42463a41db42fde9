using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Hosting;

namespace FunctionTune.Local.Processes;

/// <summary>An attempt under way, as the runner knows it.</summary>
/// <param name="folder">Its files.</param>
/// <param name="handle">What it is known by.</param>
internal sealed class AttemptRun(AttemptFolder folder, JsonElement handle)
{
    private readonly TaskCompletionSource<Ending> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ProgressFile _progress = new(folder.Progress);

    public AttemptFolder Folder { get; } = folder;

    public JsonElement Handle { get; } = handle;

    /// <summary>Completes when somebody wants the attempt to end; only the first of several wishes counts.</summary>
    public Task<Ending> Asked => _asked.Task;

    /// <summary>Completes when the attempt has ended and none of its processes is left.</summary>
    public Task<TrialOutcome> Ended { get; private set; } = null!;

    public void Ask(Ending ending) => _asked.TrySetResult(ending);

    /// <summary>Begins to watch.</summary>
    /// <param name="watch">Watches until the end.</param>
    public AttemptRun WatchedBy(Func<AttemptRun, Task<TrialOutcome>> watch)
    {
        Ended = SafelyAsync(watch);
        return this;
    }

    /// <summary>What is new since the last look.</summary>
    public async ValueTask<RunReport> LookAsync()
    {
        TrialOutcome? outcome = Ended.IsCompleted ? await Ended.ConfigureAwait(false) : null;
        lock (_progress)
        {
            return new RunReport(_progress.Read(outcome is not null), outcome);
        }
    }

    private async Task<TrialOutcome> SafelyAsync(Func<AttemptRun, Task<TrialOutcome>> watch)
    {
        try
        {
            return await watch(this).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            return new TrialOutcome.Lost(OutcomeText.Line($"the trial could not be watched: {fault.Message}"));
        }
    }
}

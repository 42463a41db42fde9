namespace FunctionTune.Remote.Jobs;

/// <summary>How a runner treats its service.</summary>
internal sealed record JobRunnerSettings
{
    /// <summary>The shortest time between two looks.</summary>
    public TimeSpan ShortestLook { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest time between two looks.</summary>
    public TimeSpan LongestLook { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the progress of a trial is read at most.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most trials that share a job. Range: at least 1.</summary>
    public int TrialsPerRun { get; init; } = 1;

    /// <summary>How long a batch that is not full waits for more trials.</summary>
    public TimeSpan BatchWindow { get; init; } = TimeSpan.FromMilliseconds(500);
}

namespace FunctionTune.Local.Processes;

/// <summary>Why an attempt is ended from outside.</summary>
internal abstract record Ending
{
    private Ending() { }

    /// <summary>Somebody asked for it.</summary>
    /// <param name="Reason">Who, in one line.</param>
    public sealed record Stopped(string Reason) : Ending;

    /// <summary>It took too long.</summary>
    /// <param name="Timeout">How long it was allowed to take.</param>
    public sealed record TimedOut(TimeSpan Timeout) : Ending;

    /// <summary>The host ends, or has ended.</summary>
    public sealed record HostGone : Ending;
}

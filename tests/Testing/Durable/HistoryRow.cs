namespace FunctionTune.Testing.Durable;

/// <summary>What an execution of an orchestration was told: all that it is run again from.</summary>
internal abstract record HistoryRow
{
    private HistoryRow() { }

    /// <summary>A step began.</summary>
    /// <param name="At">The time that the code sees during it.</param>
    public sealed record StepBegun(DateTimeOffset At) : HistoryRow;

    /// <summary>An activity answered.</summary>
    /// <param name="Call">Number of the call.</param>
    /// <param name="Answer">JSON.</param>
    public sealed record Answered(int Call, string Answer) : HistoryRow;

    /// <summary>An activity failed, also when it was tried again.</summary>
    /// <param name="Call">Number of the call.</param>
    /// <param name="Message">Why.</param>
    public sealed record Failed(int Call, string Message) : HistoryRow;

    /// <summary>A timer rang.</summary>
    /// <param name="Call">Number of the call that set it.</param>
    public sealed record Rang(int Call) : HistoryRow;

    /// <summary>An event arrived from outside.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Payload">JSON.</param>
    public sealed record Raised(string Name, string Payload) : HistoryRow;
}

namespace FunctionTune.Service.Durable;

/// <summary>What came of preparing a study.</summary>
/// <param name="Outcome">What became of the request.</param>
public sealed record PrepareAnswer(PrepareOutcome Outcome)
{
    /// <summary>What kept the activity from its work, in a line: it is to be tried again later; null when nothing did.</summary>
    public string? Trouble { get; init; }
}

namespace FunctionTune.Service.Durable;

/// <summary>What came of preparing a study.</summary>
/// <param name="Outcome">What became of the request.</param>
public sealed record PrepareAnswer(PrepareOutcome Outcome) : IActivityAnswer
{
    /// <inheritdoc/>
    public string? Trouble { get; init; }
}

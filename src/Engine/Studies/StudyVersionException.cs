namespace FunctionTune.Studies;

/// <summary>A log was to be written by somebody who had not read all of it.</summary>
/// <param name="id">The study.</param>
/// <param name="expected">The version that the writer expected.</param>
/// <param name="actual">The version that the log has.</param>
public sealed class StudyVersionException(StudyId id, long expected, long actual)
    : FunctionTuneException(
        $"Study '{id}' was expected to have {expected} events, but it has {actual}.",
        "Somebody else wrote to it: read it again."
    )
{
    /// <summary>The study.</summary>
    public StudyId Id { get; } = id;

    /// <summary>The version that the writer expected.</summary>
    public long Expected { get; } = expected;

    /// <summary>The version that the log has.</summary>
    public long Actual { get; } = actual;
}

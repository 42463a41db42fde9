using FunctionTune.Studies;

namespace FunctionTune.Local.Stores;

/// <summary>A study was to be run while another process runs it.</summary>
/// <param name="id">The study.</param>
/// <param name="holder">Who runs it.</param>
public sealed class StudyBusyException(StudyId id, StudyHolder holder)
    : FunctionTuneException(
        $"Study '{id}' is being run by {holder}.",
        "Only one process runs a study at a time: wait for that one, or end it."
    )
{
    /// <summary>The study.</summary>
    public StudyId Id { get; } = id;

    /// <summary>Who runs it.</summary>
    public StudyHolder Holder { get; } = holder;
}

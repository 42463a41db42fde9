namespace FunctionTune.Service.Schedules.Sources;

/// <summary>A schedule or a study file as it was found.</summary>
/// <param name="Place">Where, for people.</param>
/// <param name="Name">The schedule's name unless it gives itself another: that of its file or setting.</param>
/// <param name="Content">JSON, UTF-8; as much of it as is read of a file.</param>
/// <param name="Folder">The folder on this machine from which relative paths of the study start; null when there is none.</param>
public sealed record ScheduleText(string Place, string Name, ReadOnlyMemory<byte> Content, string? Folder = null)
{
    /// <summary>The most bytes that are read of a file.</summary>
    public const int MostBytes = StudyRequests.MostBytes;
}

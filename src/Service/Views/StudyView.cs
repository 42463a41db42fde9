using FunctionTune.Studies;

namespace FunctionTune.Service.Views;

/// <summary>A study as it is shown.</summary>
/// <param name="Study">Its record.</param>
/// <param name="Folder">The folder where it lives; null when that is nobody's business.</param>
/// <param name="IsHeld">Whether a process works on it.</param>
/// <param name="Now">The present time.</param>
public sealed record StudyView(StudyRecord Study, string? Folder, bool IsHeld, DateTimeOffset Now)
{
    /// <summary>Where it stands, in lower camel case.</summary>
    public string Status => StatusText.Status(Study.State, IsHeld);

    /// <summary>From its creation to its latest event, or to now while it is worked on.</summary>
    public TimeSpan Elapsed => (IsHeld && !Study.State.IsOver ? Now : Study.LastEventAt) - Study.CreatedAt;
}

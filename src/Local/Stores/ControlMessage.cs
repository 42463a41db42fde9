using FunctionTune.Studies;

namespace FunctionTune.Local.Stores;

/// <summary>A wish of a user that waits for the process that runs the study.</summary>
/// <param name="Name">Names the message; names in ordinal order are the order of sending.</param>
/// <param name="Fact">The wish, as the event it becomes.</param>
public sealed record ControlMessage(string Name, StudyEvent Fact);

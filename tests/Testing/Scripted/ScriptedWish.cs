using FunctionTune.Studies;

namespace FunctionTune.Testing.Scripted;

/// <summary>A wish of the user.</summary>
/// <param name="After">When, from the beginning of the study.</param>
/// <param name="Fact">The event that it becomes, by its time.</param>
public sealed record ScriptedWish(TimeSpan After, Func<DateTimeOffset, StudyEvent> Fact);

namespace FunctionTune.Testing.Studies;

/// <summary>One random step of a story; what it means depends on where the story stands.</summary>
/// <param name="Kind">What happens. Range: 0 to 99.</param>
/// <param name="Which">To which of several things it happens. Range: 0 to 999.</param>
/// <param name="How">How it happens. Range: 0 to 999.</param>
public readonly record struct StudyMove(int Kind, int Which, int How);

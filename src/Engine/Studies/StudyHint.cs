namespace FunctionTune.Studies;

/// <summary>Something about a study that its author may want to change.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">What was seen and what to do, as sentences.</param>
/// <param name="Parameter">The label of the parameter that it is about; null when it is about none.</param>
public sealed record StudyHint(StudyHintKind Kind, string Text, string? Parameter = null);

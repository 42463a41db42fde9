namespace FunctionTune.Service.Durable;

/// <summary>What the orchestration of a study is told; the same size however long the study is.</summary>
/// <param name="Study">The study's id, as it came: to be checked like any other input.</param>
/// <param name="Continued">Whether an earlier execution of the same instance handed over to this one.</param>
public sealed record StudyRun(string Study, bool Continued = false);

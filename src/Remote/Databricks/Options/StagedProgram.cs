namespace FunctionTune.Remote.Databricks.Options;

/// <summary>Where the program of a study's trials was staged.</summary>
/// <param name="Launcher">The Python client, which starts it, by its path in the staging area.</param>
/// <param name="Program">The Python file, by its path in the staging area; null when it lies elsewhere.</param>
internal sealed record StagedProgram(string Launcher, string? Program);

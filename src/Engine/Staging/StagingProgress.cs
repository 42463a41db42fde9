namespace FunctionTune.Staging;

/// <summary>How far the staging of a dataset has come.</summary>
/// <param name="Name">The dataset's name in the study.</param>
/// <param name="Sent">Bytes that are there.</param>
/// <param name="Bytes">Bytes in all.</param>
public sealed record StagingProgress(string Name, long Sent, long Bytes);

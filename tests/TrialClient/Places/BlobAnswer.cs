namespace FunctionTune.TrialClient.Tests.Places;

/// <summary>What a blob service answers.</summary>
internal sealed record BlobAnswer(int Status, string? Error = null, byte[]? Content = null);

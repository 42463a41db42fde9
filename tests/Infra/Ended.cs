namespace FunctionTune.Infra.Tests;

/// <summary>How a program ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors);

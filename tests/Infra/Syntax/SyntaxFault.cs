namespace FunctionTune.Infra.Tests.Syntax;

/// <summary>A place that does not parse.</summary>
internal sealed record SyntaxFault(int Line, int Column, string Text);

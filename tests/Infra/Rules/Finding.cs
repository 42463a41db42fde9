using FunctionTune.Infra.Tests.Syntax;

namespace FunctionTune.Infra.Tests.Rules;

/// <summary>Something that is wrong, and where.</summary>
internal sealed record Finding(string File, int Line, int Column, string Text)
{
    /// <summary>Something wrong at a piece of a file.</summary>
    public static Finding At(BicepFile file, Node node, string text) => new(file.Path, node.Line, node.Column, text);

    public override string ToString() => $"{File}:{Line}:{Column}: {Text}";
}

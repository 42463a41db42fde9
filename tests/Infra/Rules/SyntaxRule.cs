using FunctionTune.Infra.Tests.Syntax;

namespace FunctionTune.Infra.Tests.Rules;

/// <summary>Every file parses.</summary>
internal static class SyntaxRule
{
    public static IEnumerable<Finding> Check(BicepFolder folder) =>
        folder.Files.SelectMany(file =>
            file.Errors.Select(error => new Finding(file.Path, error.Line, error.Column, error.Text))
        );
}

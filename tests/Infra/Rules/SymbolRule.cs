using FunctionTune.Infra.Tests.Syntax;

namespace FunctionTune.Infra.Tests.Rules;

/// <summary>What is named is declared, once; what is declared is used; functions are Bicep's own.</summary>
internal static class SymbolRule
{
    private static readonly HashSet<string> s_functions =
    [
        .. "any cidrHost cidrSubnet concat contains empty environment filter first format guid int items join last length loadJsonContent".Split(
            ' '
        ),
        .. "loadTextContent map max min range readEnvironmentVariable replace resourceGroup resourceId split string subscription".Split(
            ' '
        ),
        .. "subscriptionResourceId substring take tenant toLower toObject toUpper trim union uniqueString".Split(' '),
    ];

    private static readonly HashSet<string> s_decorators =
    [
        "allowed",
        "batchSize",
        "description",
        "export",
        "maxLength",
        "maxValue",
        "metadata",
        "minLength",
        "minValue",
        "secure",
    ];

    public static IEnumerable<Finding> Check(BicepFolder folder) => folder.Files.SelectMany(Check);

    private static IEnumerable<Finding> Check(BicepFile file)
    {
        Node[] declarations = [.. file.Declarations];
        IEnumerable<Finding> twice = declarations
            .GroupBy(BicepFile.NameOf, StringComparer.Ordinal)
            .SelectMany(group => group.Skip(1))
            .Select(each => Finding.At(file, each, $"'{BicepFile.NameOf(each)}' is declared twice"));
        if (file.IsParameters)
        {
            return twice.Concat(Calls(file));
        }

        Node[] references = [.. file.Root.Children.SelectMany(child => References(child, []))];
        HashSet<string> declared = [.. declarations.Select(BicepFile.NameOf)];
        HashSet<string> used = [.. references.Select(each => each.Text)];
        return
        [
            .. twice,
            .. Calls(file),
            .. references
                .Where(each => !declared.Contains(each.Text))
                .Select(each => Finding.At(file, each, $"'{each.Text}' is not declared")),
            .. declarations
                .Where(each => each.IsExisting || each.Is("parameter_declaration") || each.Is("variable_declaration"))
                .Where(each => !used.Contains(BicepFile.NameOf(each)))
                .Select(each => Finding.At(file, each, $"'{BicepFile.NameOf(each)}' is never used")),
        ];
    }

    private static IEnumerable<Finding> Calls(BicepFile file) =>
        file
            .Root.All()
            .SelectMany(node =>
                node.Children.Where(child => child.Is("call_expression"))
                    .Select(call => (call, Known: node.Is("decorator") ? s_decorators : s_functions))
            )
            .Where(each => each.call.Children[0].Is("identifier") && !each.Known.Contains(each.call.Children[0].Text))
            .Select(each =>
                Finding.At(file, each.call, $"'{each.call.Children[0].Text}' is no function that is known here")
            );

    /// <summary>The names that are looked up among the declarations of the file, those of loops and lambdas left out.</summary>
    private static IEnumerable<Node> References(Node node, HashSet<string> loops)
    {
        if (node.Is("identifier"))
        {
            return loops.Contains(node.Text) ? [] : [node];
        }

        IEnumerable<Node> inside = node.Type switch
        {
            "type" => [],
            "call_expression" => node.Children.Where(child => !(child.IsField("function") && child.Is("identifier"))),
            "object_property" => node.Children.Skip(node.Children[0].Is("identifier") ? 1 : 0),
            "for_statement" => node.Children.Where(child =>
                !child.IsField("initializer") && !child.Is("for_loop_parameters")
            ),
            _ when node.Type.EndsWith("_declaration", StringComparison.Ordinal) => node.Children.Skip(1),
            _ => node.Children,
        };
        HashSet<string> scope =
            node.Is("for_statement") || node.Is("lambda_expression") ? [.. loops, .. LoopNames(node)] : loops;
        return inside.SelectMany(child => References(child, scope));
    }

    private static IEnumerable<string> LoopNames(Node loop) =>
        loop
            .Children.Where(
                (child, i) =>
                    child.IsField("initializer")
                    || child.Is("for_loop_parameters")
                    || (i == 0 && loop.Is("lambda_expression"))
            )
            .SelectMany(child => child.Is("identifier") ? [child] : child.Children)
            .Select(name => name.Text);
}

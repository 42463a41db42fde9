using System.Text.RegularExpressions;
using FunctionTune.Infra.Tests.Syntax;

namespace FunctionTune.Infra.Tests.Rules;

/// <summary>No secret is written down, asked for in the clear, read from a service, or put out; nothing is sent unencrypted.</summary>
internal static partial class SecretRule
{
    public static IEnumerable<Finding> Check(BicepFolder folder) => folder.Files.SelectMany(Check);

    private static IEnumerable<Finding> Check(BicepFile file) =>
        [
            .. Strings(file)
                .Where(node => Secret().IsMatch(node.Text))
                .Select(node => Finding.At(file, node, "this looks like a secret")),
            .. Strings(file)
                .Where(node => node.Text.Contains("http://", StringComparison.OrdinalIgnoreCase))
                .Select(node => Finding.At(file, node, "an address begins with https://")),
            .. Strings(file)
                .Where(node => OneCloud().IsMatch(node.Text))
                .Select(node =>
                    Finding.At(file, node, "an address of one cloud of Azure; environment() knows it for each")
                ),
            .. file
                .Root.All()
                .Where(node => node.Is("call_expression") && ListsKeys(node.Children[0]))
                .Select(node => Finding.At(file, node, "keys are not read: access is by identity")),
            .. file
                .Parameters.Where(each => Name().IsMatch(BicepFile.NameOf(each)))
                .Select(each => Finding.At(file, each, "a secret is no parameter: it lies in the vault")),
            .. file
                .Outputs.Where(each => Name().IsMatch(BicepFile.NameOf(each)))
                .Select(each => Finding.At(file, each, "a secret is not put out: deployments keep their outputs")),
            .. file
                .Root.All()
                .SelectMany(node => node.Properties())
                .Where(each => Name().IsMatch(each.Key.Plain) && IsLiteral(each.Value))
                .Select(each => Finding.At(file, each.Key, $"'{each.Key.Plain}' has a value that everybody can read")),
        ];

    private static IEnumerable<Node> Strings(BicepFile file) => file.Root.All().Where(node => node.Is("string"));

    private static bool ListsKeys(Node function) =>
        (function.Is("member_expression") ? function.Children[1].Text : function.Text).StartsWith(
            "list",
            StringComparison.OrdinalIgnoreCase
        );

    private static bool IsLiteral(Node value) =>
        value.Is("string") && value.Text.Length > 2 && !value.Children.Any(child => child.Is("interpolation"));

    [GeneratedRegex(
        "AccountKey=|SharedAccess|[?&]sig=|InstrumentationKey=|Password=|-----BEGIN|dapi[0-9a-f]{16}|[A-Za-z0-9+/]{43,}=",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Secret();

    [GeneratedRegex(
        @"(core\.windows|vault\.azure|database\.windows)\.net|login\.microsoftonline\.com|management\.azure\.com",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex OneCloud();

    [GeneratedRegex(
        "(password|passwd|secret|apikey|accesskey|accountkey|sharedkey|sastoken|pat)$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Name();
}

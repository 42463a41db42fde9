using FunctionTune.Infra.Tests.Syntax;

namespace FunctionTune.Infra.Tests.Rules;

/// <summary>All rules.</summary>
internal static class Gate
{
    private static readonly Func<BicepFolder, IEnumerable<Finding>>[] s_rules =
    [
        SymbolRule.Check,
        ModuleRule.Check,
        ResourceTypeRule.Check,
        RoleRule.Check,
        HardeningRule.Check,
        SecretRule.Check,
        AppSettingRule.Check,
    ];

    /// <summary>What is wrong with a folder. A file that does not parse is not looked at further.</summary>
    public static IReadOnlyList<Finding> Check(BicepFolder folder) =>
        SyntaxRule.Check(folder).ToArray() is { Length: > 0 } errors
            ? errors
            : [.. s_rules.SelectMany(rule => rule(folder))];
}

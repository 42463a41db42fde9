using System.Text.RegularExpressions;
using FunctionTune.Infra.Tests.Syntax;

namespace FunctionTune.Infra.Tests.Rules;

/// <summary>Roles are built-in ones, by the ids that Azure gave them, in one table; assignments have names that the same assignment always gets.</summary>
internal static partial class RoleRule
{
    private const string Assignment = "Microsoft.Authorization/roleAssignments";
    private const string Table = BicepFolder.RoleTable;

    private static readonly Dictionary<string, string> s_builtIn = new(StringComparer.Ordinal)
    {
        ["Storage Blob Data Owner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["Storage Blob Data Contributor"] = "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        ["Storage Queue Data Contributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["Storage Table Data Contributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        ["Monitoring Metrics Publisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["Durable Task Data Contributor"] = "0ad04412-c4d5-4796-b79c-f76d14c8d402",
        ["Key Vault Secrets User"] = "4633458b-17de-408a-b874-0445c86b69e6",
    };

    public static IEnumerable<Finding> Check(BicepFolder folder)
    {
        IReadOnlyDictionary<string, string> table = folder.Roles;
        HashSet<string> used =
        [
            .. folder
                .Files.SelectMany(file => file.Root.All())
                .Where(node => node.Is("string"))
                .Select(node => node.Plain),
        ];
        return
        [
            .. table
                .Where(each =>
                    !string.Equals(s_builtIn.GetValueOrDefault(each.Key), each.Value, StringComparison.Ordinal)
                )
                .Select(each => new Finding(Table, 1, 1, $"'{each.Key}' does not have the id {each.Value}")),
            .. table
                .Keys.Where(each => !used.Contains(each))
                .Select(each => new Finding(Table, 1, 1, $"'{each}' is never used")),
            .. folder.Files.SelectMany(file =>
                Lookups(file)
                    .Where(each => !table.ContainsKey(each.Children[1].Plain))
                    .Select(each => Finding.At(file, each, $"{Table} has no role {each.Children[1].Text}"))
            ),
            .. folder.Files.SelectMany(Literals),
            .. folder.Files.SelectMany(Assignments),
        ];
    }

    private static IEnumerable<Node> Lookups(BicepFile file) =>
        file
            .Root.All()
            .Where(node =>
                node.Is("subscript_expression")
                && node.Children[1].Is("string")
                && string.Equals(node.Children[0].Text, "roles", StringComparison.Ordinal)
            );

    private static IEnumerable<Finding> Literals(BicepFile file) =>
        file
            .Root.All()
            .Where(node => node.Is("string_content") && Id().IsMatch(node.Text))
            .Select(node => Finding.At(file, node, $"an id stands here; ids of roles belong in {Table}"));

    private static IEnumerable<Finding> Assignments(BicepFile file) =>
        file
            .Resources.Where(each => string.Equals(BicepFile.TypeOf(each), Assignment, StringComparison.Ordinal))
            .SelectMany(each => Broken(BicepFile.BodyOf(each)).Select(rule => Finding.At(file, each, rule)));

    private static IEnumerable<string> Broken(Node body)
    {
        if (body.At("name")?.Text.StartsWith("guid(", StringComparison.Ordinal) != true)
        {
            yield return "the name of a role assignment is guid() of scope, principal and role";
        }

        if (body.At("scope") is null)
        {
            yield return "a role assignment says its scope, so that it does not reach the whole resource group";
        }

        if (body.At("properties.principalType") is null)
        {
            yield return "a role assignment says what kind its principal is, so that it does not fail while Entra spreads the news of it";
        }

        if (
            body.At("properties.roleDefinitionId")?.Text.StartsWith("subscriptionResourceId(", StringComparison.Ordinal)
            != true
        )
        {
            yield return "roleDefinitionId is subscriptionResourceId() of a role";
        }
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.NonBacktracking)]
    private static partial Regex Id();
}

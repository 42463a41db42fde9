using FunctionTune.Infra.Tests.Syntax;

namespace FunctionTune.Infra.Tests.Rules;

/// <summary>Modules are files of this folder; what they need is given, what is given they know, what is read of them they put out.</summary>
internal static class ModuleRule
{
    public static IEnumerable<Finding> Check(BicepFolder folder) =>
        folder.Files.SelectMany(file =>
            file.IsParameters
                ? CheckParameters(folder, file)
                : file.Modules.SelectMany(each => Check(folder, file, each))
        );

    private static IEnumerable<Finding> Check(BicepFolder folder, BicepFile file, Node module)
    {
        Node path = module.Children[1];
        if (folder.Find(file, path.Plain) is not { } target)
        {
            return [Finding.At(file, path, $"there is no module {path.Text} in this folder")];
        }

        Node body = BicepFile.BodyOf(module);
        Node[] given = [.. body.At("params")?.Properties().Select(each => each.Key) ?? []];
        return Given(file, target, body, given).Concat(OutputsRead(file, target, BicepFile.NameOf(module)));
    }

    private static IEnumerable<Finding> CheckParameters(BicepFolder folder, BicepFile file)
    {
        Node use = file.Root.Children[0];
        return use.Is("using_statement") && folder.Find(file, use.Children[0].Plain) is { } target
            ? Given(file, target, use, [.. file.Variables.Select(each => each.Children[0])])
            : [Finding.At(file, use, "a parameters file begins with 'using' and a template of this folder")];
    }

    private static IEnumerable<Finding> Given(BicepFile file, BicepFile target, Node place, Node[] given)
    {
        HashSet<string> names = [.. given.Select(each => each.Plain)];
        HashSet<string> known = [.. target.Parameters.Select(BicepFile.NameOf)];
        return
        [
            .. given
                .Where(each => !known.Contains(each.Plain))
                .Select(each => Finding.At(file, each, $"{target.Path} has no parameter '{each.Plain}'")),
            .. target
                .Parameters.Where(each => each.Children.Count == 2 && !names.Contains(BicepFile.NameOf(each)))
                .Select(each => Finding.At(file, place, $"{target.Path} needs '{BicepFile.NameOf(each)}'")),
        ];
    }

    private static IEnumerable<Finding> OutputsRead(BicepFile file, BicepFile target, string module)
    {
        HashSet<string> known = [.. target.Outputs.Select(BicepFile.NameOf)];
        return file
            .Root.All()
            .Where(node => node.Is("member_expression") && IsOutputsOf(node.Children[0], module))
            .Select(node => node.Children[1])
            .Where(name => !known.Contains(name.Text))
            .Select(name => Finding.At(file, name, $"{target.Path} puts out no '{name.Text}'"));
    }

    private static bool IsOutputsOf(Node node, string module) =>
        node.Is("member_expression")
        && string.Equals(node.Children[1].Text, "outputs", StringComparison.Ordinal)
        && node.Children[0] is var owner
        && string.Equals(
            owner.Is("subscript_expression") ? owner.Children[0].Text : owner.Text,
            module,
            StringComparison.Ordinal
        );
}

namespace FunctionTune.Infra.Tests.Syntax;

/// <summary>A Bicep file, read.</summary>
/// <param name="Path">Its path in the folder, with slashes.</param>
/// <param name="Errors">What does not parse.</param>
/// <param name="Root">Its syntax tree.</param>
internal sealed record BicepFile(string Path, IReadOnlyList<SyntaxFault> Errors, Node Root)
{
    /// <summary>Whether it is a parameters file.</summary>
    public bool IsParameters => Path.EndsWith(".bicepparam", StringComparison.Ordinal);

    /// <summary>Its parameters.</summary>
    public IEnumerable<Node> Parameters => Of("parameter_declaration");

    /// <summary>Its variables.</summary>
    public IEnumerable<Node> Variables => Of("variable_declaration");

    /// <summary>Its resources.</summary>
    public IEnumerable<Node> Resources => Of("resource_declaration");

    /// <summary>Its modules.</summary>
    public IEnumerable<Node> Modules => Of("module_declaration");

    /// <summary>Its outputs.</summary>
    public IEnumerable<Node> Outputs => Of("output_declaration");

    /// <summary>All that has a name that expressions of the file can use.</summary>
    public IEnumerable<Node> Declarations => Parameters.Concat(Variables).Concat(Resources).Concat(Modules);

    /// <summary>The name of a declaration.</summary>
    public static string NameOf(Node declaration) => declaration.Children[0].Text;

    /// <summary>The object that a resource or module is made of, whatever its condition or loop.</summary>
    public static Node BodyOf(Node declaration)
    {
        Node node = declaration.Children[^1];
        while (node.Is("if_statement") || node.Is("for_statement"))
        {
            node = node.Children[^1];
        }

        return node;
    }

    /// <summary>The type of a resource, without its version.</summary>
    public static string TypeOf(Node resource) => resource.Children[1].Plain.Split('@')[0];

    /// <summary>The variable of a name; null when there is none.</summary>
    public Node? Variable(string name) =>
        Variables.FirstOrDefault(each => string.Equals(NameOf(each), name, StringComparison.Ordinal));

    private IEnumerable<Node> Of(string type) => Root.Children.Where(child => child.Is(type));
}

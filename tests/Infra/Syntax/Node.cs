namespace FunctionTune.Infra.Tests.Syntax;

/// <summary>A piece of a Bicep file, as the grammar names it.</summary>
internal sealed record Node(
    string Type,
    string? Field,
    int Line,
    int Column,
    string Text,
    bool IsExisting,
    IReadOnlyList<Node> Children
)
{
    /// <summary>Whether it is of a type.</summary>
    public bool Is(string type) => string.Equals(Type, type, StringComparison.Ordinal);

    /// <summary>Whether it stands in a field of its parent.</summary>
    public bool IsField(string field) => string.Equals(Field, field, StringComparison.Ordinal);

    /// <summary>It, and all that it holds.</summary>
    public IEnumerable<Node> All() => Children.SelectMany(child => child.All()).Prepend(this);

    /// <summary>The text without the quotes of a string.</summary>
    public string Plain => Is("string") ? Text.Trim('\'') : Text;

    /// <summary>The properties of an object that have names.</summary>
    public IEnumerable<(Node Key, Node Value)> Properties() =>
        Children
            .Where(child => child.Is("object_property") && child.Children.Count == 2)
            .Select(child => (child.Children[0], child.Children[1]));

    /// <summary>The value at a path of property names in an object; null when there is none.</summary>
    public Node? At(string path) =>
        path.Split('.')
            .Aggregate(
                (Node?)this,
                (node, name) =>
                    node
                        ?.Properties()
                        .Where(each => string.Equals(each.Key.Plain, name, StringComparison.Ordinal))
                        .Select(each => each.Value)
                        .FirstOrDefault()
            );
}

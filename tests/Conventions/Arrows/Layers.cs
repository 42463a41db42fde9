using FunctionTune.Conventions.Tests.Metadata;

namespace FunctionTune.Conventions.Tests.Arrows;

/// <summary>The layers of an assembly, by namespace, and what each of them may use.</summary>
/// <param name="Root">The namespace above the layers.</param>
/// <param name="Allowed">By layer, the other layers that it may use.</param>
internal sealed record Layers(string Root, IReadOnlyDictionary<string, string[]> Allowed)
{
    /// <summary>The layer of the few types in the root namespace that everybody speaks of.</summary>
    public const string Ground = "ground";

    /// <summary>The layer of all other types in the root namespace: the user's door. Nobody inside goes through it.</summary>
    public const string Door = "door";

    /// <summary>Names of the types that are the ground.</summary>
    public IReadOnlyList<string> GroundTypes { get; init; } = [];

    /// <summary>The uses that are not allowed, in words.</summary>
    public IEnumerable<string> Violations(IEnumerable<Use> uses) =>
        uses.Where(IsForbidden)
            .Select(use => $"{use.User} ({LayerOf(use.User)}) may not use {use.Used} ({LayerOf(use.Used)})")
            .Distinct(StringComparer.Ordinal);

    private bool IsForbidden(Use use) =>
        LayerOf(use.User) is { } user
        && LayerOf(use.Used) is { } used
        && !string.Equals(user, used, StringComparison.Ordinal)
        && !(Allowed.TryGetValue(user, out string[]? allowed) && allowed.Contains(used, StringComparer.Ordinal));

    /// <summary>The layer of a type; null for types of other assemblies and for the compiler's own.</summary>
    private string? LayerOf(TypeName type)
    {
        if (string.Equals(type.Namespace, Root, StringComparison.Ordinal))
        {
            return GroundTypes.Contains(type.Name, StringComparer.Ordinal) ? Ground : Door;
        }

        return type.Namespace.StartsWith(Root + ".", StringComparison.Ordinal)
            ? type.Namespace[(Root.Length + 1)..].Split('.')[0]
            : null;
    }
}

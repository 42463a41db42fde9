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
        from use in uses
        let user = LayerOf(use.User)
        let used = LayerOf(use.Used)
        where user is not null && used is not null && !string.Equals(user, used, StringComparison.Ordinal)
        where !Allowed.TryGetValue(user, out string[]? allowed) || !allowed.Contains(used, StringComparer.Ordinal)
        group use by $"{use.User} ({user}) may not use {use.Used} ({used})" into violation
        select violation.Key;

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

namespace FunctionTune.Conventions.Tests.Metadata;

/// <summary>A type as metadata names it; a nested type goes by the name of the type around it.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name, without the number of its type parameters.</param>
internal sealed record TypeName(string Namespace, string Name)
{
    /// <summary>The full name.</summary>
    public override string ToString() => $"{Namespace}.{Name}";
}

namespace FunctionTune.Conventions.Tests.Metadata;

/// <summary>That one type uses another one: in a signature, an attribute or the body of a method.</summary>
/// <param name="User">The type that uses.</param>
/// <param name="Used">The type that is used.</param>
/// <param name="Member">The member of it that is called or read; empty when the type as such is named.</param>
internal sealed record Use(TypeName User, TypeName Used, string Member = "");

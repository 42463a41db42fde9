namespace FunctionTune.Conventions.Tests.Arrows.Samples.Upper;

/// <summary>Lies above the layer that uses it.</summary>
[AttributeUsage(AttributeTargets.All)]
internal sealed class Above : Attribute
{
    public static readonly int Number = Environment.ProcessId;

    public static int Count<T>(T item) => item is null ? 0 : 1;
}

using FunctionTune.Testing.Azurite;

namespace FunctionTune.Benchmarks;

/// <summary>An Azurite that keeps its data in a folder.</summary>
/// <param name="folder">The folder.</param>
internal sealed class AzuriteOnDisk(string folder) : AzuriteServer
{
    protected override IEnumerable<string> Keeping => ["--location", folder];
}

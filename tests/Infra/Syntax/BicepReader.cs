using System.Text.Json;

namespace FunctionTune.Infra.Tests.Syntax;

/// <summary>Reads Bicep files with the grammar of tree-sitter.</summary>
internal static class BicepReader
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { MaxDepth = 512 };

    /// <summary>Reads files, all by one process.</summary>
    public static async Task<IReadOnlyList<BicepFile>> ReadAsync(
        IEnumerable<string> paths,
        CancellationToken cancellationToken
    )
    {
        string script = Repository.PathOf("tests", "Infra", "Syntax", "bicep-tree.mjs");
        Ended ended = await Programs.RunAsync("node", [script, .. paths], cancellationToken);
        Assert.True(ended.ExitCode == 0, ended.Errors);
        return JsonSerializer.Deserialize<BicepFile[]>(ended.Output, s_json)!;
    }
}

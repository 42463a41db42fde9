using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>The libraries of a task that are files. Packages of PyPI, Maven and CRAN must be on this machine already.</summary>
/// <param name="Jars">Local paths of jars.</param>
/// <param name="Wheels">Local paths of wheels.</param>
internal sealed record Libraries(ImmutableArray<string> Jars, ImmutableArray<string> Wheels)
{
    /// <summary>The libraries of a task and of its serverless environment.</summary>
    /// <exception cref="RefusedTaskException">A library is not there.</exception>
    public static Libraries Of(SubmittedTask task, PathMap paths)
    {
        IEnumerable<JsonElement> libraries = task.Definition.TryGetProperty("libraries", out JsonElement list)
            ? list.EnumerateArray()
            : [];
        var files = libraries.SelectMany(library => library.EnumerateObject()).ToLookup(p => p.Name, p => p.Value);
        _ = Find(files["requirements"], "requirements", paths);
        IEnumerable<string> wheels = task.Dependencies.Where(d => d.EndsWith(".whl", StringComparison.Ordinal));
        return new(
            Find(files["jar"], "jar", paths),
            [.. Find(files["whl"], "whl", paths), .. wheels.Select(wheel => Find(wheel, "whl", paths))]
        );
    }

    private static ImmutableArray<string> Find(IEnumerable<JsonElement> files, string kind, PathMap map) =>
        [.. files.Select(path => Find(path.GetString()!, kind, map))];

    private static string Find(string path, string kind, PathMap paths) =>
        paths.FindFile(path) ?? throw RefusedTaskException.NoLibrary(kind, path);
}

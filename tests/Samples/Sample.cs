using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Samples.Tests;

/// <summary>The samples as they lie beside the tests.</summary>
internal static class Sample
{
    public static string Path(string relative) => System.IO.Path.Combine(AppContext.BaseDirectory, relative);

    /// <summary>A trial's folder whose data <c>train</c> is one of the samples' files.</summary>
    public static TrialFolder Trial(string data, string parameters)
    {
        var train = new JsonObject { ["uri"] = Path($"samples/data/{data}") };
        return new(parameters, new JsonObject { ["train"] = train }.ToJsonString());
    }

    /// <summary>Carries out a trial of a sample in C#.</summary>
    public static Task<ProgramEnd> RunAsync(TrialFolder folder, string assembly) =>
        folder.RunAsync(["dotnet", Path(assembly)], TestContext.Current.CancellationToken);

    public static double Number(this JsonElement result, string name) => result.GetProperty(name).GetDouble();
}

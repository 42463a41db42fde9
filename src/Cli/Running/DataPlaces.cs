using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Local;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Running;

/// <summary>
/// A description as its file has it: data say only where they lie, for what they hold is compared when the study runs, and
/// nothing says where the program of the trials was staged.
/// </summary>
internal static class DataPlaces
{
    public static StudySpec Of(StudySpec spec) =>
        spec with
        {
            Data = spec.Data.SetItems(
                spec.Data.Select(d => KeyValuePair.Create(d.Key, Place(d.Value, spec.BaseFolder)))
            ),
            Trial = spec.Trial is TrialSpec.Remote remote ? Unstaged(remote) : spec.Trial,
        };

    private static TrialSpec.Remote Unstaged(TrialSpec.Remote remote)
    {
        if (remote.Options.ValueKind != JsonValueKind.Object)
        {
            return remote;
        }

        JsonObject options = JsonObject.Create(remote.Options)!;
        options.Remove("staged");
        return remote with { Options = JsonSerializer.SerializeToElement(options) };
    }

    private static DataReference Place(DataReference data, string? folder) =>
        new(
            folder is null || DataSource.IsElsewhere(data.Source ?? data.Uri)
                ? data.Source ?? data.Uri
                : Path.GetFullPath(data.Source ?? data.Uri, folder)
        );
}

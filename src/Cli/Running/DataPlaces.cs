using FunctionTune.Local;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Running;

/// <summary>A description whose data say only where they lie: what they hold is compared when the study runs.</summary>
internal static class DataPlaces
{
    public static StudySpec Of(StudySpec spec) =>
        spec with
        {
            Data = spec.Data.SetItems(
                spec.Data.Select(d => KeyValuePair.Create(d.Key, Place(d.Value, spec.BaseFolder)))
            ),
        };

    private static DataReference Place(DataReference data, string? folder) =>
        new(
            folder is null || DataSource.IsElsewhere(data.Source ?? data.Uri)
                ? data.Source ?? data.Uri
                : Path.GetFullPath(data.Source ?? data.Uri, folder)
        );
}

using System.Collections.Immutable;
using FunctionTune.Staging;

namespace FunctionTune.Service.Schedules.Sources;

/// <summary>
/// Schedules below <c>schedules/</c> of the container in which the studies are kept: each <c>*.json</c> that lies directly there is
/// one. Study files are named by their paths from there and lie below it.
/// </summary>
/// <param name="area">The container.</param>
/// <param name="names">The same, which tells what lies there.</param>
public sealed class AreaScheduleSource(IStagingArea area, IStagingNames names) : IScheduleSource
{
    private const string Folder = "schedules";
    private const string Ending = ".json";

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<string> found = await names.ListAsync(Folder, "", cancellationToken).ConfigureAwait(false);
        return [.. found.Where(name => name.EndsWith(Ending, StringComparison.Ordinal))];
    }

    /// <inheritdoc/>
    public async Task<ScheduleText?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Split('/').Any(part => part is "" or "." or ".."))
        {
            throw new FunctionTuneException(
                $"A path below {Folder}/ has parts between single slashes, no '.' and no '..', but got '{name}'.",
                $"Put the file below {Folder}/ of the container."
            );
        }

        string place = $"{Folder}/{name}";
        ReadOnlyMemory<byte>? content = await area.ReadAsync(place, 0, ScheduleText.MostBytes, cancellationToken)
            .ConfigureAwait(false);
        return content is { } bytes
            ? new ScheduleText(area.AddressOf(place), Path.GetFileNameWithoutExtension(name), bytes)
            : null;
    }
}

using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace FunctionTune.Service.Schedules.Sources;

/// <summary>
/// Schedules in the settings of an app: <c>FunctionTune__Schedules__nightly</c> holds the JSON of the schedule <c>nightly</c>.
/// </summary>
/// <param name="schedules">The section that holds them.</param>
/// <param name="files">Where the study files lie that they name.</param>
public sealed class SettingsScheduleSource(IConfiguration schedules, IScheduleSource files) : IScheduleSource
{
    /// <summary>The name of the section in the app's configuration.</summary>
    public const string Section = "FunctionTune:Schedules";

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<string>>([
            .. schedules
                .GetChildren()
                .Where(setting => setting.Value is not null)
                .Select(setting => setting.Key)
                .Order(StringComparer.Ordinal),
        ]);

    /// <inheritdoc/>
    public Task<ScheduleText?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        IConfigurationSection setting = schedules.GetSection(name);
        string place = setting.Path.Replace(":", "__", StringComparison.Ordinal);
        return Task.FromResult(
            setting.Value is { } value ? new ScheduleText(place, name, Encoding.UTF8.GetBytes(value)) : null
        );
    }

    /// <inheritdoc/>
    public Task<ScheduleText?> OpenStudyAsync(string path, CancellationToken cancellationToken) =>
        files.OpenStudyAsync(path, cancellationToken);
}

using System.Collections.Immutable;

namespace FunctionTune.Service.Schedules.Sources;

/// <summary>
/// Schedules in a folder of this machine: each file <c>*.json</c> that lies directly in it is one. Study files are named by their
/// paths from the folder.
/// </summary>
/// <param name="folder">The folder; it need not be there.</param>
/// <param name="sharesFiles">Whether paths in a study start from the folder of its file; else a study names no files of this machine.</param>
public sealed class FolderScheduleSource(string folder, bool sharesFiles = true) : IScheduleSource
{
    private readonly string _folder = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            string[] files = Directory.Exists(_folder) ? Directory.GetFiles(_folder, "*.json") : [];
            return Task.FromResult<ImmutableArray<string>>([
                .. files.Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
            ]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(_folder, fault);
        }
    }

    /// <inheritdoc/>
    public Task<ScheduleText?> OpenAsync(string name, CancellationToken cancellationToken) =>
        ReadAsync(Path.GetFullPath(name, _folder), cancellationToken);

    private async Task<ScheduleText?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            FileStream stream = File.OpenRead(file);
            await using (stream.ConfigureAwait(false))
            {
                byte[] content = new byte[Math.Min(stream.Length, ScheduleText.MostBytes)];
                int length = await stream
                    .ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken)
                    .ConfigureAwait(false);
                string name = Path.GetFileNameWithoutExtension(file);
                string? start = sharesFiles ? Path.GetDirectoryName(file) : null;
                return new ScheduleText(file, name, content.AsMemory(0, length), start);
            }
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, fault);
        }
    }

    private static FunctionTuneException Unreadable(string place, Exception fault) =>
        new($"'{place}' cannot be read: {fault.Message}", inner: fault);
}

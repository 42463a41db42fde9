using System.Collections.Concurrent;
using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Local.Stores;

/// <summary>
/// Studies in a folder: <c>studies/&lt;id&gt;/log/000001.jsonl</c>, one event a line. Threads and processes may use the same
/// folder at once; readers never hold up a writer.
/// </summary>
/// <remarks>
/// An append is one write, handed to the operating system before it returns: the death of a process loses nothing. Only an
/// append that ends a study waits for the disk as well; a power cut may cost the last events before that, never the
/// log. What an interrupted append left, the next one cuts off.
/// </remarks>
/// <param name="folder">The store's folder; made when first written to.</param>
public sealed class FolderStudyStore(string folder) : IStudyStore, IDisposable
{
    private readonly ConcurrentDictionary<StudyId, FolderLog> _logs = new();

    /// <summary>The store's folder, as a full path.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public async Task<StudyLog> ReadAsync(StudyId id, long from, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        try
        {
            return await Task.Run(() => Log(id).ReadAsync(from, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.Of($"Study '{id}' could not be read", new StudyFolder(Folder, id).Log, fault);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="FunctionTuneException">The folder is gone or cannot be written, or the disk is full.</exception>
    public Task<long> AppendAsync(
        StudyId id,
        long expectedVersion,
        ImmutableArray<StudyEvent> events,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        return events.IsDefaultOrEmpty
            ? throw new ArgumentException("At least one event is appended, but got none.", nameof(events))
            : Log(id).AppendAsync(expectedVersion, events, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<StudyId>> ListAsync(CancellationToken cancellationToken) =>
        Task.Run(List, cancellationToken);

    /// <summary>Lets go of what appending needs.</summary>
    public void Dispose()
    {
        foreach (FolderLog log in _logs.Values)
        {
            log.Dispose();
        }
    }

    private ImmutableArray<StudyId> List()
    {
        var studies = new DirectoryInfo(StudyFolder.StudiesOf(Folder));
        if (!studies.Exists)
        {
            return [];
        }

        try
        {
            return
            [
                .. studies
                    .EnumerateDirectories()
                    .Select(study => study.Name)
                    .Where(StudyId.IsValid)
                    .Order(StringComparer.Ordinal)
                    .Select(name => new StudyId(name))
                    .Where(id => LogFiles.HasEvents(new StudyFolder(Folder, id).Log)),
            ];
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.Of("The studies could not be listed", studies.FullName, fault);
        }
    }

    private FolderLog Log(StudyId id) =>
        _logs.GetOrAdd(id, static (key, store) => new FolderLog(key, new StudyFolder(store, key)), Folder);
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Azure.Storage.Blobs.Models;
using FunctionTune.Remote.Blobs.Logs;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Blobs;

/// <summary>
/// Studies in blob storage: <c>studies/&lt;id&gt;/log/000001.jsonl</c>, one event a line, the same bytes as in a folder. A log that
/// is copied from the one to the other goes on there. Threads and processes may use the same place at once.
/// </summary>
/// <remarks>
/// An append is one block of an append blob, on condition of the position at which it lands. When its answer is lost and the next
/// try is refused, what lies there tells whether the first try did it. An append blob takes 50,000 appends; the log goes on in a
/// further blob before that.
/// </remarks>
public sealed class BlobStudyStore : IStudyStore, IDisposable
{
    /// <summary>How many appends a blob takes before the log goes on in the next. All writers of a store must agree on it.</summary>
    internal const int MaxBlocks = 49_000;

    private const int ListedAtOnce = 16;

    private readonly ConcurrentDictionary<StudyId, BlobLog> _logs = new();
    private readonly BlobFolder _folder;
    private readonly int _maxBlocks;

    /// <summary>The studies of a place.</summary>
    /// <param name="folder">The place; its container must exist.</param>
    public BlobStudyStore(BlobFolder folder)
        : this(folder, MaxBlocks) { }

    internal BlobStudyStore(BlobFolder folder, int maxBlocks) => (_folder, _maxBlocks) = (folder, maxBlocks);

    /// <inheritdoc/>
    /// <exception cref="FunctionTuneException">Blob storage cannot be reached, or refuses.</exception>
    public Task<StudyLog> ReadAsync(StudyId id, long from, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        return SpeakAsync($"Study '{id}' could not be read", () => Log(id).ReadAsync(from, cancellationToken));
    }

    /// <inheritdoc/>
    /// <exception cref="FunctionTuneException">Blob storage cannot be reached, or refuses; or the study was removed.</exception>
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
            : SpeakAsync(
                $"Study '{id}' could not be written",
                () => Log(id).AppendAsync(expectedVersion, events, cancellationToken)
            );
    }

    /// <inheritdoc/>
    /// <exception cref="FunctionTuneException">Blob storage cannot be reached, or refuses.</exception>
    public Task<ImmutableArray<StudyId>> ListAsync(CancellationToken cancellationToken) =>
        SpeakAsync("The studies could not be listed", () => FindAsync(cancellationToken));

    /// <summary>Lets go of what appending needs.</summary>
    public void Dispose()
    {
        foreach (BlobLog log in _logs.Values)
        {
            log.Dispose();
        }
    }

    private async Task<ImmutableArray<StudyId>> FindAsync(CancellationToken cancellationToken)
    {
        string studies = _folder.Place.NameOf(LogSegments.Studies);
        var found = new ConcurrentBag<StudyId>();
        IAsyncEnumerable<BlobHierarchyItem> items = _folder.Container.GetBlobsByHierarchyAsync(
            delimiter: "/",
            prefix: studies,
            cancellationToken: cancellationToken
        );
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = ListedAtOnce,
            CancellationToken = cancellationToken,
        };
        await Parallel
            .ForEachAsync(
                items
                    .Where(item => item.IsPrefix)
                    .Select(item => item.Prefix[studies.Length..^1])
                    .Where(StudyId.IsValid),
                parallel,
                async (name, cancel) =>
                {
                    var id = new StudyId(name);
                    if (await new LogSegments(_folder, id).HasEventsAsync(cancel).ConfigureAwait(false))
                    {
                        found.Add(id);
                    }
                }
            )
            .ConfigureAwait(false);
        return [.. found.OrderBy(id => id.ToString(), StringComparer.Ordinal)];
    }

    private BlobLog Log(StudyId id) =>
        _logs.GetOrAdd(
            id,
            static (key, store) => new BlobLog(key, new LogSegments(store._folder, key), store._maxBlocks),
            this
        );

    private async Task<T> SpeakAsync<T>(string what, Func<Task<T>> speak)
    {
        try
        {
            return await speak().ConfigureAwait(false);
        }
        catch (Exception fault) when (BlobFault.IsOne(fault))
        {
            throw BlobFault.Of(what, _folder.Place, fault);
        }
    }
}

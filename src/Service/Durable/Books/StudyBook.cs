using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Service.Durable.Books;

/// <summary>
/// The studies that this process knows, each with its log as far as it was read and the runner of its trials: only a cache, for
/// any activity may come to any process. Of many studies the ones that nobody has asked for longest leave.
/// </summary>
/// <param name="store">The logs of the studies.</param>
/// <param name="platforms">What carries out trials.</param>
/// <param name="suggesters">The algorithms.</param>
/// <param name="time">The clock.</param>
public sealed class StudyBook(IStudyStore store, TrialPlatforms platforms, Suggesters suggesters, TimeProvider time)
    : IAsyncDisposable
{
    private const int MostStudies = 32;
    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(10);

    private readonly Dictionary<StudyId, StudyEntry> _entries = [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        StudyEntry[] entries;
        lock (_entries)
        {
            entries = [.. _entries.Values];
            _entries.Clear();
        }

        foreach (StudyEntry entry in entries)
        {
            await entry.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Works on a study, which stays in the book meanwhile.</summary>
    internal async Task<T> WithAsync<T>(StudyId id, Func<StudyEntry, Task<T>> work)
    {
        StudyEntry entry = Take(id);
        try
        {
            return await work(entry).ConfigureAwait(false);
        }
        finally
        {
            foreach (StudyEntry left in Return(entry))
            {
                await left.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private StudyEntry Take(StudyId id)
    {
        lock (_entries)
        {
            if (!_entries.TryGetValue(id, out StudyEntry? entry))
            {
                _entries.Add(id, entry = new StudyEntry(id, store, platforms, suggesters));
            }

            entry.Users++;
            return entry;
        }
    }

    /// <summary>Returns an entry, and takes those out of the book that have no reason to stay.</summary>
    private List<StudyEntry> Return(StudyEntry returned)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_entries)
        {
            returned.Users--;
            returned.LastUse = now;
            List<StudyEntry> unused = [.. _entries.Values.Where(e => e.Users == 0).OrderBy(e => e.LastUse)];
            int surplus = _entries.Count - MostStudies;
            List<StudyEntry> leaving =
            [
                .. unused.Where((e, i) => i < surplus || e.Ledger.IsOver || now - e.LastUse > s_idle),
            ];
            leaving.ForEach(e => _entries.Remove(e.Id));
            return leaving;
        }
    }
}

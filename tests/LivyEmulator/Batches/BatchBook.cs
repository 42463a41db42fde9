using System.Collections.Immutable;
using FunctionTune.LivyEmulator.Wire;

namespace FunctionTune.LivyEmulator.Batches;

/// <summary>The batches that a server knows.</summary>
public sealed class BatchBook
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, Batch> _batches = [];
    private readonly List<CreateRequest> _begun = [];
    private readonly LivyServerOptions _options;
    private readonly LocalFiles _files;
    private readonly BatchCourse _course;
    private int _next;

    internal BatchBook(LivyServerOptions options)
    {
        _options = options;
        _files = new LocalFiles(options.AllowedFolders);
        _course = new BatchCourse(options);
    }

    /// <summary>The batches that are known, by their numbers; those that ended long ago are forgotten.</summary>
    public ImmutableArray<Batch> All
    {
        get
        {
            lock (_gate)
            {
                DateTimeOffset oldest = DateTimeOffset.UtcNow - _options.Retain;
                foreach (Batch batch in _batches.Values.Where(batch => batch.Ended < oldest).ToArray())
                {
                    _batches.Remove(batch.Id);
                }

                return [.. _batches.Values];
            }
        }
    }

    /// <summary>Every request for a batch that was granted, also of batches that are forgotten.</summary>
    public ImmutableArray<CreateRequest> Begun
    {
        get
        {
            lock (_gate)
            {
                return [.. _begun];
            }
        }
    }

    /// <summary>The batches whose programs have not ended.</summary>
    public IEnumerable<Batch> UnderWay => All.Where(batch => batch.Ended is null);

    /// <summary>Ends a batch as its cluster would.</summary>
    /// <param name="id">The batch.</param>
    /// <param name="state">The state that it is in then.</param>
    public void End(int id, BatchState state = BatchState.Killed) => All.Single(batch => batch.Id == id).Ask(state);

    /// <summary>Forgets all batches that have ended, as after a long time.</summary>
    public void ForgetEnded()
    {
        lock (_gate)
        {
            foreach (Batch batch in _batches.Values.Where(batch => batch.Ended is not null).ToArray())
            {
                _batches.Remove(batch.Id);
            }
        }
    }

    internal Batch Create(CreateRequest request)
    {
        _files.Check(request);
        ImmutableArray<Batch> known = All;
        lock (_gate)
        {
            if (known.Count(batch => batch.Ended is null) >= _options.MaxUnderWay)
            {
                throw new LivyException(400, "Rejected, too many sessions are being created!");
            }

            var batch = new Batch(_next++, request);
            if (request.Name is { } name && _batches.Values.Any(other => IsCalled(other, name)))
            {
                throw LivyException.Rejected($"Duplicate session name: Some({name}) for session {batch.Id}");
            }

            _batches.Add(batch.Id, batch);
            _begun.Add(request);
            batch.Course = Task.Run(() => _course.GoAsync(batch), CancellationToken.None);
            return batch;
        }
    }

    internal async Task DeleteAsync(Batch batch)
    {
        batch.Ask(BatchState.Killed);
        await batch.Course;
        lock (_gate)
        {
            _batches.Remove(batch.Id);
        }
    }

    internal Task EndAllAsync() => Task.WhenAll(All.Select(DeleteAsync));

    private static bool IsCalled(Batch batch, string name) =>
        string.Equals(batch.Request.Name, name, StringComparison.Ordinal);
}

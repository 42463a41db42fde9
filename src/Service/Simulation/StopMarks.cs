using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Service.Simulation;

/// <summary>
/// Which attempts of a study were asked to stop: numbered files beside the study, so that every process that looks at the
/// attempts learns of it by asking for the next file.
/// </summary>
/// <param name="area">Where the study lies.</param>
/// <param name="study">The study.</param>
/// <param name="time">The clock.</param>
internal sealed class StopMarks(IStagingArea area, StudyId study, TimeProvider time) : IDisposable
{
    private const int MostBytes = 64 * 1024;

    /// <summary>How long what others may have asked is left unread: each look is a transaction of the store.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(int Trial, int Attempt), ConcurrentQueue<StopMark>> _marks = new();
    private readonly SemaphoreSlim _gate = new(1);
    private int _next;
    private DateTimeOffset _looked = DateTimeOffset.MinValue;

    /// <summary>The first mark on an attempt while it was under way; null when there is none.</summary>
    /// <param name="trial">The trial's number.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="run">Its course; marks of other times were meant for a study of the same id.</param>
    public StopMark? On(int trial, int attempt, SimulatedRun run) =>
        _marks.TryGetValue((trial, attempt), out ConcurrentQueue<StopMark>? marks)
            ? marks.FirstOrDefault(mark => mark.At >= run.Began && mark.At < run.Ends)
            : null;

    /// <summary>Reads what others have asked since, unless that was done a moment ago.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (time.GetUtcNow() - _looked >= s_pause)
            {
                await ReadAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Asks an attempt to stop.</summary>
    public async Task AddAsync(StopMark mark, CancellationToken cancellationToken)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(mark, StudyJson.Options);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (!await area.CreateAsync(PathOf(_next), content, cancellationToken).ConfigureAwait(false))
            {
                await ReadAsync(cancellationToken).ConfigureAwait(false);
            }

            Take(mark);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        while (await area.ReadAsync(PathOf(_next), 0, MostBytes, cancellationToken).ConfigureAwait(false) is { } bytes)
        {
            Take(JsonSerializer.Deserialize<StopMark>(bytes.Span, StudyJson.Options)!);
        }

        _looked = time.GetUtcNow();
    }

    private void Take(StopMark mark)
    {
        _marks.GetOrAdd((mark.Trial, mark.Attempt), _ => new ConcurrentQueue<StopMark>()).Enqueue(mark);
        _next++;
    }

    private string PathOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"studies/{study}/stops/{number:d6}.json");
}

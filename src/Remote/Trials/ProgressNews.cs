using System.Collections.Concurrent;
using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Trials;

/// <summary>What runs reported on their way, each report told once by this process.</summary>
/// <param name="files">The runs' files.</param>
/// <param name="interval">How often a run that goes on is looked at: each look is a call to the storage.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressNews(TrialFiles files, TimeSpan interval, TimeProvider time)
{
    private readonly ConcurrentDictionary<(StudyId, int, int), Position> _positions = new();

    /// <summary>What is new of a run; nothing when it was looked at a moment ago.</summary>
    /// <param name="run">The run.</param>
    /// <param name="ended">Whether it has ended: then what is left is told, at most <see cref="TrialFiles.MaxProgress"/> bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ImmutableArray<IntermediateValue>> ReadAsync(
        TrialRun run,
        bool ended,
        CancellationToken cancellationToken
    )
    {
        Position position = _positions.GetOrAdd((run.Study, run.Trial, run.Attempt), _ => new Position());
        await position.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            bool isDue = ended || position.LookedAt is not { } last || time.GetElapsedTime(last) >= interval;
            if (!isDue || position.Closed)
            {
                return [];
            }

            position.LookedAt = time.GetTimestamp();
            (ImmutableArray<IntermediateValue> values, position.Next) = await files
                .ReadProgressAsync(run, position.Next, ended, cancellationToken)
                .ConfigureAwait(false);
            position.Closed = ended;
            return values;
        }
        finally
        {
            position.Turn.Release();
        }
    }

    private sealed class Position
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public long Next { get; set; }

        public long? LookedAt { get; set; }

        public bool Closed { get; set; }
    }
}

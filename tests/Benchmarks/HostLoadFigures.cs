using System.Text;
using System.Text.Json.Nodes;

namespace FunctionTune.Benchmarks;

/// <summary>What the log of a study tells of its host.</summary>
/// <param name="Trials">How many trials ended.</param>
/// <param name="Wall">From the first event to the last.</param>
/// <param name="Refill">From the end of a trial to the start of the next in its slot: mean over all but the first wave.</param>
/// <param name="Most">The most trials under way at once.</param>
/// <param name="Twice">How many trials were counted twice: none, or something is wrong.</param>
/// <param name="Bytes">Bytes of the log.</param>
internal sealed record HostLoadFigures(int Trials, TimeSpan Wall, TimeSpan Refill, int Most, int Twice, long Bytes)
{
    /// <summary>Reads a log.</summary>
    public static HostLoadFigures Of(IReadOnlyList<JsonObject> events)
    {
        var ended = new HashSet<int>();
        var free = new Queue<DateTimeOffset>();
        var waits = new List<TimeSpan>();
        int running = 0;
        int most = 0;
        int twice = 0;
        foreach (JsonObject fact in events)
        {
            switch (fact["type"]!.GetValue<string>())
            {
                case "started":
                    most = Math.Max(most, ++running);
                    if (free.TryDequeue(out DateTimeOffset since))
                    {
                        waits.Add(At(fact) - since);
                    }

                    break;
                case "finished":
                    running--;
                    free.Enqueue(At(fact));
                    twice += ended.Add(fact["trial"]!.GetValue<int>()) ? 0 : 1;
                    break;
                default:
                    break;
            }
        }

        TimeSpan refill =
            waits.Count == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(waits.Average(wait => wait.TotalSeconds));
        long bytes = events.Sum(fact => Encoding.UTF8.GetByteCount(fact.ToJsonString()) + 1L);
        return new HostLoadFigures(ended.Count, At(events[^1]) - At(events[0]), refill, most, twice, bytes);
    }

    private static DateTimeOffset At(JsonObject fact) => fact["at"]!.GetValue<DateTimeOffset>();
}

using System.Collections.Immutable;
using FunctionTune.Service.Schedules.Sources;

namespace FunctionTune.Service.Schedules;

/// <summary>The schedules of a host, from all places where it looks for them. What is wrong with one disturbs no other.</summary>
/// <param name="host">The host; it says which studies it can run.</param>
/// <param name="sources">The places. Of two schedules of a name the first counts.</param>
public sealed class ScheduleBook(IStudyHost host, IEnumerable<IScheduleSource> sources)
{
    private readonly IScheduleSource[] _sources = [.. sources];

    /// <summary>All schedules as they stand now, those that cannot be used among them.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ImmutableArray<ScheduleReading>> ReadAsync(CancellationToken cancellationToken)
    {
        var readings = new List<ScheduleReading>();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IScheduleSource source in _sources)
        {
            foreach (string name in await NamesAsync(source, readings, cancellationToken).ConfigureAwait(false))
            {
                if (await ReadAsync(source, name, cancellationToken).ConfigureAwait(false) is { } reading)
                {
                    readings.Add(Single(reading, places));
                }
            }
        }

        return [.. readings];
    }

    private static async Task<ImmutableArray<string>> NamesAsync(
        IScheduleSource source,
        List<ScheduleReading> readings,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await source.ListAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            readings.Add(Unreadable("schedules", fault));
            return [];
        }
    }

    private async Task<ScheduleReading?> ReadAsync(
        IScheduleSource source,
        string name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await source.OpenAsync(name, cancellationToken).ConfigureAwait(false) is { } text
                ? await new ScheduleReader(source, host.Rules).ReadAsync(text, cancellationToken).ConfigureAwait(false)
                : null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return Unreadable(name, fault);
        }
    }

    private static ScheduleReading Single(ScheduleReading reading, Dictionary<string, string> places)
    {
        if (reading.Schedule is not { } schedule || places.TryAdd(schedule.Name, reading.Place))
        {
            return reading;
        }

        string hint = $"The one in {places[schedule.Name]} counts: give this one another name.";
        return new ScheduleReading(
            reading.Place,
            null,
            [new Problem("$.name", "the name of a schedule stands once", $"'{schedule.Name}' again", hint)]
        );
    }

    private static ScheduleReading Unreadable(string place, Exception fault) =>
        new(
            place,
            null,
            // A defect that one file meets is told with its place in the code, and disturbs no other file.
            [
                new Problem(
                    place,
                    "the schedule can be read",
                    Hint: fault is FunctionTuneException ? fault.Message : $"{fault}"
                ),
            ]
        );
}

namespace FunctionTune.Testing.Durable;

/// <summary>What a task hub had to carry.</summary>
public sealed class HubFigures
{
    /// <summary>Executions of orchestrations, counting each continuation.</summary>
    public int Executions { get; internal set; }

    /// <summary>Steps of orchestrations: each runs the code again from its history.</summary>
    public int Steps { get; internal set; }

    /// <summary>Activities carried out, by name, repetitions included.</summary>
    public IDictionary<string, int> Activities { get; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Durable timers set.</summary>
    public int Timers { get; internal set; }

    /// <summary>
    /// The most rows in the history of one execution, counted as Durable Task writes them: two for a step, two for an activity or a
    /// timer, one for an event.
    /// </summary>
    public int MostRows { get; internal set; }

    /// <summary>The most bytes of input, answers and events in the history of one execution.</summary>
    public long MostHistoryBytes { get; internal set; }

    /// <summary>The largest input of an execution, in bytes.</summary>
    public int MostInputBytes { get; internal set; }

    /// <summary>The largest order to an activity, in bytes.</summary>
    public int MostOrderBytes { get; internal set; }

    /// <summary>The largest answer of an activity, in bytes.</summary>
    public int MostAnswerBytes { get; internal set; }

    /// <summary>Bytes of all answers.</summary>
    public long AnswerBytes { get; internal set; }

    /// <summary>The largest custom status, in bytes.</summary>
    public int MostStatusBytes { get; internal set; }

    /// <summary>Workers that died.</summary>
    public int Deaths { get; internal set; }

    /// <summary>Activities that failed once or more.</summary>
    public int Faults { get; internal set; }

    /// <summary>Activities that were carried out twice.</summary>
    public int Doubled { get; internal set; }

    /// <summary>Events from outside that were lost on their way.</summary>
    public int EventsLost { get; internal set; }
}

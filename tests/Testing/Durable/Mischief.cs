namespace FunctionTune.Testing.Durable;

/// <summary>What goes wrong with a task hub and its workers, and how often; always the same for the same seed.</summary>
/// <param name="seed">All that is random follows from it.</param>
public sealed class Mischief(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Nothing goes wrong.</summary>
    public static Mischief None { get; } = new(0);

    /// <summary>Share of activities that are carried out twice, one after the other or side by side.</summary>
    public double Doubled { get; init; }

    /// <summary>Share of activities after whose work the worker dies, so that they are carried out again.</summary>
    public double AnswersLost { get; init; }

    /// <summary>Share of tries of an activity that fail before they do anything.</summary>
    public double Faults { get; init; }

    /// <summary>Share of calls of the store and of the service at which the worker dies, before or after the call.</summary>
    public double Deaths { get; init; }

    /// <summary>Share of events from outside that never arrive.</summary>
    public double EventsLost { get; init; }

    /// <summary>Share of timers that ring up to a second early, or up to ten seconds late.</summary>
    public double TimersOff { get; init; }

    internal bool IsDoubled() => Happens(Doubled);

    internal bool IsSideBySide() => Happens(0.5);

    internal bool LosesAnswer() => Happens(AnswersLost);

    internal bool Faulted() => Happens(Faults);

    internal bool Dies() => Happens(Deaths);

    internal bool LosesEvent() => Happens(EventsLost);

    internal TimeSpan TimerError() =>
        !Happens(TimersOff) ? TimeSpan.Zero
        : Happens(0.5) ? -TimeSpan.FromMilliseconds(_random.Next(1001))
        : TimeSpan.FromMilliseconds(_random.Next(10_001));

    /// <summary>How long it takes until work of a dead worker is given to another.</summary>
    internal TimeSpan Redelivery() => TimeSpan.FromMilliseconds(_random.Next(1, 120_001));

    private bool Happens(double share) => share > 0 && _random.NextDouble() < share;
}

using System.Collections.Immutable;
using System.Globalization;
using FunctionTune.History;
using FunctionTune.Hosting;

namespace FunctionTune.Service.Simulation;

/// <summary>A simulated attempt: the handle tells its whole course, so that any process can follow it.</summary>
/// <param name="Began">When it began, UTC.</param>
/// <param name="Seconds">How long it takes.</param>
/// <param name="Reports">How many intermediate losses it reports, evenly over its time.</param>
/// <param name="Loss">The loss that it ends with; null when it fails.</param>
/// <param name="Timeout">After how many seconds it has taken too long; null for never.</param>
internal sealed record SimulatedRun(
    DateTimeOffset Began,
    double Seconds,
    int Reports,
    double? Loss = null,
    double? Timeout = null
)
{
    private const string LossKey = "loss";

    /// <summary>When it ends by itself, or for having taken too long.</summary>
    public DateTimeOffset Ends => Began.AddSeconds(Math.Min(Seconds, Timeout ?? Seconds));

    /// <summary>The course of an attempt that begins now.</summary>
    /// <param name="options">What the study says.</param>
    /// <param name="start">The attempt.</param>
    /// <param name="now">The time.</param>
    public static SimulatedRun Of(SimulatedOptions options, TrialStart start, DateTimeOffset now)
    {
        // The same attempt takes the same time wherever and however often it is started.
        double share = ulong.Parse(start.Token.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        double spread = options.Jitter * (2 * share / ulong.MaxValue - 1);
        bool fails = options.FailEvery > 0 && (start.Trial + 1) % options.FailEvery == 0;
        return new SimulatedRun(
            now,
            options.Seconds * (1 + spread),
            options.Reports,
            fails ? null : SimulatedLoss.Of(start.Params),
            start.Timeout?.TotalSeconds
        );
    }

    /// <summary>How it has ended; null while it goes on.</summary>
    /// <param name="now">The time.</param>
    public TrialOutcome? OutcomeAt(DateTimeOffset now) =>
        now < Ends ? null
        : Timeout < Seconds
            ? new TrialOutcome.Failed(
                FailureKind.Timeout,
                string.Create(CultureInfo.InvariantCulture, $"It took longer than {Timeout} s.")
            )
        : Loss is { } loss ? new TrialOutcome.Succeeded(loss)
        : new TrialOutcome.Failed(FailureKind.Reported, "The study says that this trial fails (failEvery).");

    /// <summary>What it has reported, beginning with the report of index <paramref name="from"/>.</summary>
    /// <param name="from">How many reports are known.</param>
    /// <param name="now">The time.</param>
    public ImmutableArray<IntermediateValue> ReportsAt(int from, DateTimeOffset now)
    {
        double done = Seconds > 0 ? (now - Began).TotalSeconds / Seconds : 1;
        int reported = Loss is null ? 0 : (int)Math.Clamp(done * (Reports + 1), 0, Reports);
        return [.. Enumerable.Range(from, Math.Max(0, reported - from)).Select(ReportOf)];
    }

    // Each loss is half the one before, down to the last.
    private IntermediateValue ReportOf(int step) =>
        new(
            step,
            ImmutableSortedDictionary
                .Create<string, double>(StringComparer.Ordinal)
                .Add(LossKey, Math.ScaleB(Loss!.Value, Reports - step))
        );
}

using System.Text.Json.Nodes;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>The rest of hyperopt's <c>fmin</c> arguments.</summary>
public sealed record FminOptions
{
    /// <summary>The study's name.</summary>
    public string Name { get; init; } = "fmin";

    /// <summary>How long the study may go on; trials under way are then stopped. Range: above zero; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The study stops when the best loss is below this.</summary>
    public double? LossThreshold { get; init; }

    /// <summary>Settings tried first, each in the form that the objective receives; they count towards <c>maxEvals</c>.</summary>
    public IReadOnlyList<JsonNode?> PointsToEvaluate { get; init; } = [];

    /// <summary>
    /// All randomness of the suggestions follows from this; hyperopt's <c>rstate</c>. Null takes the environment variable
    /// <c>FUNCTIONTUNE_SEED</c>, or else a fresh one, which the study keeps. Range: 0 to 2^53.
    /// </summary>
    public long? Seed { get; init; }

    /// <summary>How many suggestions may be computed ahead. Range: at least 1.</summary>
    public int MaxQueueLen { get; init; } = 1;

    /// <summary>Stop when nothing gets better; hyperopt's <c>no_progress_loss</c>.</summary>
    public NoProgress? NoProgressLoss { get; init; }

    /// <summary>A rule of the caller's own about when to stop; hyperopt's <c>early_stop_fn</c>.</summary>
    public StopRule? EarlyStop { get; init; }

    /// <summary>
    /// Stop when this many trials failed for the same cause and none succeeded; null never, 1 at the first failure. In place
    /// of hyperopt's <c>catch_eval_exceptions</c>. Range: at least 1.
    /// </summary>
    public int? MaxIdenticalFailures { get; init; } = 5;

    /// <summary>How long one trial may take; null for no limit. Range: above zero.</summary>
    public TimeSpan? TrialTimeout { get; init; }

    /// <summary>
    /// A folder to keep the study in, so that it survives this process: hyperopt's <c>trials_save_file</c>. Null keeps it in
    /// memory only.
    /// </summary>
    public string? Store { get; init; }

    /// <summary>The study's id in the store; a study of that id is gone on with. Null makes one of the name.</summary>
    public string? Id { get; init; }

    /// <summary>Whether to draw a progress line on the error stream, when that is a terminal.</summary>
    public bool ShowProgressbar { get; init; } = true;

    /// <summary>The algorithms that <c>algo</c> may name: those that come along, and the caller's own.</summary>
    public Suggesters Suggesters { get; init; } = Suggesters.BuiltIn;

    /// <summary>Called after each change with all trials so far.</summary>
    public Action<Trials>? Changed { get; init; }
}

using System.Runtime.CompilerServices;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Spaces;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Minimises a function; hyperopt's <c>fmin</c>.</summary>
public static class Fmin
{
    /// <summary>Minimises a function that computes a loss.</summary>
    /// <param name="fn">What is minimised; called on a thread of its own, several calls at once when parallelism allows.</param>
    /// <param name="space">What is searched.</param>
    /// <param name="algo">How it is searched; <c>auto</c> when null.</param>
    /// <param name="maxEvals">How many trials there are, in all. Range: at least 1; null needs another limit.</param>
    /// <param name="parallelism">How many trials run at once. Range: at least 1.</param>
    /// <param name="options">The rest of the arguments.</param>
    /// <param name="cancellationToken">Interrupts the search; a study that is kept can be gone on with.</param>
    /// <returns>The best setting and all trials.</returns>
    /// <exception cref="InvalidInputException">An argument breaks a rule; nothing was started.</exception>
    /// <exception cref="AllTrialsFailedException">No trial succeeded.</exception>
    [OverloadResolutionPriority(1)]
    public static Task<FminResult> MinimizeAsync(
        Func<Params, double> fn,
        SpaceNode space,
        AlgoSpec? algo = null,
        int? maxEvals = null,
        int parallelism = 1,
        FminOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        MinimizeAsync(
            (parameters, _) => Task.FromResult<TrialResult>(fn(parameters)),
            space,
            algo,
            maxEvals,
            parallelism,
            options,
            cancellationToken
        );

    /// <summary>Minimises a function that waits for something, such as another process.</summary>
    /// <inheritdoc cref="MinimizeAsync(Func{Params, double}, SpaceNode, AlgoSpec, int?, int, FminOptions, CancellationToken)"/>
    public static Task<FminResult> MinimizeAsync(
        Func<Params, Task<double>> fn,
        SpaceNode space,
        AlgoSpec? algo = null,
        int? maxEvals = null,
        int parallelism = 1,
        FminOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        MinimizeAsync(
            async (parameters, _) => new TrialResult(await fn(parameters).ConfigureAwait(false)),
            space,
            algo,
            maxEvals,
            parallelism,
            options,
            cancellationToken
        );

    /// <summary>Minimises a function that reports more than a loss, or wants to know when to stop.</summary>
    /// <inheritdoc cref="MinimizeAsync(Func{Params, double}, SpaceNode, AlgoSpec, int?, int, FminOptions, CancellationToken)"/>
    public static async Task<FminResult> MinimizeAsync(
        Objective fn,
        SpaceNode space,
        AlgoSpec? algo = null,
        int? maxEvals = null,
        int parallelism = 1,
        FminOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(fn);
        FminOptions all = options ?? new FminOptions();
        StudySpec spec = FminSpec.Create(SearchSpace.Create(space), algo, maxEvals, parallelism, all);
        using var line = new ProgressLine(all.ShowProgressbar, maxEvals);
        var run = new StudyRunOptions
        {
            CreateRunner = (_, _) => Task.FromResult<ITrialRunner>(new DelegateTrialRunner(fn, TimeProvider.System)),
            Suggesters = all.Suggesters,
            StopRule = all.EarlyStop,
            Changed = record =>
            {
                line.Show(record);
                all.Changed?.Invoke(new Trials(record));
            },
        };
        StudyRecord record = await FminStudy.RunAsync(spec, all, run, cancellationToken).ConfigureAwait(false);
        return Result(record);
    }

    private static FminResult Result(StudyRecord record)
    {
        var trials = new Trials(record);
        if (record.Best is not { } best)
        {
            throw new AllTrialsFailedException(StudyFailures.Summary(record) ?? "No trial ended by itself.", trials);
        }

        Trial trial = trials[best.Number];
        return new FminResult(
            trial.Params,
            trial.Vals,
            best.Loss!.Value,
            trials,
            record.State.Reason!.Value,
            record.Id
        );
    }
}

using FunctionTune.History;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Cmaes;

/// <summary>How far a search has come with the first trials of a study. Immutable; a function of what is in it.</summary>
/// <param name="Space">The space.</param>
/// <param name="Seed">The study's seed.</param>
/// <param name="Run">The search after these trials.</param>
/// <param name="Next">Number of the first trial that is not among them.</param>
/// <param name="Trials">What was known of them, none under way.</param>
/// <remarks>
/// Generations are made of trials with neighbouring numbers, whoever suggested them and whenever they ended: what a generation
/// consists of never changes, so the same trials always lead to the same state.
/// </remarks>
internal sealed record CmaHistory(SearchSpace Space, ulong Seed, CmaRun Run, int Next, Observation[] Trials)
{
    /// <summary>The search before any trial.</summary>
    public static CmaHistory Before(SuggestRequest request, CmaAxis[] axes, CmaesOptions options)
    {
        int usual = options.PopulationSize ?? CmaWeights.DefaultSamples(axes.Length);
        var run = CmaRun.First(axes, request.Seed, options.Sigma, Math.Max(usual, request.Parallelism));
        return new CmaHistory(request.Space, request.Seed, run, Next: 0, []);
    }

    /// <summary>Whether a search that knows the trials of the request has been here.</summary>
    public bool IsPartOf(SuggestRequest request, CmaHistory before)
    {
        IList<Observation> observations = request.History.Observations;
        bool isSame =
            ReferenceEquals(Space, request.Space)
            && Seed == request.Seed
            && Run.Begun == before.Run.Samples
            && Next <= request.First
            && Trials.Length <= observations.Count;
        for (int i = 0; isSame && i < Trials.Length; i++)
        {
            isSame = Trials[i].Equals(observations[i]);
        }

        return isSame;
    }

    /// <summary>The search after all trials of a request that can be learnt from.</summary>
    /// <param name="request">The request.</param>
    /// <param name="axes">The coordinates.</param>
    /// <param name="settled">The search after the last generation of which no trial is under way any more.</param>
    public CmaRun Follow(SuggestRequest request, CmaAxis[] axes, out CmaHistory settled)
    {
        IList<Observation> observations = request.History.Observations;
        (CmaRun run, int next, int position) = (Run, Next, Trials.Length);
        (int known, int knownNext, CmaRun knownRun, bool isSettled) = (position, next, run, true);
        while (position < observations.Count && next + run.Samples <= request.First)
        {
            int end = position;
            int pending = 0;
            var samples = new List<CmaSample>(run.Samples);
            for (; end < observations.Count && observations[end].Number < next + run.Samples; end++)
            {
                pending += observations[end].Kind == LossKind.Pending ? 1 : 0;
                Add(samples, observations[end], axes);
            }

            if (2 * pending > run.Samples)
            {
                break;
            }

            next += run.Samples;
            position = end;
            run = run.After([.. samples]);
            isSettled &= pending == 0;
            (known, knownNext, knownRun) = isSettled ? (position, next, run) : (known, knownNext, knownRun);
        }

        settled =
            known == Trials.Length
                ? this
                : new CmaHistory(Space, Seed, knownRun, knownNext, [.. observations.Take(known)]);
        return run;
    }

    private static void Add(List<CmaSample> samples, in Observation trial, CmaAxis[] axes)
    {
        if (trial.Kind is LossKind.Finite or LossKind.Bad)
        {
            double loss = trial.Kind == LossKind.Finite ? trial.Loss : double.PositiveInfinity;
            double[] coordinates = new double[axes.Length];
            for (int i = 0; i < axes.Length; i++)
            {
                coordinates[i] = axes[i].OfValue(trial.Point[axes[i].Parameter]);
            }

            samples.Add(new CmaSample(coordinates, loss));
        }
    }
}

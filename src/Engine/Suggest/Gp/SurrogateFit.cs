using FunctionTune.Numerics;

namespace FunctionTune.Suggest.Gp;

/// <summary>Fits a <see cref="Surrogate"/>: its kernel's most probable parameters, and the transformation of the losses.</summary>
internal sealed class SurrogateFit
{
    // The parameters are fitted to so many trials; more hardly change them.
    private const int MostTrials = 100;
    private const int MostEvaluations = 40;
    private const double Tolerance = 1e-3;

    // Kernel values that may be computed for one fit, in pairs of trials times coordinates: about 40 ms.
    private const long MostWork = 4_000_000;

    private readonly MarginalLikelihood _likelihood;
    private readonly KernelPrior _prior;
    private readonly TrainingSet _sample;
    private readonly WarpedLosses[] _candidates;
    private readonly int _evaluations;

    private SurrogateFit(SpaceCoding coding, TrainingSet trials)
    {
        _sample = trials.Thin(MostTrials);
        var distances = new PairDistances(coding, _sample.Points);
        _likelihood = new MarginalLikelihood(distances);
        _prior = new KernelPrior(coding.Dimensions);
        _candidates = WarpedLosses.Candidates(_sample.Losses);
        long work = Math.Max(1, (long)distances.Pairs * distances.Dimensions);
        _evaluations = (int)Math.Clamp(MostWork / work, 6, MostEvaluations);
    }

    /// <summary>Fits a process that knows the trials.</summary>
    /// <param name="coding">The coordinates.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="keepsShape">Whether the losses keep their shape; else the likeliest transformation is taken.</param>
    /// <param name="room">How many points may be added later.</param>
    /// <returns>The process, and the losses as it sees them.</returns>
    public static (Surrogate Surrogate, WarpedLosses Losses) To(
        SpaceCoding coding,
        TrainingSet trials,
        bool keepsShape,
        int room
    )
    {
        var fit = new SurrogateFit(coding, trials);
        (double[] theta, WarpedLosses losses) = keepsShape ? fit.KeepShape() : fit.ChooseShape();
        var surrogate = new Surrogate(coding, theta, trials.Count + room);
        surrogate.Learn(trials.Points, [.. trials.Losses.Select(losses.Of)], Noises(trials, losses));
        return (surrogate, losses);
    }

    private static double[] Noises(TrainingSet trials, WarpedLosses losses)
    {
        // A noise a million times the spread of the losses is no different from a larger one.
        const double Largest = 1e6;
        double[] noises = new double[trials.Count];
        for (int i = 0; i < noises.Length; i++)
        {
            double slope = trials.Variances[i] > 0 ? losses.SlopeAt(trials.Losses[i]) : 0;
            noises[i] = slope > 0 ? Math.Min(Largest, trials.Variances[i] * slope * slope) : 0;
        }

        return noises;
    }

    private (double[] Theta, WarpedLosses Losses) KeepShape()
    {
        double[] theta = _prior.Mode();
        Improve(theta, _candidates[0], _evaluations);
        return (theta, _candidates[0]);
    }

    // The shape under which the losses look most like independent normal ones, then parameters for it; with these the shape
    // under which the losses are likeliest, and better parameters.
    private (double[] Theta, WarpedLosses Losses) ChooseShape()
    {
        double[] theta = _prior.Mode();
        WarpedLosses losses = _candidates.MaxBy(candidate => candidate.LogJacobian)!;
        Improve(theta, losses, _evaluations / 2);
        if (_likelihood.TryFactorize(theta))
        {
            losses = _candidates.MinBy(candidate => _likelihood.Of(candidate.Values) - candidate.LogJacobian)!;
        }

        Improve(theta, losses, _evaluations - (_evaluations / 2));
        return (theta, losses);
    }

    private void Improve(double[] theta, WarpedLosses losses, int evaluations)
    {
        Noises(_sample, losses).CopyTo(_likelihood.ExtraNoise);
        new BoundedLbfgs(_prior.Low, _prior.High).Minimize(
            (at, gradient) => _likelihood.Evaluate(at, losses.Values, gradient) + _prior.AddPenalty(at, gradient),
            theta,
            evaluations,
            Tolerance
        );
    }
}

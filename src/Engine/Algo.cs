using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune;

/// <summary>The search algorithms, by hyperopt's names.</summary>
public static class Algo
{
    /// <summary>The default: chooses among the others by the space, the budget, the parallelism and what is known, and says why.</summary>
    public static AlgoSpec Auto() => new("auto");

    /// <summary>Bayesian optimisation with a Gaussian process.</summary>
    /// <param name="nStartupJobs">Trials spread evenly first, pending ones counted. Range: at least 2.</param>
    /// <param name="maxTrials">How many trials the model learns from at most. Range: 10 to 1,000.</param>
    public static AlgoSpec Gp(int nStartupJobs = 5, int maxTrials = 200) =>
        new("gp", JsonSerializer.SerializeToElement(new { nStartupJobs, maxTrials }));

    /// <summary>Tree of Parzen estimators, with hyperopt's rules and defaults (Bergstra et al., NIPS 2011).</summary>
    /// <param name="gamma">Share of good trials: ceil(gamma * sqrt(n)) of n, at most 25. Range: above 0.</param>
    /// <param name="nStartupJobs">Trials drawn from the prior first. Range: at least 0.</param>
    /// <param name="nEICandidates">Candidates for each parameter. Range: at least 1.</param>
    /// <param name="priorWeight">Weight of the prior in each density. Range: above 0.</param>
    public static AlgoSpec Tpe(
        double gamma = 0.25,
        int nStartupJobs = 20,
        int nEICandidates = 24,
        double priorWeight = 1
    ) =>
        new(
            "tpe",
            JsonSerializer.SerializeToElement(
                new
                {
                    gamma,
                    nStartupJobs,
                    nEICandidates,
                    priorWeight,
                }
            )
        );

    /// <summary>Tree of Parzen estimators over all parameters together, with quasi-random points first.</summary>
    /// <param name="gamma">Share of good trials, at least 4 and at most 25. Range: above 0, at most 1.</param>
    /// <param name="nStartupJobs">Trials spread evenly over the prior first. Range: at least 0.</param>
    /// <param name="nEICandidates">Candidates. Range: at least 1.</param>
    /// <param name="priorWeight">Weight of the prior in each density. Range: above 0.</param>
    public static AlgoSpec TpeMv(
        double gamma = 0.15,
        int nStartupJobs = 10,
        int nEICandidates = 64,
        double priorWeight = 1
    ) =>
        new(
            "tpe-mv",
            JsonSerializer.SerializeToElement(
                new
                {
                    gamma,
                    nStartupJobs,
                    nEICandidates,
                    priorWeight,
                }
            )
        );

    /// <summary>Random search: every point is drawn from the prior.</summary>
    public static AlgoSpec Rand() => new("rand");

    /// <summary>Quasi-random search: a scrambled Sobol sequence through the quantiles of the prior.</summary>
    public static AlgoSpec Sobol() => new("sobol");

    /// <summary>Simulated annealing, with hyperopt's rules and defaults: draws near good trials, ever nearer.</summary>
    /// <param name="avgBestIdx">How good those trials are on average, 1 being the best. Range: at least 1.</param>
    /// <param name="shrinkCoef">After T trials neighbourhoods are 1 / (1 + T * shrinkCoef) wide. Range: at least 0.</param>
    public static AlgoSpec Anneal(double avgBestIdx = 2, double shrinkCoef = 0.1) =>
        new("anneal", JsonSerializer.SerializeToElement(new { avgBestIdx, shrinkCoef }));

    /// <summary>Covariance matrix adaptation (CMA-ES) with restarts, for numeric parameters and larger budgets.</summary>
    /// <param name="sigma">The first step size, in units of the bounds' distance. Range: above 0, at most 1.</param>
    /// <param name="populationSize">Trials in a generation; null for a size by the number of parameters. Range: 4 to 10,000.</param>
    public static AlgoSpec Cmaes(double sigma = 0.17, int? populationSize = null) =>
        new("cmaes", JsonSerializer.SerializeToElement(new { sigma, populationSize }));

    /// <summary>Every point of a grid, once each, in an order shuffled by the seed.</summary>
    /// <param name="steps">
    /// How many quantiles of its prior to take of a parameter that has no bounded number of values; null when there is to be no
    /// such parameter. Range: 1 to 10,000.
    /// </param>
    public static AlgoSpec Grid(int? steps = null) =>
        new("grid", steps is null ? null : JsonSerializer.SerializeToElement(new { steps }));

    /// <summary>For each trial one of several algorithms is drawn.</summary>
    /// <param name="parts">Probabilities, summing to 1, and algorithms.</param>
    public static AlgoSpec Mix(params IEnumerable<(double P, AlgoSpec Algo)> parts) =>
        new(
            "mix",
            JsonSerializer.SerializeToElement(
                parts.Select(part => new { p = part.P, algo = AlgoJson.Write(part.Algo) })
            )
        );
}

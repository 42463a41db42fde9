using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FunctionTune.Spaces;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Turns the arguments of <see cref="Fmin"/> into a study's description, and checks them.</summary>
internal static class FminSpec
{
    private const long LargestSeed = 1L << 53;

    /// <summary>The description.</summary>
    /// <exception cref="InvalidInputException">An argument breaks a rule; all problems are listed.</exception>
    public static StudySpec Create(
        SearchSpace space,
        AlgoSpec? algo,
        int? maxEvals,
        int parallelism,
        FminOptions options
    )
    {
        var problems = new List<Problem>();
        AlgoSpec chosen = algo ?? Algo.Auto();
        problems.AddRange(options.Suggesters.Check(chosen, space, "algo"));
        long seed = options.Seed ?? SeedOfEnvironment(problems) ?? Random.Shared.NextInt64(LargestSeed);
        var limits = new StudyLimits
        {
            MaxEvals = maxEvals,
            Parallelism = parallelism,
            MaxQueueLen = options.MaxQueueLen,
            Timeout = options.Timeout,
            LossThreshold = options.LossThreshold,
            NoProgress = options.NoProgressLoss,
            CustomStopRule = options.EarlyStop is not null,
            MaxIdenticalFailures = options.MaxIdenticalFailures,
        };
        problems.AddRange(NotFinite(limits));
        var spec = new StudySpec(
            options.Name,
            space,
            chosen,
            seed,
            limits,
            new TrialSpec.InProcess { Timeout = options.TrialTimeout }
        )
        {
            PointsToEvaluate = Points(space, options, problems),
        };
        if (problems.Count == 0)
        {
            // The rules of the study file hold here too, and are written once.
            JsonElement file = JsonSerializer.SerializeToElement(StudySpecJson.Write(spec), StudyJson.Options);
            problems.AddRange(StudySpecJson.Read(file).Problems);
        }

        return problems.Count == 0 ? spec : throw new InvalidInputException([.. problems]);
    }

    private static IEnumerable<Problem> NotFinite(StudyLimits limits)
    {
        double[] numbers = [limits.LossThreshold ?? 0, limits.NoProgress?.Percent ?? 0];
        return numbers.Any(number => !double.IsFinite(number))
            ? [new Problem("options", "the loss threshold and the percentage of progress are finite numbers")]
            : [];
    }

    private static ImmutableArray<Point> Points(SearchSpace space, FminOptions options, List<Problem> problems)
    {
        var points = ImmutableArray.CreateBuilder<Point>();
        for (int i = 0; i < options.PointsToEvaluate.Count; i++)
        {
            JsonElement setting = JsonSerializer.SerializeToElement(options.PointsToEvaluate[i], StudyJson.Options);
            if (space.Match(setting, $"pointsToEvaluate[{i}]", problems) is { } point)
            {
                points.Add(point);
            }
        }

        return points.ToImmutable();
    }

    private static long? SeedOfEnvironment(List<Problem> problems)
    {
        const string Variable = "FUNCTIONTUNE_SEED";
        string? text = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seed) && seed <= LargestSeed)
        {
            return seed;
        }

        problems.Add(new Problem(Variable, "the seed is an integer from 0 to 2^53", $"'{text}'"));
        return null;
    }
}

using FunctionTune.Hosting;
using FunctionTune.Local.Processes;
using FunctionTune.Local.Stores;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Local.Spark;

/// <summary>Trials that are Spark applications, each started by <c>spark-submit</c> on this machine.</summary>
/// <param name="folder">The store's folder.</param>
/// <param name="time">Measures timeouts.</param>
/// <param name="variable">Reads the environment.</param>
internal sealed class SparkSubmitPlatform(string folder, TimeProvider time, Func<string, string?> variable)
    : ITrialPlatform
{
    private const string StopsHere =
        "deployMode cluster: a trial that is stopped or takes too long ends here, but its driver on the cluster goes on to its "
        + "own end, and what it writes then is passed over.";

    public string Name => "sparkSubmit";

    public bool SharesFiles(StudySpec spec) => spec.Staging is null || Read(spec, []).IsLocal;

    public IReadOnlyList<Problem> Check(StudySpec spec)
    {
        var problems = new List<Problem>();
        SparkSubmitOptions options = Read(spec, problems);
        if (options.IsCluster && spec.Staging is null)
        {
            problems.Add(
                new Problem(
                    "$.staging",
                    "with deployMode cluster the driver runs elsewhere: it needs the trials' files in a folder that it reaches",
                    "nothing",
                    "Write the path of a folder that this machine and the cluster see at the same place, or use client."
                )
            );
        }

        if (
            spec.Staging is { } staging
            && (staging.Uri.Contains("://", StringComparison.Ordinal) || staging.Mount is not null)
        )
        {
            problems.Add(
                new Problem(
                    "$.staging",
                    "spark-submit stages to a folder that this machine and the cluster see at the same place",
                    $"'{staging.Uri}'{(staging.Mount is { } mount ? $" mounted at '{mount}'" : "")}",
                    "Write the path of such a folder, or leave staging out and name the data by URIs that Spark opens itself."
                )
            );
        }

        return problems;
    }

    public IStagingArea OpenStaging(IStagingArea store, StudySpec spec) =>
        spec.Staging is { } staging ? new FolderStagingArea(FolderOf(spec, staging)) : store;

    public Task<Preparation> PrepareAsync(
        StudyId id,
        StudySpec spec,
        IStagingArea area,
        CancellationToken cancellationToken
    )
    {
        SparkSubmitOptions options = Read(spec, []);
        List<Problem> problems =
        [
            .. new SparkSubmitCommand(options, BaseOf(spec))
                .Missing()
                .Select(path => new Problem(
                    SparkSubmitReader.Path,
                    "a file must exist",
                    $"'{path}'",
                    "Correct the path."
                )),
        ];
        if (SparkSubmitProgram.Find(variable).Problem is { } problem)
        {
            problems.Add(problem);
        }

        return problems.Count == 0
            ? Task.FromResult(new Preparation(spec, options.IsCluster ? [StopsHere] : []))
            : throw new InvalidInputException([.. problems]);
    }

    public async Task<ITrialRunner> CreateRunnerAsync(
        StudyRecord study,
        IStagingArea area,
        CancellationToken cancellationToken
    )
    {
        (string? program, Problem? problem) = SparkSubmitProgram.Find(variable);
        if (program is null)
        {
            throw new InvalidInputException([problem!]);
        }

        SparkSubmitOptions options = Read(study.Spec, []);
        string client = area.AddressOf(await PythonClient.StageAsync(area, cancellationToken).ConfigureAwait(false));
        string baseFolder = BaseOf(study.Spec);
        var process = new TrialSpec.Process
        {
            Command = new SparkSubmitCommand(options, baseFolder).For(program, study.Id, client),
        };
        return new ProcessTrialRunner(FilesOf(study.Spec, options), process, baseFolder, time)
        {
            TellsByArgument = options.IsCluster,
            Capacity = SparkCapacity.Of(options, Environment.ProcessorCount),
        };
    }

    public ITrialRunner CreateSweeper(StudyRecord study, IStagingArea area) =>
        new ProcessTrialRunner(FilesOf(study.Spec, Read(study.Spec, [])), new TrialSpec.Process(), folder, time);

    /// <summary>Where the attempts' files lie: with the study, unless the driver runs where that cannot be reached.</summary>
    private string FilesOf(StudySpec spec, SparkSubmitOptions options) =>
        options.IsCluster && spec.Staging is { } staging ? FolderOf(spec, staging) : folder;

    private static SparkSubmitOptions Read(StudySpec spec, List<Problem> problems) =>
        SparkSubmitReader.Read(((TrialSpec.Remote)spec.Trial).Options, problems);

    private static string FolderOf(StudySpec spec, StagingSpec staging) => Path.GetFullPath(staging.Uri, BaseOf(spec));

    private static string BaseOf(StudySpec spec) => spec.BaseFolder ?? Directory.GetCurrentDirectory();
}

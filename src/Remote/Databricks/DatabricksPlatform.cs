using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Hosting;
using FunctionTune.Remote.Databricks.Login;
using FunctionTune.Remote.Databricks.Options;
using FunctionTune.Remote.Databricks.Volumes;
using FunctionTune.Remote.Http;
using FunctionTune.Remote.Jobs;
using FunctionTune.Remote.Trials;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Databricks;

/// <summary>
/// Trials that are runs on a Databricks workspace. Who calls is found in the environment: <c>DATABRICKS_TOKEN</c>, or
/// <c>DATABRICKS_TOKEN_SECRET</c>, or an identity of Azure.
/// </summary>
public sealed class DatabricksPlatform : ITrialPlatform, IDisposable
{
    private const string HostPath = "$.trial.databricks.host";
    private const string FilePath = "$.trial.databricks.task.python.file";

    // Somebody waits before the screen: an address that is wrong should not take as long as an outage.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_usual = TimeSpan.FromMinutes(5);

    private readonly Connections<DatabricksConnection> _connections;
    private readonly Func<StagingSpec, IStagingArea?> _areas;
    private readonly DatabricksPlatformOptions _options;

    /// <summary>The platform; nothing is asked yet.</summary>
    /// <param name="areas">Opens staging areas other than volumes; null for a place that trials on a cluster do not reach.</param>
    /// <param name="options">Its clock, its environment, and how it treats workspaces; those of this process when null.</param>
    public DatabricksPlatform(Func<StagingSpec, IStagingArea?> areas, DatabricksPlatformOptions? options = null)
    {
        _areas = areas;
        _options = options ?? new DatabricksPlatformOptions();
        _connections = new Connections<DatabricksConnection>(host => Connect(host, s_usual));
    }

    /// <inheritdoc/>
    public string Name => "databricks";

    /// <inheritdoc/>
    public bool SharesFiles(StudySpec spec) => false;

    /// <inheritdoc/>
    public StudySpec Complete(StudySpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        StudySpec placed = StagingPlace.Complete(spec, _options.Variable);
        var remote = (TrialSpec.Remote)spec.Trial;
        if (
            remote.Options.ValueKind != JsonValueKind.Object
            || remote.Options.TryGetProperty("host", out _)
            || Read(spec).Options is not { } options
        )
        {
            return placed;
        }

        JsonObject complete = JsonObject.Create(remote.Options)!.DeepClone().AsObject();
        complete.Insert(0, "host", options.Host.AbsoluteUri.TrimEnd('/'));
        return placed with { Trial = remote with { Options = JsonSerializer.SerializeToElement(complete) } };
    }

    /// <inheritdoc/>
    public IReadOnlyList<Problem> Check(StudySpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        (DatabricksOptions? options, IReadOnlyList<Problem> problems) = Read(spec);
        Problem?[] others =
        [
            spec.Staging is { } staging && IsVolume(staging) ? VolumeStagingArea.Check(staging.Uri, "$.staging") : null,
            options is null ? null : AllowedServers.Check(options.Host, _options.Workspaces, HostPath),
            options?.Task is DatabricksTask.Python python
                ? AllowedServers.CheckFile(python.IsLocal, _options.LocalFiles, python.File, FilePath)
                : null,
        ];
        return [.. problems, .. others.OfType<Problem>()];
    }

    /// <inheritdoc/>
    public IStagingArea OpenStaging(IStagingArea store, StudySpec spec)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Staging is not { } staging)
        {
            return store.AddressOf("").Contains("://", StringComparison.Ordinal) ? store : throw NoArea("nothing");
        }

        return IsVolume(staging)
            ? new VolumeStagingArea(_connections.To(Required(spec).Host), staging.Uri)
            : _areas(staging) ?? throw NoArea($"'{staging.Uri}'");
    }

    /// <inheritdoc/>
    public async Task<Preparation> PrepareAsync(
        StudyId id,
        StudySpec spec,
        IStagingArea area,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(area);
        DatabricksOptions options = Required(spec);
        string? local = options.Task is DatabricksTask.Python { IsLocal: true } python ? python.File : null;
        List<Problem> problems;
        using (DatabricksConnection connection = Connect(options.Host, s_patience))
        {
            problems = await new WorkspaceProbe(connection)
                .FindProblemsAsync(options, cancellationToken)
                .ConfigureAwait(false);
        }

        if (local is not null && ProgramStaging.Check(spec, local, FilePath) is { } problem)
        {
            problems.Add(problem);
        }

        if (problems.Count > 0)
        {
            throw new InvalidInputException([.. problems]);
        }

        await new TrialFiles(area).RefuseTakenAsync(id, cancellationToken).ConfigureAwait(false);
        StudySpec staged = options.Task is DatabricksTask.Python { IsLaunched: true }
            ? await ProgramStaging.StageAsync(spec, local, area, cancellationToken).ConfigureAwait(false)
            : spec;
        ImmutableArray<string> warnings = DatabricksWarnings.Of(spec, options, area);
        return new Preparation(staged, warnings);
    }

    /// <inheritdoc/>
    public Task<ITrialRunner> CreateRunnerAsync(
        StudyRecord study,
        IStagingArea area,
        CancellationToken cancellationToken
    ) => Task.FromResult(CreateSweeper(study, area));

    /// <inheritdoc/>
    public ITrialRunner CreateSweeper(StudyRecord study, IStagingArea area)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(area);
        DatabricksOptions options = Required(study.Spec);
        TimeProvider time = _options.Time;
        var client = new DatabricksClient(_connections.To(options.Host));
        var capacity = new DatabricksCapacity(client, options, new Throttle(time));
        var jobs = new DatabricksJobs(
            client,
            new DatabricksSubmission(options, PlaceIn(area)),
            capacity,
            new DatabricksSweep(client, PlaceIn(area), time),
            study.CreatedAt - TimeSpan.FromHours(1) // clocks differ
        );
        var settings = new JobRunnerSettings
        {
            ShortestLook = _options.ShortestLook,
            LongestLook = _options.LongestLook,
            TrialsPerRun = options.TrialsPerRun,
        };
        return new JobTrialRunner(jobs, area, settings, time);
    }

    /// <summary>Ends what studies of a staging area that are over left on a workspace.</summary>
    /// <param name="spec">A study of that workspace.</param>
    /// <param name="area">The staging area.</param>
    /// <param name="isOver">Whether a study is over, or unknown.</param>
    /// <param name="cancellationToken">Ends the sweep.</param>
    public Task SweepAsync(
        StudySpec spec,
        IStagingArea area,
        Func<StudyId, CancellationToken, Task<bool>> isOver,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(area);
        var client = new DatabricksClient(_connections.To(Required(spec).Host));
        return new DatabricksSweep(client, PlaceIn(area), _options.Time).RunAsync(isOver, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _connections.Dispose();

    private static Func<string, string> PlaceIn(IStagingArea area) => path => area.UriOf(path, StagingUse.Read);

    private (DatabricksOptions? Options, IReadOnlyList<Problem> Problems) Read(StudySpec spec) =>
        DatabricksOptionsReader.Read(((TrialSpec.Remote)spec.Trial).Options, _options.Variable);

    private DatabricksOptions Required(StudySpec spec)
    {
        (DatabricksOptions? options, IReadOnlyList<Problem> problems) = Read(spec);
        return options ?? throw new InvalidInputException([.. problems]);
    }

    private static bool IsVolume(StagingSpec staging) => staging.Uri.StartsWith("/Volumes/", StringComparison.Ordinal);

    private DatabricksConnection Connect(Uri host, TimeSpan budget) =>
        new(host, LoginSource.Find(_options.Variable, _options.Time), _options.Rates, _options.Time)
        {
            Budget = budget,
        };

    private static InvalidInputException NoArea(string value) =>
        new([
            new Problem(
                "$.staging",
                "trials on Databricks share files with this machine in a volume or in blob storage",
                value,
                "Write for example \"staging\": \"/Volumes/main/functiontune/studies\" or "
                    + "\"abfss://container@account.dfs.core.windows.net/studies\", or set FUNCTIONTUNE_STAGING."
            ),
        ]);
}

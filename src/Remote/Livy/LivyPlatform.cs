using FunctionTune.Hosting;
using FunctionTune.Remote.Batching;
using FunctionTune.Remote.Http;
using FunctionTune.Remote.Jobs;
using FunctionTune.Remote.Trials;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Livy;

/// <summary>
/// Trials that are batches of an Apache Livy server. Who calls is found in the environment: <c>LIVY_TOKEN</c>, or
/// <c>LIVY_USER</c> and <c>LIVY_PASSWORD</c>, or nobody in particular.
/// </summary>
public sealed class LivyPlatform : ITrialPlatform, IDisposable
{
    private const string FilePath = "$.trial.livy.file";

    /// <summary>How long a server is tried before a study is there: somebody waits for it.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Connections<ServiceConnection> _connections;
    private readonly Func<StagingSpec, IStagingArea?> _areas;
    private readonly LivyPlatformOptions _options;

    /// <summary>The platform; nothing is asked yet.</summary>
    /// <param name="areas">Opens staging areas, folders among them by their full paths; null for a place that cannot be opened.</param>
    /// <param name="options">Its clock, its environment, and how it treats servers; those of this process when null.</param>
    public LivyPlatform(Func<StagingSpec, IStagingArea?> areas, LivyPlatformOptions? options = null)
    {
        _areas = areas;
        _options = options ?? new LivyPlatformOptions();
        _connections = new Connections<ServiceConnection>(server => LivyConnection.Open(server, _options));
    }

    /// <inheritdoc/>
    public string Name => "livy";

    /// <inheritdoc/>
    public StudySpec Complete(StudySpec spec) => StagingPlace.Complete(spec, _options.Variable);

    /// <inheritdoc/>
    public bool SharesFiles(StudySpec spec) => spec.Staging is null && Read(spec).Options is { IsHere: true };

    /// <inheritdoc/>
    public IReadOnlyList<Problem> Check(StudySpec spec)
    {
        (LivyOptions? options, IReadOnlyList<Problem> problems) = Read(spec);
        Problem?[] others = options is null
            ? []
            :
            [
                AllowedServers.Check(options.Url, _options.Servers, "$.trial.livy.url"),
                AllowedServers.CheckFile(options.IsLocal, _options.LocalFiles, options.File, FilePath),
                options.IsHere || spec.Staging is not null ? null : NoArea("nothing"),
            ];
        return [.. problems, .. others.OfType<Problem>()];
    }

    /// <inheritdoc/>
    public IStagingArea OpenStaging(IStagingArea store, StudySpec spec)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (spec.Staging is not { } staging)
        {
            return Required(spec).IsHere || store.AddressOf("").Contains("://", StringComparison.Ordinal)
                ? store
                : throw new InvalidInputException([NoArea("nothing")]);
        }

        bool isFolder = !staging.Uri.Contains("://", StringComparison.Ordinal);
        StagingSpec full = isFolder
            ? staging with
            {
                Uri = Path.GetFullPath(staging.Uri, spec.BaseFolder ?? Directory.GetCurrentDirectory()),
            }
            : staging;
        return _areas(full) ?? throw new InvalidInputException([NoArea($"'{staging.Uri}'")]);
    }

    /// <inheritdoc/>
    public async Task<Preparation> PrepareAsync(
        StudyId id,
        StudySpec spec,
        IStagingArea area,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(area);
        LivyOptions options = Required(spec);
        string? local = options.IsLocal ? options.File : null;
        if (local is not null && ProgramStaging.Check(spec, local, FilePath) is { } problem)
        {
            throw new InvalidInputException([problem]);
        }

        using (
            ServiceConnection connection = LivyConnection.Open(options.Url, _options with { RetryBudget = s_patience })
        )
        {
            _ = await new LivyClient(connection).ListAsync(0, 1, cancellationToken).ConfigureAwait(false);
        }

        await new TrialFiles(area).RefuseTakenAsync(id, cancellationToken).ConfigureAwait(false);
        StudySpec staged = options.IsPython
            ? await ProgramStaging.StageAsync(spec, local, area, cancellationToken).ConfigureAwait(false)
            : spec;
        return new Preparation(staged, [.. Warnings(options)]);
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
        LivyOptions options = Required(study.Spec);
        TimeProvider time = _options.Time;
        var client = new LivyClient(_connections.To(options.Url));
        var jobs = new LivyJobs(
            client,
            options,
            new LivySubmission(options, path => area.UriOf(path, StagingUse.Read)),
            new LivySweep(client, new BatchFiles(area), study.CreatedAt),
            time
        );
        var settings = new JobRunnerSettings
        {
            ShortestLook = _options.ShortestLook,
            LongestLook = _options.LongestLook,
            TrialsPerRun = options.TrialsPerRun,
        };
        return new JobTrialRunner(jobs, area, settings, time);
    }

    /// <inheritdoc/>
    public void Dispose() => _connections.Dispose();

    private IEnumerable<string> Warnings(LivyOptions options)
    {
        bool isOpen = string.Equals(options.Url.Scheme, "http", StringComparison.Ordinal) && !options.IsHere;
        if (isOpen && LivyLogin.Find(_options.Variable).IsSecret)
        {
            yield return $"the password or token for {options.Url.Authority} is sent unencrypted: use https where it is to be had";
        }
    }

    private (LivyOptions? Options, IReadOnlyList<Problem> Problems) Read(StudySpec spec) =>
        LivyOptionsReader.Read(((TrialSpec.Remote)spec.Trial).Options, _options.Variable);

    private LivyOptions Required(StudySpec spec)
    {
        (LivyOptions? options, IReadOnlyList<Problem> problems) = Read(spec);
        return options ?? throw new InvalidInputException([.. problems]);
    }

    private static Problem NoArea(string value) =>
        new(
            "$.staging",
            "trials on a cluster share files with this machine in a folder that both reach, or in blob storage",
            value,
            "Write for example \"staging\": \"/mnt/shared/functiontune\" or "
                + "\"abfss://container@account.dfs.core.windows.net/studies\", or set FUNCTIONTUNE_STAGING."
        );
}

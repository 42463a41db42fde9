using FunctionTune.Hosting;
using FunctionTune.Remote.Blobs;
using FunctionTune.Remote.Databricks;
using FunctionTune.Remote.Livy;
using FunctionTune.Service;
using FunctionTune.Service.Durable;
using FunctionTune.Service.Durable.Books;
using FunctionTune.Service.Http;
using FunctionTune.Service.Http.Access;
using FunctionTune.Service.Rules;
using FunctionTune.Service.Schedules;
using FunctionTune.Service.Schedules.Sources;
using FunctionTune.Service.Simulation;
using FunctionTune.Staging;
using FunctionTune.Studies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionTune.Functions;

/// <summary>What the app is put together from.</summary>
internal static class StudiesRegistration
{
    /// <summary>How long the directory's keys are waited for: a caller waits as long.</summary>
    private static readonly TimeSpan s_directory = TimeSpan.FromSeconds(10);

    /// <summary>Adds everything that works on studies.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="suggesters">The search algorithms that it knows.</param>
    public static void AddStudies(this IServiceCollection services, HostOptions options, Suggesters suggesters)
    {
        BlobFolder folder = BlobFolder.Open(options.Store);
        var area = new BlobStagingArea(folder);
        services.AddSingleton(options.Rules);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IStudyStore>(_ => new BlobStudyStore(folder));
        services.AddSingleton<IStagingArea>(area);
        services.AddSingleton<IStagingNames>(area);
        services.AddSingleton(_ => new DatabricksPlatform(OpenArea, Databricks(options)));
        services.AddSingleton<ITrialPlatform>(all => all.GetRequiredService<DatabricksPlatform>());
        services.AddSingleton<ITrialPlatform>(_ => new LivyPlatform(OpenArea, Livy()));
        services.AddSingleton<ITrialPlatform, SimulatedPlatform>();
        services.AddSingleton<TrialPlatforms>();
        services.AddSingleton(suggesters);
        services.AddSingleton<StudyRules>();
        services.AddSingleton<IDataStaging, AreaDataStaging>();
        services.AddSingleton<StudyRequests>();
        services.AddSingleton<StudyBook>();
        services.AddSingleton<StudyPreparation>();
        services.AddSingleton<StudyActivities>();
        services.AddSingleton<DurableInstances>();
        services.AddSingleton<IInstances>(all => all.GetRequiredService<DurableInstances>());
        services.AddSingleton<IStudyHost, DurableStudyHost>();
        services.AddSingleton<Janitor>();
        services.AddSingleton(AccessTo(options));
        services.AddSingleton<StudyApi>();
        services.AddSchedules();
    }

    /// <summary>Schedules lie in the store, beside the program, or in the settings.</summary>
    private static void AddSchedules(this IServiceCollection services)
    {
        services.AddSingleton<AreaScheduleSource>();
        services.AddSingleton<IScheduleSource>(all => all.GetRequiredService<AreaScheduleSource>());
        services.AddSingleton<IScheduleSource>(_ => new FolderScheduleSource(
            Path.Join(AppContext.BaseDirectory, "schedules"),
            sharesFiles: false
        ));
        services.AddSingleton<IScheduleSource>(all => new SettingsScheduleSource(
            all.GetRequiredService<IConfiguration>().GetSection(SettingsScheduleSource.Section),
            all.GetRequiredService<AreaScheduleSource>()
        ));
        services.AddSingleton<ScheduleBook>();
        services.AddSingleton<ScheduleRunner>();
    }

    /// <summary>The platform has asked for a function key; where a directory is set, it says who may do what.</summary>
    private static IApiAccess AccessTo(HostOptions options)
    {
        if (options.Entra is not { } entra)
        {
            return new OpenAccess();
        }

        var keys = new EntraKeys(entra, new HttpClient { Timeout = s_directory }, TimeProvider.System);
        return new EntraAccess(entra, new EntraTokens(entra, keys, TimeProvider.System));
    }

    /// <summary>The workspace of studies that name none, and the only one that any may name: calls to it bear the app's token.</summary>
    private static DatabricksPlatformOptions Databricks(HostOptions options)
    {
        var usual = new DatabricksPlatformOptions();
        return usual with
        {
            Variable = name =>
                string.Equals(name, "DATABRICKS_HOST", StringComparison.Ordinal) && options.DatabricksHost is { } host
                    ? host
                    : usual.Variable(name),
            Workspaces = options.DatabricksHost is { } only ? [new Uri(only)] : [],
            LocalFiles = false,
        };
    }

    /// <summary>The same of a Livy server: the one that the app's settings name.</summary>
    private static LivyPlatformOptions Livy()
    {
        var usual = new LivyPlatformOptions();
        return usual with
        {
            Servers = Uri.TryCreate(usual.Variable("LIVY_URL"), UriKind.Absolute, out Uri? server) ? [server] : [],
            LocalFiles = false,
        };
    }

    /// <summary>The staging area that a study file describes; null for a folder: the app has none that a cluster reaches.</summary>
    private static BlobStagingArea? OpenArea(StagingSpec staging) =>
        BlobPlace.IsOne(staging.Uri) ? BlobStagingArea.Open(staging) : null;
}

using System.Text.RegularExpressions;
using FunctionTune.Infra.Tests.Syntax;

namespace FunctionTune.Infra.Tests.Rules;

/// <summary>The app's settings are those that its program reads, those of the host, and no others.</summary>
internal static partial class AppSettingRule
{
    private const string Ours = "FunctionTune__";

    /// <summary>What others read: the host, Durable Task, Azure's clients.</summary>
    private static readonly HashSet<string> s_others =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AZURE_CLIENT_ID",
        "AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName",
        "AzureFunctionsJobHost__extensions__durableTask__storageProvider__type",
        "AzureWebJobsStorage__blobServiceUri",
        "AzureWebJobsStorage__clientId",
        "AzureWebJobsStorage__credential",
        "AzureWebJobsStorage__queueServiceUri",
        "AzureWebJobsStorage__tableServiceUri",
        "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "TASKHUB_NAME",
    ];

    private static readonly string[] s_projects = ["Functions", "Service", "Remote", "Engine"];

    public static IEnumerable<Finding> Check(BicepFolder folder)
    {
        HashSet<string> read = [.. ReadBySources()];
        (BicepFile File, Node Key)[] set = [.. folder.Files.SelectMany(file => SetIn(file).Select(key => (file, key)))];
        HashSet<string> names = [.. set.Select(each => each.Key.Plain), .. folder.Files.SelectMany(Sections)];
        return
        [
            .. set.Where(each => !read.Contains(each.Key.Plain) && !s_others.Contains(each.Key.Plain))
                .Select(each => Finding.At(each.File, each.Key, $"nobody reads the setting '{each.Key.Plain}'")),
            .. read.Where(name => name.StartsWith(Ours, StringComparison.Ordinal) && !names.Contains(name))
                .Select(name => new Finding("main.bicep", 1, 1, $"the app reads '{name}', and nothing sets it")),
        ];
    }

    /// <summary>The settings that the sources name: <c>FunctionTune:Store</c> is <c>FunctionTune__Store</c> in the environment.</summary>
    private static IEnumerable<string> ReadBySources() =>
        from project in s_projects
        let folder = Repository.PathOf("src", project)
        where Directory.Exists(folder)
        from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        from Match match in Setting().Matches(File.ReadAllText(file))
        select match.Groups["name"].Value.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Settings of which there is one for each of several things: <c>FunctionTune__Schedules__${name}</c>.</summary>
    private static IEnumerable<string> Sections(BicepFile file) =>
        file
            .Root.All()
            .Where(node => node.Is("string_content"))
            .Where(node =>
                node.Text.StartsWith(Ours, StringComparison.Ordinal)
                && node.Text.EndsWith("__", StringComparison.Ordinal)
            )
            .Select(node => node.Text[..^2]);

    /// <summary>The keys of the objects that the resource <c>appsettings</c> is put together from.</summary>
    private static IEnumerable<Node> SetIn(BicepFile file) =>
        file
            .Resources.Select(BicepFile.BodyOf)
            .Where(body => string.Equals(body.At("name")?.Plain, "appsettings", StringComparison.Ordinal))
            .SelectMany(body => body.At("properties")!.All())
            .SelectMany(node =>
                node.Is("identifier")
                    ? file.Variable(node.Text)?.Children[1] is { } value
                        ? [value]
                        : []
                    : new[] { node }
            )
            .SelectMany(node => node.Properties())
            .Select(each => each.Key);

    [GeneratedRegex(
        "\"(?<name>FunctionTune(:[A-Za-z]+)+|(FUNCTIONTUNE|DATABRICKS|LIVY)_[A-Z_]+)\"",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Setting();
}

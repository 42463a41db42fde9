using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Local.Spark;

/// <summary>The arguments of spark-submit for a study.</summary>
/// <param name="options">What the study file says.</param>
/// <param name="baseFolder">The folder that relative paths start from.</param>
internal sealed class SparkSubmitCommand(SparkSubmitOptions options, string baseFolder)
{
    /// <summary>
    /// How often Spark tries a task: once. Whether a trial is tried again is the study's to decide, and to write down.
    /// </summary>
    private const string OnceOnly = "spark.task.maxFailures";

    /// <summary>Spark's own clusters are not waited for unless they are told.</summary>
    private const string WaitForEnd = "spark.standalone.submit.waitAppCompletion";

    private static readonly string[] s_withPaths = ["--jars", "--py-files", "--files", "--archives"];

    /// <summary>The command of each trial; every value is an argument of its own, and no shell sees it.</summary>
    /// <param name="program">The full path of spark-submit.</param>
    /// <param name="study">The study, which names the applications.</param>
    /// <param name="client">The Python client of trials; added for Python files.</param>
    public ImmutableArray<string> For(string program, StudyId study, string client)
    {
        var command = ImmutableArray.CreateBuilder<string>();
        command.AddRange(program, "--name", $"functiontune-{study}");
        command.AddRange("--deploy-mode", options.IsCluster ? "cluster" : "client");
        if (options.Master is { } master)
        {
            command.AddRange("--master", master);
        }

        if (options.Class is { } main)
        {
            command.AddRange("--class", main);
        }

        foreach ((string option, string value) in options.Values)
        {
            command.AddRange(option, value);
        }

        foreach ((string option, ImmutableArray<string> items) in Lists(client))
        {
            command.AddRange(option, string.Join(',', items));
        }

        foreach ((string key, string value) in Conf())
        {
            command.AddRange("--conf", $"{key}={value}");
        }

        command.AddRange(Program(client));
        command.AddRange(options.Args);
        return command.ToImmutable();
    }

    /// <summary>The local files that are named and not there.</summary>
    public IEnumerable<string> Missing() =>
        LocalFiles().Where(path => !File.Exists(path) && !Directory.Exists(path)).Distinct(StringComparer.Ordinal);

    private IEnumerable<string> LocalFiles() =>
        options
            .Lists.Where(list => s_withPaths.Contains(list.Key, StringComparer.Ordinal))
            .SelectMany(list => list.Value)
            .Append(options.File)
            .Where(IsLocal)
            .Select(file => Place(file.Split('#')[0]));

    private IEnumerable<string> Program(string client) =>
        options.Objective is { } objective
            ? [client, "--program", Place(options.File), "--objective", objective]
            : [Place(options.File)];

    private ImmutableSortedDictionary<string, ImmutableArray<string>> Lists(string client)
    {
        var lists = options.Lists.ToBuilder();
        foreach (string option in s_withPaths.Where(lists.ContainsKey))
        {
            lists[option] = [.. lists[option].Select(Place)];
        }

        if (options.IsPython)
        {
            lists["--py-files"] = [.. lists.GetValueOrDefault("--py-files", []), client];
        }

        return lists.ToImmutable();
    }

    private ImmutableSortedDictionary<string, string> Conf()
    {
        var conf = options.Conf.ToBuilder();
        conf.TryAdd(OnceOnly, "1");
        if (options.IsCluster)
        {
            conf.TryAdd(WaitForEnd, "true");
        }

        return conf.ToImmutable();
    }

    /// <summary>A file as spark-submit is told it: the full path of one of this machine, so that it never begins with '-'.</summary>
    private string Place(string file) => IsLocal(file) ? Path.GetFullPath(file, baseFolder) : file;

    private static bool IsLocal(string file) =>
        !file.Contains("://", StringComparison.Ordinal)
        && !file.StartsWith("local:", StringComparison.Ordinal)
        && !file.StartsWith("file:", StringComparison.Ordinal);
}

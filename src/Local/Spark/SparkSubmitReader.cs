using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FunctionTune.Json;

namespace FunctionTune.Local.Spark;

/// <summary>Reads <c>trial.sparkSubmit</c> of a study file. Nothing that it lets pass can be taken for another option.</summary>
internal static class SparkSubmitReader
{
    /// <summary>Where the options stand.</summary>
    public const string Path = "$.trial.sparkSubmit";

    private static readonly (string Field, string Option)[] s_sizes =
    [
        ("driverMemory", "--driver-memory"),
        ("executorMemory", "--executor-memory"),
    ];

    private static readonly (string Field, string Option)[] s_counts =
    [
        ("driverCores", "--driver-cores"),
        ("executorCores", "--executor-cores"),
        ("numExecutors", "--num-executors"),
        ("totalExecutorCores", "--total-executor-cores"),
    ];

    private static readonly (string Field, string Option)[] s_names =
    [
        ("queue", "--queue"),
        ("proxyUser", "--proxy-user"),
    ];

    private static readonly (string Field, string Option)[] s_lists =
    [
        ("jars", "--jars"),
        ("pyFiles", "--py-files"),
        ("files", "--files"),
        ("archives", "--archives"),
        ("packages", "--packages"),
    ];

    /// <summary>Reads the options.</summary>
    /// <param name="element">The object.</param>
    /// <param name="problems">What is wrong is added here.</param>
    public static SparkSubmitOptions Read(JsonElement element, ICollection<Problem> problems)
    {
        var fields = new JsonFields(element, Path, problems);
        var options = new SparkSubmitOptions(
            Plain(fields, "file", fields.RequiredText("file", "a Python file or a jar", "train.py"))
        )
        {
            Master = Text(
                fields,
                "master",
                "where Spark runs, such as \"local[2]\", \"spark://host:7077\" or \"yarn\""
            ),
            IsCluster =
                fields.Text("deployMode", text => text is "client" or "cluster", "\"client\" or \"cluster\"")
                    is "cluster",
            Class = Text(fields, "class", "the main class of a jar"),
            Objective = fields.PythonName("objective"),
            Args = fields.Texts("args", "arguments of the program"),
            Lists = Lists(fields),
            Values = Values(fields),
            Conf = fields.SparkConf("conf"),
            IsDistributed =
                fields.Text(
                    "mode",
                    text => text is "singleMachine" or "distributed",
                    "\"singleMachine\" or \"distributed\""
                )
                    is "distributed",
            Slots = fields.Int("slots", 1),
            MaxParallelism = fields.Int("maxParallelism", 1),
        };
        fields.RefuseOthers();
        Check(fields, options);
        return options;
    }

    private static void Check(JsonFields fields, SparkSubmitOptions options)
    {
        if (options.IsPython && options.Class is { } main)
        {
            fields.Refuse("class", "a Python file has no main class", $"'{main}'", "Remove it.");
        }

        if (!options.IsPython && options.Objective is { } objective)
        {
            string hint = "Remove it, or name a file that ends with .py.";
            fields.Refuse("objective", "an objective is a function of a Python file", $"'{objective}'", hint);
        }

        if (options.IsCluster && options.IsLocal)
        {
            string hint = "Remove deployMode, or name the cluster's master.";
            fields.Refuse("deployMode", "a local master has no cluster", "\"cluster\"", hint);
        }

        if (options is { IsCluster: true, Objective: { } function })
        {
            string hint = "Call functiontune.run(objective) in the file instead, or write \"client\".";
            fields.Refuse("objective", "an objective is called by a driver on this machine", $"'{function}'", hint);
        }

        bool isStandalone = options.Master?.StartsWith("spark://", StringComparison.Ordinal) == true;
        if (options.IsCluster && isStandalone && options.IsPython)
        {
            string hint = "Write \"client\", or use a jar, YARN or Kubernetes.";
            fields.Refuse("deployMode", "Spark's own clusters run no Python drivers", "\"cluster\"", hint);
        }
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> Lists(JsonFields fields)
    {
        var lists = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach ((string field, string option) in s_lists)
        {
            ImmutableArray<string> items = fields.Texts(field, "each an entry, without commas");
            foreach (string item in items)
            {
                _ = Plain(fields, field, item);
                if (item.Contains(',', StringComparison.Ordinal))
                {
                    string hint = "Write each as an item of its own.";
                    fields.Refuse(
                        field,
                        "an entry has no comma: spark-submit would take it for two",
                        $"'{item}'",
                        hint
                    );
                }
            }

            if (!items.IsEmpty)
            {
                lists[option] = items;
            }
        }

        return lists.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> Values(JsonFields fields)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach ((string field, string option) in s_sizes)
        {
            Add(option, fields.MemorySize(field));
        }

        foreach ((string field, string option) in s_counts)
        {
            Add(option, fields.Int(field, 1)?.ToString(CultureInfo.InvariantCulture));
        }

        foreach ((string field, string option) in s_names)
        {
            Add(option, Text(fields, field, "a name"));
        }

        return values.ToImmutable();

        void Add(string option, string? value)
        {
            if (value is not null)
            {
                values[option] = value;
            }
        }
    }

    private static string? Text(JsonFields fields, string name, string what) =>
        fields.FilledText(name, what) is { } text ? Plain(fields, name, text) : null;

    /// <summary>Refuses what spark-submit could take for an option.</summary>
    private static string Plain(JsonFields fields, string name, string text)
    {
        if (text.StartsWith('-'))
        {
            fields.Refuse(name, $"{name} does not begin with '-', as options do", $"'{text}'", "Remove it.");
        }

        return text;
    }
}

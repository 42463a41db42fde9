using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Json;
using FunctionTune.Remote.Trials;

namespace FunctionTune.Remote.Livy;

/// <summary>Reads <c>trial.livy</c> of a study file.</summary>
/// <param name="variable">Reads the environment.</param>
internal sealed class LivyOptionsReader(Func<string, string?> variable)
{
    private const string Path = "$.trial.livy";
    private const string Variable = "LIVY_URL";

    private static readonly string[] s_secrets = ["user", "password", "token", "secret"];
    private static readonly string[] s_memory = ["driverMemory", "executorMemory"];
    private static readonly string[] s_counts = ["driverCores", "executorCores", "numExecutors"];
    private static readonly string[] s_texts = ["className", "queue", "proxyUser"];
    private static readonly string[] s_lists = ["jars", "files", "archives"];

    private readonly List<Problem> _problems = [];

    /// <summary>Reads the options.</summary>
    /// <param name="options">The object.</param>
    /// <param name="variable">Reads the environment.</param>
    /// <returns>The options when nothing is wrong with them, and everything that is wrong.</returns>
    public static (LivyOptions? Options, IReadOnlyList<Problem> Problems) Read(
        JsonElement options,
        Func<string, string?> variable
    )
    {
        var reader = new LivyOptionsReader(variable);
        LivyOptions read = reader.Read(options);
        return (reader._problems.Count == 0 ? read : null, reader._problems);
    }

    private LivyOptions Read(JsonElement element)
    {
        var fields = new JsonFields(element, Path, _problems);
        RefuseSecrets(fields);
        var options = new LivyOptions(Url(fields), fields.RequiredText("file", "a Python file or a jar", "train.py"))
        {
            Objective = fields.PythonName("objective"),
            Args = fields.Texts("args", "arguments of the program"),
            Fields = PassedOn(fields),
            PyFiles = Files(fields, "pyFiles"),
            Conf = fields.SparkConf("conf"),
            IsDistributed = fields.OneOf("mode", "singleMachine", "distributed") is "distributed",
            Slots = fields.Int("slots", 1),
            TrialsPerRun = (int)(fields.Integer("trialsPerRun", n => n is >= 1 and <= 100, "from 1 to 100") ?? 1),
            MaxParallelism =
                (int?)fields.Integer("maxParallelism", n => n is >= 1 and <= 1000, "from 1 to 1000")
                ?? LivyOptions.DefaultMaxParallelism,
            Staged = StagedProgram.Read(fields),
        };
        fields.RefuseOthers();
        Check(fields, options);
        return options;
    }

    private static void Check(JsonFields fields, LivyOptions options)
    {
        bool hasClass = options.Fields.ContainsKey("className");
        if (options.IsPython && hasClass)
        {
            fields.Refuse("className", "a Python file has no main class", "a class", "Remove it.");
        }

        if (!options.IsPython && !hasClass)
        {
            string hint = "Write for example \"className\": \"com.example.Train\".";
            fields.Refuse("className", "a jar is run by its main class", "nothing", hint);
        }

        if (!options.IsPython && options.Objective is { } objective)
        {
            string hint = "Remove it, or name a file that ends with .py.";
            fields.Refuse("objective", "an objective is a function of a Python file", $"'{objective}'", hint);
        }

        if (!options.IsPython && options.IsLocal && options.File.Length > 0)
        {
            fields.Refuse(
                "file",
                "only Python files are staged: a jar lies where the cluster finds it",
                $"'{options.File}'",
                "Write a URI such as hdfs:///apps/trial.jar, or the full path on the cluster's file system."
            );
        }
    }

    private Uri Url(JsonFields fields)
    {
        string? url = fields.Text("url", _ => true, "the address of a Livy server");
        string? given = url ?? variable(Variable);
        if (string.IsNullOrWhiteSpace(given))
        {
            string hint = $"Write for example \"url\": \"http://livy:8998\", or set {Variable}.";
            fields.Refuse("url", "a trial on Livy has a server", "nothing", hint);
            return LivyAddress.None;
        }

        (Uri? address, Problem? problem) = LivyAddress.Read(
            given.Trim(),
            url is null ? Variable : fields.PathOf("url")
        );
        if (problem is not null)
        {
            _problems.Add(problem);
        }

        return address ?? LivyAddress.None;
    }

    private static void RefuseSecrets(JsonFields fields)
    {
        foreach (string name in s_secrets.Where(name => fields.Any(name) is not null))
        {
            fields.Refuse(
                name,
                "a study file holds no secrets: it is shared, and kept with its study",
                "a secret",
                "Remove it, and set LIVY_USER and LIVY_PASSWORD, or LIVY_TOKEN, in the environment."
            );
        }
    }

    private static ImmutableSortedDictionary<string, JsonNode> PassedOn(JsonFields fields)
    {
        var passed = ImmutableSortedDictionary.CreateBuilder<string, JsonNode>(StringComparer.Ordinal);
        foreach (string name in s_texts)
        {
            Add(name, fields.FilledText(name, "a name"));
        }

        foreach (string name in s_memory)
        {
            Add(name, fields.MemorySize(name));
        }

        foreach (string name in s_counts)
        {
            Add(name, fields.Int(name, 1));
        }

        foreach (string name in s_lists)
        {
            ImmutableArray<string> files = Files(fields, name);
            Add(name, files.IsEmpty ? null : new JsonArray([.. files.Select(file => JsonValue.Create(file))]));
        }

        return passed.ToImmutable();

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                passed[name] = value;
            }
        }
    }

    /// <summary>Files that the cluster finds: Livy takes nothing from this machine.</summary>
    private static ImmutableArray<string> Files(JsonFields fields, string name)
    {
        ImmutableArray<string> files = fields.Texts(name, "URIs, or full paths on the cluster's file system");
        foreach (
            string file in files.Where(file => !file.StartsWith('/') && !file.Contains(":/", StringComparison.Ordinal))
        )
        {
            string hint = "Put it where the cluster finds it, and write its URI or its full path.";
            fields.Refuse(name, "only the program itself is staged", $"'{file}'", hint);
        }

        return files;
    }
}

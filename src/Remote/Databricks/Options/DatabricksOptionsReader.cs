using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.Json;
using FunctionTune.Remote.Http;
using FunctionTune.Remote.Trials;

namespace FunctionTune.Remote.Databricks.Options;

/// <summary>Reads <c>trial.databricks</c> of a study file.</summary>
/// <param name="variable">Reads the environment.</param>
internal sealed class DatabricksOptionsReader(Func<string, string?> variable)
{
    private const string Path = "$.trial.databricks";

    /// <summary>Databricks allows 25 tags, of which three are ours.</summary>
    private const int MaxTags = 22;

    private readonly List<Problem> _problems = [];

    /// <summary>Reads the options.</summary>
    /// <param name="options">The object.</param>
    /// <param name="variable">Reads the environment.</param>
    /// <returns>The options when nothing is wrong with them, and everything that is wrong.</returns>
    public static (DatabricksOptions? Options, IReadOnlyList<Problem> Problems) Read(
        JsonElement options,
        Func<string, string?> variable
    )
    {
        var reader = new DatabricksOptionsReader(variable);
        DatabricksOptions? read = reader.Read(options);
        return (reader._problems.Count == 0 ? read : null, reader._problems);
    }

    private DatabricksOptions? Read(JsonElement element)
    {
        var fields = new JsonFields(element, Path, _problems);
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        RefuseSecrets(fields);
        Uri? host = Host(fields);
        DatabricksTask? task = new TaskReader(_problems).Read(fields);
        DatabricksCompute? compute = new ComputeReader(_problems).Read(fields);
        DatabricksOptions options = Rest(fields, new DatabricksOptions(host!, task!, compute!));
        fields.RefuseOthers();
        if (host is null || task is null || compute is null)
        {
            return null;
        }

        new OptionRules(fields).Check(options);
        return options;
    }

    private static DatabricksOptions Rest(JsonFields fields, DatabricksOptions options)
    {
        string? mode = fields.Text(
            "mode",
            text => text is "singleMachine" or "distributed",
            "\"singleMachine\" or \"distributed\""
        );
        return options with
        {
            IsDistributed = mode is "distributed",
            Libraries = fields.Objects("libraries", "as Databricks has them"),
            Tags = Tags(fields),
            AccessControl = fields.Objects("accessControl", "as Databricks has them"),
            CoresPerTrial = fields.Int("coresPerTrial", 1),
            GpusPerTrial = fields.Number("gpusPerTrial", value => value >= 0, "of at least 0"),
            TrialsPerRun = (int)(fields.Integer("trialsPerRun", n => n is >= 1 and <= 100, "from 1 to 100") ?? 1),
            MaxParallelism =
                (int?)fields.Integer("maxParallelism", n => n is >= 1 and <= 1000, "from 1 to 1000")
                ?? DatabricksOptions.DefaultMaxParallelism,
            Staged = StagedProgram.Read(fields),
        };
    }

    private Uri? Host(JsonFields fields)
    {
        string? host = fields.Text("host", _ => true, "the address of a workspace");
        string? given = host ?? variable("DATABRICKS_HOST");
        if (string.IsNullOrWhiteSpace(given))
        {
            fields.Refuse(
                "host",
                "a trial on Databricks has a workspace",
                "nothing",
                "Write its address, such as \"host\": \"https://adb-1234567890123456.7.azuredatabricks.net\", or set DATABRICKS_HOST."
            );
            return null;
        }

        string path = host is null ? "DATABRICKS_HOST" : fields.PathOf("host");
        if (ServiceAddress.Check(given.Trim(), path, out Uri uri) is { } problem)
        {
            _problems.Add(problem);
            return null;
        }

        return uri;
    }

    private static void RefuseSecrets(JsonFields fields)
    {
        foreach (string name in (string[])["token", "password", "secret", "clientSecret"])
        {
            if (fields.Any(name) is not null)
            {
                fields.Refuse(
                    name,
                    "a study file holds no secrets: it is shared, and kept with its study",
                    "a secret",
                    "Remove it, and set DATABRICKS_TOKEN in the environment, name a Key Vault secret in DATABRICKS_TOKEN_SECRET, or log in to Azure."
                );
            }
        }
    }

    private static ImmutableSortedDictionary<string, string> Tags(JsonFields fields)
    {
        ImmutableSortedDictionary<string, string> tags = fields.TextMap("tags", "a text");
        if (tags.Count > MaxTags)
        {
            fields.Refuse(
                "tags",
                $"there are at most {MaxTags} tags besides our three",
                $"{tags.Count} tags",
                "Remove some."
            );
        }

        foreach (string name in tags.Keys.Where(name => name.StartsWith("functiontune-", StringComparison.Ordinal)))
        {
            fields.Refuse("tags", "tags that begin with functiontune- are kept for us", $"'{name}'", "Rename it.");
        }

        return tags;
    }
}

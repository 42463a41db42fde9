using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Json;

namespace FunctionTune.Remote.Databricks.Options;

/// <summary>Reads what a trial's run runs on: a cluster that is there, a new one for each run, or serverless compute.</summary>
/// <param name="problems">What is wrong is added here.</param>
internal sealed class ComputeReader(ICollection<Problem> problems)
{
    private const string Example = "Write for example \"cluster\": { \"existing\": \"0123-456789-abcdefgh\" }.";

    private static readonly string[] s_kinds = ["existing", "new", "serverless"];

    /// <summary>The compute; null when it breaks a rule.</summary>
    public DatabricksCompute? Read(JsonFields options)
    {
        if (options.Required("cluster", "a trial on Databricks names its compute", Example) is not { } element)
        {
            return null;
        }

        var cluster = new JsonFields(element, options.PathOf("cluster"), problems);
        string[] given = [.. s_kinds.Where(kind => cluster.Any(kind) is not null)];
        cluster.RefuseOthers();
        if (given.Length != 1)
        {
            cluster.Refuse("", $"a cluster is one of {string.Join(", ", s_kinds)}", element, Example);
            return null;
        }

        return given[0] switch
        {
            "existing" => new DatabricksCompute.Existing(cluster.FilledText("existing", "the id of a cluster") ?? ""),
            "new" => New(cluster),
            _ => Serverless(cluster),
        };
    }

    private DatabricksCompute.New? New(JsonFields cluster)
    {
        JsonElement definition = cluster.Any("new")!.Value;
        var fields = new JsonFields(definition, cluster.PathOf("new"), problems);
        if (definition.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        _ = fields.Required(
            "spark_version",
            "a new cluster has a spark_version",
            "Write for example \"spark_version\": \"16.4.x-scala2.12\"."
        );
        foreach (string name in (string[])["spark_conf", "spark_env_vars"])
        {
            if (fields.Any(name) is { ValueKind: not JsonValueKind.Object } other)
            {
                fields.Refuse(name, $"{name} is an object", other);
                return null;
            }
        }

        return new DatabricksCompute.New(JsonObject.Create(definition.Clone())!);
    }

    private DatabricksCompute.Serverless Serverless(JsonFields cluster)
    {
        var fields = new JsonFields(cluster.Any("serverless")!.Value, cluster.PathOf("serverless"), problems);
        string? version = fields.FilledText("environmentVersion", "the version of the environment, such as \"4\"");
        ImmutableArray<string> packages = fields.Texts("dependencies", "packages as pip takes them");
        fields.RefuseOthers();
        return new DatabricksCompute.Serverless(version, packages);
    }
}

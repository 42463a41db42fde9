using System.Text;
using System.Text.Json;
using FunctionTune.DatabricksEmulator.Clusters;
using FunctionTune.DatabricksEmulator.Tasks;
using FunctionTune.DatabricksEmulator.Wire;

namespace FunctionTune.DatabricksEmulator.Runs;

/// <summary>What runs/submit demands beyond the shape of its body.</summary>
internal sealed class SubmitRules(ClusterBook clusters)
{
    private const int MaxToken = 64;
    private const int MaxTags = 25;
    private const int MaxName = 4096;
    private const int MaxParameters = 10_000;
    private const int MaxBaseParameters = 1_000_000;

    private static readonly string[] s_computes = ["existing_cluster_id", "new_cluster", "environment_key"];

    private static readonly string[] s_work = [.. Enum.GetValues<TaskKind>().Select(SubmittedTask.FieldOf)];

    /// <summary>Refuses a body that breaks a rule.</summary>
    public void Check(JsonElement body)
    {
        if (Text(body, "idempotency_token") is { Length: > MaxToken } token)
        {
            throw ApiException.Invalid(
                $"idempotency_token must have {MaxToken} characters at most, got {token.Length}."
            );
        }

        if (Encoding.UTF8.GetByteCount(Text(body, "run_name") ?? "") > MaxName)
        {
            throw ApiException.Invalid($"run_name must have {MaxName} bytes at most.");
        }

        if (body.TryGetProperty("tags", out JsonElement tags) && tags.GetPropertyCount() > MaxTags)
        {
            throw ApiException.Invalid($"A run must have {MaxTags} tags at most, got {tags.GetPropertyCount()}.");
        }

        CheckTimeout(body, "");
        if (!body.TryGetProperty("tasks", out JsonElement tasks) || tasks.GetArrayLength() == 0)
        {
            throw ApiException.Invalid("Missing required field: tasks");
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement task in tasks.EnumerateArray())
        {
            CheckTask(task, body, keys);
        }
    }

    private void CheckTask(JsonElement task, JsonElement body, HashSet<string> keys)
    {
        string key = task.GetProperty("task_key").GetString()!;
        CheckOne(task, key, s_work, "kind of work");
        CheckOne(task, key, s_computes, "compute");
        CheckTimeout(task, $"task {key}: ");
        CheckParameters(task, key);
        CheckCompute(task, body, key);
        if (task.TryGetProperty("depends_on", out JsonElement others))
        {
            foreach (JsonElement other in others.EnumerateArray())
            {
                string name = other.GetProperty("task_key").GetString()!;
                if (!keys.Contains(name))
                {
                    throw ApiException.Invalid($"Task {key} depends on {name}, which is no task before it.");
                }
            }
        }

        if (!keys.Add(key))
        {
            throw ApiException.Invalid($"The task key {key} is used twice.");
        }
    }

    private void CheckCompute(JsonElement task, JsonElement body, string key)
    {
        if (Text(task, "existing_cluster_id") is { } id && clusters.Find(id) is null)
        {
            throw ApiException.NoCluster(id);
        }

        if (
            Text(task, "environment_key") is { } environment
            && !(
                body.TryGetProperty("environments", out JsonElement all)
                && all.EnumerateArray().Any(e => e.GetProperty("environment_key").ValueEquals(environment))
            )
        )
        {
            throw ApiException.Invalid($"Task {key}: there is no environment {environment}.");
        }

        if (task.TryGetProperty("new_cluster", out JsonElement cluster))
        {
            CheckNewCluster(cluster, key);
        }
    }

    private static void CheckNewCluster(JsonElement cluster, string key)
    {
        if (cluster.TryGetProperty("num_workers", out _) == cluster.TryGetProperty("autoscale", out _))
        {
            bool isSingle = cluster.TryGetProperty("is_single_node", out JsonElement single) && single.GetBoolean();
            if (!isSingle)
            {
                throw ApiException.Invalid(
                    $"Task {key}: exactly one of num_workers and autoscale must be given for new_cluster."
                );
            }
        }

        if (Text(cluster, "node_type_id") is not { } type)
        {
            if (Text(cluster, "instance_pool_id") is null && Text(cluster, "policy_id") is null)
            {
                throw ApiException.Invalid("Missing required field: node_type_id");
            }
        }
        else if (NodeType.Find(type) is null)
        {
            string known = string.Join(", ", NodeType.All.Select(node => node.Id));
            throw ApiException.Invalid($"Node type {type} is not supported. Supported node types: {known}");
        }
    }

    private static void CheckParameters(JsonElement task, string key)
    {
        foreach (string field in s_work.Where(field => task.TryGetProperty(field, out _)))
        {
            JsonElement work = task.GetProperty(field);
            if (
                work.TryGetProperty("parameters", out JsonElement list)
                && Encoding.UTF8.GetByteCount(list.GetRawText()) > MaxParameters
            )
            {
                throw ApiException.Invalid($"Task {key}: parameters must have {MaxParameters} bytes of JSON at most.");
            }

            if (
                work.TryGetProperty("base_parameters", out JsonElement map)
                && Encoding.UTF8.GetByteCount(map.GetRawText()) > MaxBaseParameters
            )
            {
                throw ApiException.Invalid($"Task {key}: base_parameters must have 1 MB of JSON at most.");
            }
        }
    }

    private static void CheckOne(JsonElement task, string key, string[] fields, string what)
    {
        string[] given = [.. fields.Where(field => task.TryGetProperty(field, out _))];
        if (given.Length != 1)
        {
            string got = given.Length == 0 ? "none" : string.Join(" and ", given);
            throw ApiException.Invalid(
                $"Task {key} must name exactly one {what} ({string.Join(", ", fields)}), got {got}."
            );
        }
    }

    private static void CheckTimeout(JsonElement element, string where)
    {
        if (
            element.TryGetProperty("timeout_seconds", out JsonElement seconds)
            && !(seconds.TryGetInt32(out int value) && value >= 0)
        )
        {
            throw ApiException.Invalid($"{where}timeout_seconds must be 0 or more, got {seconds}.");
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Json;
using FunctionTune.Remote.Databricks.Answers;
using FunctionTune.Remote.Databricks.Options;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Databricks;

/// <summary>Asks a workspace whether what a study names is there, before the study exists.</summary>
/// <param name="connection">The workspace.</param>
internal sealed class WorkspaceProbe(DatabricksConnection connection)
{
    private const string Options = "$.trial.databricks";

    private readonly DatabricksClient _client = new(connection);

    /// <summary>Everything that is not there.</summary>
    /// <exception cref="ServiceException">The workspace cannot be reached, or does not let this caller in.</exception>
    public async Task<List<Problem>> FindProblemsAsync(DatabricksOptions options, CancellationToken cancellationToken)
    {
        // Whoever may not list runs may not follow trials either.
        await _client
            .ListActiveAsync(since: null, page: null, withTasks: false, cancellationToken)
            .ConfigureAwait(false);
        var problems = new List<Problem>();
        Problem? compute = options.Compute switch
        {
            DatabricksCompute.Existing shared => await ClusterAsync(shared.Id, cancellationToken).ConfigureAwait(false),
            DatabricksCompute.New own => await MachinesAsync(own.Definition, cancellationToken).ConfigureAwait(false),
            _ => null,
        };
        if (compute is not null)
        {
            problems.Add(compute);
        }

        foreach ((string path, string place) in Places(options))
        {
            if (await IsMissingAsync(place, cancellationToken).ConfigureAwait(false))
            {
                string hint = "Copy the path from the workspace, and look whether this identity may see it.";
                problems.Add(new Problem(path, "a file of the workspace or of a volume exists", $"'{place}'", hint));
            }
        }

        return problems;
    }

    private async Task<Problem?> ClusterAsync(string id, CancellationToken cancellationToken)
    {
        const string path = $"{Options}.cluster.existing";
        try
        {
            await _client.GetClusterAsync(id, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ServiceException fault) when (fault.Kind is Refusal.NotFound or Refusal.Invalid)
        {
            string hint = $"{Sentence(fault.Said)} Copy the id from the cluster's page, Tags, ClusterId.";
            return new Problem(path, "a cluster of that id exists", $"'{id}'", hint);
        }
        catch (ServiceException fault) when (fault.Kind == Refusal.Denied)
        {
            string hint = $"{Sentence(fault.Said)} Ask its owner for the permission CAN RESTART.";
            return new Problem(path, "this identity may use the cluster", $"'{id}'", hint);
        }
    }

    private async Task<Problem?> MachinesAsync(JsonObject cluster, CancellationToken cancellationToken)
    {
        ImmutableDictionary<string, NodeType> types;
        try
        {
            types = await _client.ListNodeTypesAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ServiceException fault) when (fault.Kind is Refusal.Denied or Refusal.NotFound or Refusal.Invalid)
        {
            return null; // who may not ask finds out when the first cluster is made
        }

        foreach (string name in (string[])["node_type_id", "driver_node_type_id"])
        {
            if (
                cluster[name] is JsonValue value
                && value.GetValueKind() == JsonValueKind.String
                && value.GetValue<string>() is var type
                && !types.IsEmpty
                && !types.ContainsKey(type)
            )
            {
                return new Problem(
                    $"{Options}.cluster.new.{name}",
                    "the workspace offers this kind of machine",
                    $"'{type}'",
                    Spelling.Suggest(type, types.Keys, "Take one that the workspace lists when a cluster is made.")
                );
            }
        }

        return null;
    }

    private static IEnumerable<(string Path, string Place)> Places(DatabricksOptions options)
    {
        (string Field, string? Place)[] named = options.Task switch
        {
            DatabricksTask.Python { IsLocal: false } python => [("python.file", python.File)],
            DatabricksTask.Wheel wheel => [("wheel.file", wheel.File)],
            DatabricksTask.Notebook notebook => [("notebook.path", notebook.Path)],
            DatabricksTask.Jar jar => [("jar.file", jar.File)],
            DatabricksTask.DotNet program => [("dotnet.app", program.App), ("dotnet.jar", program.Connector)],
            _ => [],
        };
        return named
            .Where(each => each.Place is not null && each.Place.StartsWith('/'))
            .Select(each => ($"{Options}.task.{each.Field}", each.Place!));
    }

    private async Task<bool> IsMissingAsync(string place, CancellationToken cancellationToken)
    {
        try
        {
            if (place.StartsWith("/Volumes/", StringComparison.Ordinal))
            {
                string path = string.Join('/', place.Split('/').Select(Uri.EscapeDataString));
                var call = new Call(HttpMethod.Get, $"/api/2.0/fs/files{path}", CallKind.Files)
                {
                    Range = (0, 0),
                    AnswersJson = false,
                };
                await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await _client.GetObjectTypeAsync(place, cancellationToken).ConfigureAwait(false);
            }

            return false;
        }
        catch (ServiceException fault) when (fault.Kind is Refusal.NotFound)
        {
            // A workspace that lacks the call itself says nothing about the file.
            return fault.Code is not "ENDPOINT_NOT_FOUND"
                && !fault.Said.StartsWith("No API found", StringComparison.Ordinal);
        }
        catch (ServiceException fault) when (fault.Kind is Refusal.Denied or Refusal.Invalid)
        {
            return false; // the cluster's identity may see what this one may not
        }
    }

    private static string Sentence(string said) => said.EndsWith('.') ? said : $"{said}.";
}

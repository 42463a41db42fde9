using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator.Runs;

namespace FunctionTune.DatabricksEmulator.Wire;

/// <summary>What is in the workspace's own tree of files, and who asks.</summary>
/// <param name="folder">The folder that stands for <c>/Workspace</c>.</param>
internal sealed class WorkspaceEndpoints(string folder)
{
    private const string Root = "/Workspace/";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/api/2.0/workspace/get-status",
            Answer.With(context => Status(new Query(context.Request.Query).Required("path")))
        );
        routes.MapGet("/api/2.0/preview/scim/v2/Me", Answer.With(_ => Me()));
    }

    private JsonObject Status(string path)
    {
        string inside = path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..] : path;
        string local = Path.Join(folder, inside);
        string? type =
            Directory.Exists(local) ? "DIRECTORY"
            : File.Exists(local) ? "FILE"
            : File.Exists(local + ".py") ? "NOTEBOOK"
            : null;
        if (type is null)
        {
            throw new ApiException(404, "RESOURCE_DOES_NOT_EXIST", $"Path ({path}) doesn't exist.");
        }

        var json = new JsonObject
        {
            ["object_type"] = type,
            ["path"] = path,
            ["resource_id"] = path,
        };
        if (type is "NOTEBOOK")
        {
            json["language"] = "PYTHON";
        }

        return json;
    }

    private static JsonObject Me() =>
        new()
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User"),
            ["id"] = "1",
            ["userName"] = RunJson.User,
            ["displayName"] = "emulator",
            ["active"] = true,
            ["emails"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "work",
                    ["value"] = RunJson.User,
                    ["primary"] = true,
                }
            ),
        };
}

using System.Globalization;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator.Wire;

namespace FunctionTune.DatabricksEmulator.Volumes;

/// <summary>The Files API 2.0 for directories.</summary>
/// <param name="volumes">The folder that stands for <c>/Volumes</c>. Every volume exists.</param>
internal sealed class DirectoriesEndpoints(string volumes)
{
    private const string Route = "/api/2.0/fs/directories/{**path}";
    private const int MaxPage = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut(Route, (RequestDelegate)Create);
        routes.MapMethods(Route, ["HEAD"], (RequestDelegate)Check);
        routes.MapGet(Route, Answer.With(List));
        routes.MapDelete(Route, (RequestDelegate)Delete);
    }

    private Task Create(HttpContext context)
    {
        VolumePath path = VolumePath.Of(context, volumes, below: 0);
        if (File.Exists(path.Local))
        {
            throw new ApiException(409, "ALREADY_EXISTS", "The directory being created already exists as a file.");
        }

        Directory.CreateDirectory(path.Local);
        return NoContent(context);
    }

    private Task Check(HttpContext context)
    {
        _ = Existing(context);
        return Task.CompletedTask;
    }

    private JsonObject List(HttpContext context)
    {
        VolumePath path = Existing(context);
        var query = new Query(context.Request.Query);
        int size = (int)Math.Clamp(query.Whole("page_size") ?? MaxPage, 1, MaxPage);
        int from = (int)(query.Whole("page_token") ?? 0);
        FileSystemInfo[] all =
        [
            .. new DirectoryInfo(path.Local)
                .EnumerateFileSystemInfos()
                .OrderBy(entry => entry.Name, StringComparer.Ordinal),
        ];
        var answer = new JsonObject
        {
            ["contents"] = new JsonArray([.. all.Skip(from).Take(size).Select(entry => Show(path, entry))]),
        };
        if (from + size < all.Length)
        {
            answer["next_page_token"] = (from + size).ToString(CultureInfo.InvariantCulture);
        }

        return answer;
    }

    private Task Delete(HttpContext context)
    {
        VolumePath path = Existing(context);
        if (Directory.EnumerateFileSystemEntries(path.Local).Any())
        {
            throw ApiException.Invalid("The directory is not empty: FILES_API_DIRECTORY_IS_NOT_EMPTY.");
        }

        Directory.Delete(path.Local);
        return NoContent(context);
    }

    private VolumePath Existing(HttpContext context)
    {
        VolumePath path = VolumePath.Of(context, volumes, below: 0);
        return Directory.Exists(path.Local)
            ? path
            : throw new ApiException(404, "NOT_FOUND", "The directory being accessed is not found.");
    }

    private static JsonObject Show(VolumePath folder, FileSystemInfo entry)
    {
        var json = new JsonObject
        {
            ["path"] = $"{folder.Remote}/{entry.Name}",
            ["name"] = entry.Name,
            ["is_directory"] = entry is DirectoryInfo,
            ["last_modified"] = new DateTimeOffset(entry.LastWriteTimeUtc).ToUnixTimeMilliseconds(),
        };
        if (entry is FileInfo file)
        {
            json["file_size"] = file.Length;
        }

        return json;
    }

    private static Task NoContent(HttpContext context)
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }
}

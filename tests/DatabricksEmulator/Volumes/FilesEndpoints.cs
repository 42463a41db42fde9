using FunctionTune.DatabricksEmulator.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FunctionTune.DatabricksEmulator.Volumes;

/// <summary>The Files API 2.0 for files. A file is written whole or not at all, and its folders with it.</summary>
/// <param name="volumes">The folder that stands for <c>/Volumes</c>. Every volume exists.</param>
internal sealed class FilesEndpoints(string volumes)
{
    private const string Route = "/api/2.0/fs/files/{**path}";
    private const long MaxBytes = 5L * 1024 * 1024 * 1024;

    private readonly Lock _moves = new();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut(Route, UploadAsync);
        routes.MapMethods(Route, ["GET", "HEAD"], (RequestDelegate)DownloadAsync);
        routes.MapDelete(Route, (RequestDelegate)Delete);
    }

    private async Task UploadAsync(HttpContext context)
    {
        VolumePath path = VolumePath.Of(context, volumes, below: 1);
        bool overwrites = context.Request.Query["overwrite"] != "false";
        if (context.Request.ContentLength > MaxBytes)
        {
            throw ApiException.Invalid($"A file must have {MaxBytes} bytes at most.");
        }

        if (Directory.Exists(path.Local))
        {
            throw new ApiException(409, "ALREADY_EXISTS", "The file being created already exists as a directory.");
        }

        string part = Path.Join(
            Directory.CreateDirectory(Path.Join(volumes, ".uploads")).FullName,
            Path.GetRandomFileName()
        );
        try
        {
            await using (FileStream file = File.Create(part))
            {
                await context.Request.Body.CopyToAsync(file, context.RequestAborted);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path.Local)!);
            Move(part, path.Local, overwrites);
        }
        finally
        {
            File.Delete(part);
        }

        context.Response.StatusCode = 204;
    }

    /// <summary>One after another: a look and a move are two steps.</summary>
    private void Move(string part, string target, bool overwrites)
    {
        lock (_moves)
        {
            if (!overwrites && File.Exists(target))
            {
                throw new ApiException(409, "ALREADY_EXISTS", "The file being created already exists.");
            }

            File.Move(part, target, overwrite: true);
        }
    }

    private async Task DownloadAsync(HttpContext context)
    {
        VolumePath path = Existing(context);
        PhysicalFileHttpResult file = TypedResults.PhysicalFile(
            path.Local,
            "application/octet-stream",
            lastModified: new DateTimeOffset(File.GetLastWriteTimeUtc(path.Local)),
            enableRangeProcessing: true
        );
        await file.ExecuteAsync(context);
    }

    private Task Delete(HttpContext context)
    {
        File.Delete(Existing(context).Local);
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private VolumePath Existing(HttpContext context)
    {
        VolumePath path = VolumePath.Of(context, volumes, below: 1);
        return File.Exists(path.Local)
            ? path
            : throw new ApiException(404, "NOT_FOUND", "The file being accessed is not found.");
    }
}

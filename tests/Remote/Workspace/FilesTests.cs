using System.Net.Http.Headers;
using System.Text.Json;
using FunctionTune.DatabricksEmulator;

namespace FunctionTune.Remote.Tests.Workspace;

public sealed class FilesTests
{
    private const string Files = "/api/2.0/fs/files/Volumes/main/ft/v";
    private const string Directories = "/api/2.0/fs/directories/Volumes/main/ft/v";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_comes_back_as_it_went_whole_or_in_part()
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);

        Assert.Equal(204, await StatusAsync(client, HttpMethod.Put, $"{Files}/a%20b/c.txt", "hello"));
        using HttpResponseMessage head = await client.SendAsync(HttpMethod.Head, $"{Files}/a%20b/c.txt");
        client.Headers.Range = new RangeHeaderValue(1, 3);
        using HttpResponseMessage part = await client.SendAsync(HttpMethod.Get, $"{Files}/a%20b/c.txt");
        client.Headers.Range = null;

        Assert.Equal(
            "hello",
            await File.ReadAllTextAsync(Path.Join(workspace.VolumesFolder, "main/ft/v/a b/c.txt"), Token)
        );
        Assert.Equal((200, 5), ((int)head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Equal((206, "ell"), ((int)part.StatusCode, await part.Content.ReadAsStringAsync(Token)));
        Assert.Equal(204, await StatusAsync(client, HttpMethod.Delete, $"{Files}/a%20b/c.txt"));
        Assert.Equal(404, await StatusAsync(client, HttpMethod.Get, $"{Files}/a%20b/c.txt"));
    }

    [Fact]
    public async Task Of_many_that_create_a_file_without_overwriting_one_succeeds()
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);

        int[] answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => StatusAsync(client, HttpMethod.Put, $"{Files}/x?overwrite=false", $"{i}"))
        );

        Assert.Single(answers, 204);
        Assert.Equal(19, answers.Count(status => status == 409));
        Assert.Equal(204, await StatusAsync(client, HttpMethod.Put, $"{Files}/x?overwrite=true", "again"));
    }

    [Fact]
    public async Task Directories_are_made_listed_page_by_page_and_removed_when_empty()
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);
        Assert.Equal(204, await StatusAsync(client, HttpMethod.Put, $"{Directories}/d/e"));
        Assert.Equal(204, await StatusAsync(client, HttpMethod.Put, $"{Directories}/d/e"));
        await StatusAsync(client, HttpMethod.Put, $"{Files}/d/f", "123");

        (_, JsonElement first) = await client.GetAsync($"{Directories}/d?page_size=1");
        string page = first.GetProperty("next_page_token").GetString()!;
        (_, JsonElement second) = await client.GetAsync($"{Directories}/d?page_size=1&page_token={page}");

        Assert.True(first.GetProperty("contents")[0].GetProperty("is_directory").GetBoolean());
        Assert.Equal("/Volumes/main/ft/v/d/f", second.GetProperty("contents")[0].GetProperty("path").GetString());
        Assert.Equal(3, second.GetProperty("contents")[0].GetProperty("file_size").GetInt64());
        Assert.Equal(400, await StatusAsync(client, HttpMethod.Delete, $"{Directories}/d"));
        Assert.Equal(204, await StatusAsync(client, HttpMethod.Delete, $"{Directories}/d/e"));
        Assert.Equal(404, await StatusAsync(client, HttpMethod.Head, $"{Directories}/d/e"));
        Assert.Equal(200, await StatusAsync(client, HttpMethod.Head, $"{Directories}/d"));
    }

    [Theory]
    [InlineData("/api/2.0/fs/files/tmp/x")]
    [InlineData("/api/2.0/fs/files/Volumes/main/ft/v")]
    [InlineData("/api/2.0/fs/files/Volumes/main/ft/v/a//b")]
    public async Task Only_paths_of_volumes_are_served(string path)
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);

        Assert.Equal(400, await StatusAsync(client, HttpMethod.Put, path, "x"));
    }

    private static async Task<int> StatusAsync(
        WorkspaceClient client,
        HttpMethod method,
        string path,
        string? text = null
    )
    {
        using StringContent? content = text is null ? null : new StringContent(text);
        using HttpResponseMessage response = await client.SendAsync(method, path, content);
        return (int)response.StatusCode;
    }

    private static Task<DatabricksWorkspace> StartAsync() => DatabricksWorkspace.StartAsync(new(), Token);
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FunctionTune.Local.Stores;
using FunctionTune.Service;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Service;

namespace FunctionTune.Cli.Tests.Serving;

/// <summary>The service over a folder: what it finds there, who may call, what it says when it cannot work.</summary>
public sealed class LocalServiceTests : IDisposable
{
    private const string Token = "a-token-of-some-length";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_request_that_was_kept_and_never_taken_up_becomes_a_study()
    {
        await RequestAsync("kept");

        await using ServedStore served = await ServedStore.StartAsync(_folder.Path);

        Assert.Equal("maxEvals", (await served.Client.EndAsync("kept")).GetProperty("stopReason").GetString());
    }

    [Fact]
    public async Task A_study_that_was_cancelled_before_it_was_there_ends_without_a_trial()
    {
        StudyRequests requests = await RequestAsync("early");
        await requests.CancelAsync(new StudyId("early"), DateTimeOffset.UtcNow, Cancel);

        await using ServedStore served = await ServedStore.StartAsync(_folder.Path);

        JsonElement study = await served.Client.EndAsync("early");
        Assert.Equal("cancelled", study.GetProperty("stopReason").GetString());
        Assert.Equal(0, study.GetProperty("counts").GetProperty("succeeded").GetInt32());
    }

    [Fact]
    public async Task With_a_token_only_those_who_send_it_are_served()
    {
        await using ServedStore served = await ServedStore.StartAsync(_folder.Path, Token);

        foreach (string path in (string[])["/api/studies", "/api/studies/x", "/openapi/v1.json"])
        {
            await served.Client.SendAsync(HttpMethod.Get, path).ProblemAsync(HttpStatusCode.Unauthorized);
        }

        await served
            .Client.SendAsync(HttpMethod.Post, "/api/studies", ApiCalls.Study())
            .ProblemAsync(HttpStatusCode.Unauthorized);
        served.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        await served.Client.SendAsync(HttpMethod.Get, "/openapi/v1.json").JsonAsync();
        await served.Client.EndAsync(await served.Client.SubmitAsync(ApiCalls.Study()));
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_begin_a_study()
    {
        await using ServedStore served = await ServedStore.StartAsync(_folder.Path);

        await served
            .Client.SendAsync(
                HttpMethod.Post,
                "/api/studies",
                ApiCalls.Study(),
                headers => headers.Add("Origin", "https://evil.example")
            )
            .ProblemAsync(HttpStatusCode.Forbidden);
        await served
            .Client.SendAsync(HttpMethod.Get, "/api/studies", headers: headers => headers.Host = "evil.example")
            .ProblemAsync(HttpStatusCode.Forbidden);

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_told_with_a_time_to_try_again()
    {
        await using ServedStore served = await ServedStore.StartAsync(_folder["store"]);
        _folder.Write("store/studies", "a file where a folder should be");

        using HttpResponseMessage answer = await served.Client.SendAsync(
            HttpMethod.Post,
            "/api/studies",
            ApiCalls.Study()
        );

        await Task.FromResult(answer).ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_damaged_log_is_told_and_hides_no_other_study()
    {
        _folder.Write("studies/broken/log/000001.jsonl", "{\"type\":\"nonsense\"}\n");
        await using ServedStore served = await ServedStore.StartAsync(_folder.Path);
        await served.Client.EndAsync(await served.Client.SubmitAsync(ApiCalls.Study(), "good"));

        JsonElement page = await served.Client.SendAsync(HttpMethod.Get, "/api/studies").JsonAsync();

        Assert.Equal(
            ["broken damaged", "good ended"],
            page.GetProperty("studies")
                .EnumerateArray()
                .Select(study => $"{study.GetProperty("id").GetString()} {study.GetProperty("status").GetString()}")
        );
        await served
            .Client.SendAsync(HttpMethod.Get, "/api/studies/broken")
            .ProblemAsync(HttpStatusCode.InternalServerError);
    }

    private async Task<StudyRequests> RequestAsync(string id)
    {
        var requests = new StudyRequests(new FolderStagingArea(_folder.Path));
        var request = new StudyRequest(JsonElement.Parse(ApiCalls.Study()), DateTimeOffset.UtcNow);
        Assert.True(await requests.CreateAsync(new StudyId(id), request, Cancel));
        return requests;
    }
}

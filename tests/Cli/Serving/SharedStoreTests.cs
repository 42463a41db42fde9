using System.Net;
using System.Text.Json;
using FunctionTune.Local;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Service;

namespace FunctionTune.Cli.Tests.Serving;

/// <summary>A service over a folder in which others work as well.</summary>
public sealed class SharedStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_request_is_taken_up_whose_log_was_opened_and_not_written_before_the_service_died()
    {
        _folder.Write(
            "studies/half/request.json",
            $$"""{ "study": {{ApiCalls.Study()}}, "at": "2026-11-21T09:00:00Z" }"""
        );
        _folder.Write("studies/half/log/000001.jsonl", "{\"type\":\"crea");

        await using ServedStore served = await ServedStore.StartAsync(_folder.Path);

        await served.Client.EndAsync("half");
    }

    [Fact]
    public async Task A_key_takes_no_id_of_a_study_that_nobody_asked_the_service_for()
    {
        using (var studies = new LocalStudies(_folder.Path, platforms: Composition.Platforms()))
        {
            StudySpec spec = StudySpecJson.Read(JsonElement.Parse(ApiCalls.Study())).Required();
            await studies.CreateAsync(new StudyId("mine"), spec, null, Cancel);
            await studies.RunAsync(new StudyId("mine"), null, Cancel);
        }

        await using ServedStore served = await ServedStore.StartAsync(_folder.Path);

        await served
            .Client.SendAsync(
                HttpMethod.Post,
                "/api/studies?id=mine",
                ApiCalls.Study(maxEvals: 9),
                headers => headers.Add("Idempotency-Key", "first")
            )
            .ProblemAsync(HttpStatusCode.Conflict);
        Assert.False(File.Exists(_folder["studies/mine/request.json"]));
    }

    [Fact]
    public async Task A_study_whose_folder_is_gone_is_gone()
    {
        await using ServedStore served = await ServedStore.StartAsync(_folder.Path);
        string id = await served.Client.SubmitAsync(ApiCalls.Study());
        await served.Client.EndAsync(id);

        Directory.Delete(_folder[$"studies/{id}"], recursive: true);

        await served.Client.SendAsync(HttpMethod.Get, $"/api/studies/{id}").ProblemAsync(HttpStatusCode.NotFound);
        await served
            .Client.SendAsync(HttpMethod.Get, $"/api/studies/{id}/events")
            .ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_study_that_cannot_be_prepared_is_done_with_when_it_is_cancelled()
    {
        // Where the lock of its log would be, a folder is in the way.
        Directory.CreateDirectory(_folder["studies/blocked/log.lock"]);
        await using ServedStore served = await ServedStore.StartAsync(_folder.Path);
        await served.Client.SubmitAsync(ApiCalls.Study(), "blocked");
        await served.Client.UntilAsync(
            "blocked",
            study => study.TryGetProperty("trouble", out JsonElement trouble) && trouble.GetString() is not null
        );

        await served
            .Client.SendAsync(HttpMethod.Post, "/api/studies/blocked/cancel")
            .JsonAsync(HttpStatusCode.Accepted);

        await served.Client.UntilAsync("blocked", study => study.HasStatus("refused"));
    }

    [Fact]
    public async Task What_was_in_the_way_of_a_study_is_looked_at_again_as_soon_as_somebody_asks()
    {
        Directory.CreateDirectory(_folder["studies/held/writer.lock"]);
        await using ServedStore served = await ServedStore.StartAsync(_folder.Path);
        await served.Client.SubmitAsync(ApiCalls.Study(), "held");
        await served.Client.UntilAsync(
            "held",
            study => study.TryGetProperty("trouble", out JsonElement trouble) && trouble.GetString() is not null
        );
        Directory.Delete(_folder["studies/held/writer.lock"]);
        DateTimeOffset asked = TimeProvider.System.GetUtcNow();

        await served.Client.SendAsync(HttpMethod.Patch, "/api/studies/held", """{ "maxEvals": 3 }""").JsonAsync();

        await served.Client.EndAsync("held");
        Assert.InRange(TimeProvider.System.GetUtcNow() - asked, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }
}

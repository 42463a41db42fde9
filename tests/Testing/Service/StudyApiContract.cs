using System.Net;
using System.Text.Json;

namespace FunctionTune.Testing.Service;

/// <summary>What holds of the service on every host. Inherit it and say how to reach one that knows simulated trials.</summary>
public abstract class StudyApiContract
{
    /// <summary>Speaks to the service, with whatever proves who it is; addresses begin with <c>/api/</c>.</summary>
    protected abstract HttpClient Client { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_study_that_was_asked_for_runs_to_its_end()
    {
        using HttpResponseMessage answer = await Client.SendAsync(HttpMethod.Post, "/api/studies", ApiCalls.Study());
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var accepted = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        string id = accepted.GetProperty("id").GetString()!;
        Assert.StartsWith("try-", id, StringComparison.Ordinal);
        Assert.Equal($"/api/studies/{id}", answer.Headers.Location?.OriginalString);
        Assert.Equal($"/api/studies/{id}", accepted.GetProperty("links").GetProperty("self").GetString());

        JsonElement study = await Client.EndAsync(id);

        Assert.Equal("maxEvals", study.GetProperty("stopReason").GetString());
        Assert.Equal(4, study.GetProperty("counts").GetProperty("succeeded").GetInt32());
        JsonElement best = study.GetProperty("best");
        Assert.InRange(best.GetProperty("loss").GetDouble(), 0, 1);
        Assert.InRange(best.GetProperty("params").GetProperty("x").GetDouble(), 0, 1);
        Assert.Equal("try", study.GetProperty("study").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_study_may_be_given_its_id_once()
    {
        string id = await Client.SubmitAsync(ApiCalls.Study(), "mine");

        Assert.Equal("mine", id);
        await Client
            .SendAsync(HttpMethod.Post, "/api/studies?id=mine", ApiCalls.Study())
            .ProblemAsync(HttpStatusCode.Conflict);
        JsonElement refused = await Client
            .SendAsync(HttpMethod.Post, "/api/studies?id=Mine!", ApiCalls.Study())
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal("?id", refused.GetProperty("problems")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_repeated_request_with_the_same_key_means_the_same_study()
    {
        string key = $"key-{Guid.NewGuid()}";
        Task<HttpResponseMessage> SendAsync(string study, string path = "/api/studies") =>
            Client.SendAsync(HttpMethod.Post, path, study, headers => headers.Add("Idempotency-Key", key));

        JsonElement[] answers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => SendAsync(ApiCalls.Study("keyed")).JsonAsync(HttpStatusCode.Accepted))
        );

        string id = Assert.Single(
            answers.Select(a => a.GetProperty("id").GetString()!).Distinct(StringComparer.Ordinal)
        );
        await SendAsync(ApiCalls.Study("other")).ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await SendAsync(ApiCalls.Study("keyed"), "/api/studies?id=else")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await Client.EndAsync(id);
        JsonElement late = await SendAsync(ApiCalls.Study("keyed")).JsonAsync(HttpStatusCode.Accepted);
        Assert.True(late.HasStatus("ended"));
    }

    [Fact]
    public async Task Every_problem_of_a_study_file_is_listed_and_nothing_is_started()
    {
        const string Bad = """{"space":{"x":{"uniform":[1,0]}},"maxEvals":0,"trial":{"simulated":{}},"trail":1}""";

        foreach (string path in (string[])["/api/studies?id=bad", "/api/validate"])
        {
            JsonElement problem = await Client
                .SendAsync(HttpMethod.Post, path, Bad)
                .ProblemAsync(HttpStatusCode.BadRequest);
            string[] paths =
            [
                .. problem.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("path").GetString()!),
            ];
            Assert.Contains("$.maxEvals", paths);
            Assert.Contains("$.trail", paths);
            Assert.Contains(paths, p => p.StartsWith("$.space.x", StringComparison.Ordinal));
        }

        await Client.SendAsync(HttpMethod.Get, "/api/studies/bad").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_good_study_file_is_described_and_not_started()
    {
        JsonElement good = await Client
            .SendAsync(HttpMethod.Post, "/api/validate", ApiCalls.Study("checked"))
            .JsonAsync();

        Assert.True(good.GetProperty("valid").GetBoolean());
        Assert.Equal("checked", good.GetProperty("name").GetString());
        JsonElement page = await Client.SendAsync(HttpMethod.Get, "/api/studies?limit=200").JsonAsync();
        Assert.DoesNotContain(
            page.GetProperty("studies").EnumerateArray(),
            study => study.GetProperty("name").ValueEquals("checked")
        );
    }

    [Fact]
    public async Task A_cancelled_study_ends_and_keeps_what_has_finished()
    {
        string id = await Client.SubmitAsync(ApiCalls.Study(maxEvals: 1000, seconds: 0.2));
        await Client.UntilAsync(id, s => Succeeded(s) >= 1);

        await Client.SendAsync(HttpMethod.Post, $"/api/studies/{id}/cancel").JsonAsync(HttpStatusCode.Accepted);

        JsonElement study = await Client.EndAsync(id);
        Assert.Equal("cancelled", study.GetProperty("stopReason").GetString());
        Assert.InRange(Succeeded(study), 1, 100);
        await Client.SendAsync(HttpMethod.Post, $"/api/studies/{id}/cancel").JsonAsync();
        await Client.SendAsync(HttpMethod.Post, $"/api/studies/{id}/pause").ProblemAsync(HttpStatusCode.Conflict);
        await Client
            .SendAsync(HttpMethod.Patch, $"/api/studies/{id}", """{"maxEvals":2000}""")
            .ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_study_that_is_cancelled_at_once_ends_without_a_trial_too_many()
    {
        string id = await Client.SubmitAsync(ApiCalls.Study(maxEvals: 1000, seconds: 1000));

        await Client.SendAsync(HttpMethod.Post, $"/api/studies/{id}/cancel").JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal("cancelled", (await Client.EndAsync(id)).GetProperty("stopReason").GetString());
    }

    [Fact]
    public async Task A_paused_study_starts_nothing_until_it_is_resumed()
    {
        string id = await Client.SubmitAsync(ApiCalls.Study(maxEvals: 40, seconds: 0.05));
        await Client.UntilAsync(id, s => Succeeded(s) >= 1);

        await Client.SendAsync(HttpMethod.Post, $"/api/studies/{id}/pause").JsonAsync();
        JsonElement paused = await Client.UntilAsync(id, s => s.HasStatus("paused") && Running(s) == 0);
        JsonElement twice = await Client.SendAsync(HttpMethod.Post, $"/api/studies/{id}/pause").JsonAsync();
        Assert.True(twice.HasStatus("paused"));
        Assert.InRange(Succeeded(paused), 1, 39);

        await Client.SendAsync(HttpMethod.Post, $"/api/studies/{id}/resume").JsonAsync();
        Assert.Equal(40, Succeeded(await Client.EndAsync(id)));
    }

    [Fact]
    public async Task Higher_limits_let_a_study_go_on_that_had_ended()
    {
        string id = await Client.SubmitAsync(ApiCalls.Study(maxEvals: 2));
        await Client.EndAsync(id);

        await Client
            .SendAsync(HttpMethod.Patch, $"/api/studies/{id}", """{"maxEvals":5,"parallelism":1}""")
            .JsonAsync();

        JsonElement study = await Client.UntilAsync(id, s => s.HasStatus("ended") && Succeeded(s) == 5);
        Assert.Equal(5, study.GetProperty("study").GetProperty("maxEvals").GetInt32());
        Assert.Equal(1, study.GetProperty("parallelismAsked").GetInt32());
    }

    [Fact]
    public async Task Trials_come_in_pages_with_values_and_not_with_indices()
    {
        string id = await Client.SubmitAsync(ApiCalls.Study(maxEvals: 7));
        await Client.EndAsync(id);

        var trials = new List<JsonElement>();
        for (string? next = $"/api/studies/{id}/trials?limit=3"; next is not null; )
        {
            JsonElement page = await Client.SendAsync(HttpMethod.Get, next).JsonAsync();
            trials.AddRange(page.GetProperty("trials").EnumerateArray());
            Assert.InRange(page.GetProperty("trials").GetArrayLength(), 1, 3);
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal([0, 1, 2, 3, 4, 5, 6], trials.Select(t => t.GetProperty("number").GetInt32()));
        Assert.All(
            trials,
            trial =>
            {
                JsonElement kind = trial.GetProperty("params").GetProperty("kind");
                Assert.True(kind.ValueKind == JsonValueKind.Object || kind.ValueEquals("a"));
            }
        );
    }

    [Fact]
    public async Task The_log_can_be_followed_by_pages_and_fetched_as_lines()
    {
        string id = await Client.SubmitAsync(ApiCalls.Study());
        var types = new List<string>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        for (string? next = $"/api/studies/{id}/events?limit=3"; next is not null; )
        {
            patience.Token.ThrowIfCancellationRequested();
            JsonElement page = await Client.SendAsync(HttpMethod.Get, next).JsonAsync();
            types.AddRange(page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("type").GetString()!));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal("created", types[0]);
        Assert.Equal("ended", types[^1]);
        Assert.Equal(4, types.Count(type => type is "finished"));

        using HttpResponseMessage lines = await Client.SendAsync(
            HttpMethod.Get,
            $"/api/studies/{id}/events",
            headers: headers => headers.Add("Accept", "application/x-ndjson")
        );
        Assert.Equal("application/x-ndjson", lines.Content.Headers.ContentType?.MediaType);
        string text = await lines.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(
            types,
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonElement.Parse(line).GetProperty("type").GetString()!)
        );
    }

    [Fact]
    public async Task A_study_that_has_not_changed_is_not_sent_again()
    {
        string id = await Client.SubmitAsync(ApiCalls.Study());
        await Client.EndAsync(id);
        using HttpResponseMessage first = await Client.SendAsync(HttpMethod.Get, $"/api/studies/{id}");

        using HttpResponseMessage second = await Client.SendAsync(
            HttpMethod.Get,
            $"/api/studies/{id}",
            headers: headers => headers.IfNoneMatch.Add(first.Headers.ETag!)
        );

        // As a proxy may pass it on that knows no weak tags.
        using HttpResponseMessage third = await Client.SendAsync(
            HttpMethod.Get,
            $"/api/studies/{id}",
            headers: headers => headers.Add("If-None-Match", first.Headers.ETag!.Tag)
        );

        Assert.Null(first.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, third.StatusCode);
    }

    [Fact]
    public async Task A_study_under_way_says_when_to_look_again()
    {
        string id = await Client.SubmitAsync(ApiCalls.Study(maxEvals: 2, seconds: 1000));
        await Client.UntilAsync(id, s => s.HasStatus("running") && Running(s) == 2);

        using HttpResponseMessage answer = await Client.SendAsync(HttpMethod.Get, $"/api/studies/{id}");

        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 30);
        await Client.SendAsync(HttpMethod.Post, $"/api/studies/{id}/cancel").JsonAsync(HttpStatusCode.Accepted);
        await Client.EndAsync(id);
    }

    [Fact]
    public async Task Studies_are_listed_a_page_at_a_time()
    {
        string[] ids = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(i => Client.SubmitAsync(ApiCalls.Study(), $"listed-{i}"))
        );
        foreach (string id in ids)
        {
            await Client.EndAsync(id);
        }

        var found = new List<string>();
        for (string? next = "/api/studies?limit=2"; next is not null; )
        {
            JsonElement page = await Client.SendAsync(HttpMethod.Get, next).JsonAsync();
            found.AddRange(page.GetProperty("studies").EnumerateArray().Select(s => s.GetProperty("id").GetString()!));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(ids, found.Where(id => id.StartsWith("listed-", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("GET", "/api/studies/nobody")]
    [InlineData("GET", "/api/studies/nobody/trials")]
    [InlineData("GET", "/api/studies/nobody/events")]
    [InlineData("POST", "/api/studies/nobody/cancel")]
    [InlineData("POST", "/api/studies/nobody/pause")]
    [InlineData("POST", "/api/studies/nobody/resume")]
    [InlineData("GET", "/api/studies/No_Id")]
    public Task What_nobody_asked_for_is_not_found(string method, string path) =>
        Client.SendAsync(new HttpMethod(method), path).ProblemAsync(HttpStatusCode.NotFound);

    [Fact]
    public async Task The_service_describes_itself()
    {
        JsonElement document = await Client.SendAsync(HttpMethod.Get, "/api/openapi/v1.json").JsonAsync();

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
    }

    private static int Succeeded(JsonElement study) => Count(study, "succeeded");

    private static int Running(JsonElement study) => Count(study, "running");

    private static int Count(JsonElement study, string state) =>
        study.TryGetProperty("counts", out JsonElement counts) ? counts.GetProperty(state).GetInt32() : 0;
}

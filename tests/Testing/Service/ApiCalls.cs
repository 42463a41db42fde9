using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace FunctionTune.Testing.Service;

/// <summary>Speaks to the service as a caller does.</summary>
public static class ApiCalls
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A study of simulated trials.</summary>
    public static string Study(
        string name = "try",
        int maxEvals = 4,
        double seconds = 0.01,
        int parallelism = 2,
        string more = ""
    ) =>
        FormattableString.Invariant(
            $$"""
            {"name":"{{name}}","space":{"x":{"uniform":[0,1]},"kind":{"choice":["a",{"k":"b","y":{"uniform":[0,1]} }]} },"algo":"rand","seed":7,
             "maxEvals":{{maxEvals}},"parallelism":{{parallelism}},"trial":{"simulated":{"seconds":{{seconds}}} }{{more}}}
            """
        );

    /// <summary>Sends JSON.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client,
        HttpMethod method,
        string path,
        string? body = null,
        Action<HttpRequestHeaders>? headers = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        headers?.Invoke(request.Headers);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await client.SendAsync(request, Cancel);
    }

    /// <summary>The JSON of an answer of that status.</summary>
    public static async Task<JsonElement> JsonAsync(
        this Task<HttpResponseMessage> call,
        HttpStatusCode status = HttpStatusCode.OK
    )
    {
        using HttpResponseMessage answer = await call;
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        return JsonElement.Parse(text);
    }

    /// <summary>The problem document of a refusal of that status.</summary>
    public static async Task<JsonElement> ProblemAsync(this Task<HttpResponseMessage> call, HttpStatusCode status)
    {
        using HttpResponseMessage answer = await call;
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(text);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    /// <summary>Asks for a study.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> SubmitAsync(this HttpClient client, string study, string? id = null)
    {
        string path = id is null ? "/api/studies" : $"/api/studies?id={id}";
        JsonElement accepted = await client.SendAsync(HttpMethod.Post, path, study).JsonAsync(HttpStatusCode.Accepted);
        return accepted.GetProperty("id").GetString()!;
    }

    /// <summary>Looks at a study until it is as expected.</summary>
    public static async Task<JsonElement> UntilAsync(
        this HttpClient client,
        string id,
        Func<JsonElement, bool> isReached
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            JsonElement study = await client.SendAsync(HttpMethod.Get, $"/api/studies/{id}").JsonAsync();
            if (isReached(study))
            {
                return study;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>The study when it is over.</summary>
    public static Task<JsonElement> EndAsync(this HttpClient client, string id) =>
        client.UntilAsync(id, study => study.HasStatus("ended"));

    /// <summary>Whether a study has a status.</summary>
    public static bool HasStatus(this JsonElement study, string status) =>
        study.GetProperty("status").ValueEquals(status);
}

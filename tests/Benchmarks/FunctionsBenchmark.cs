using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionTune.Benchmarks;

/// <summary>How well a host that is spoken to by HTTP keeps slots busy: the Azure host, here or deployed, or <c>functiontune serve</c>.</summary>
internal sealed class FunctionsBenchmark : IBenchmark
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    public string Name => "functions";

    public string About =>
        "simulated trials on a running host: --address URL [--key KEY] [--trials N] [--seconds S] [--parallelism P] [--algo A]";

    public async Task RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        HostLoad load = HostLoad.Read(arguments);
        using var host = new HttpClient { BaseAddress = load.Address };
        if (load.Key is { } key)
        {
            host.DefaultRequestHeaders.Add("x-functions-key", key);
        }

        Uri study = await SubmitAsync(host, load, cancellationToken).ConfigureAwait(false);
        JsonObject end = await EndAsync(host, study, cancellationToken).ConfigureAwait(false);
        HostLoadFigures figures = await FiguresAsync(host, study, cancellationToken).ConfigureAwait(false);
        await output.WriteLineAsync(Table(load, figures)).ConfigureAwait(false);
        await output.WriteLineAsync($"\n{study}: {end["status"]}, {end["stopReason"]}").ConfigureAwait(false);
    }

    private static async Task<Uri> SubmitAsync(HttpClient host, HostLoad load, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await host.PostAsJsonAsync(
                new Uri("api/studies", UriKind.Relative),
                load.Study(),
                cancellationToken
            )
            .ConfigureAwait(false);
        string said = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return answer is { IsSuccessStatusCode: true, Headers.Location: { } location }
            ? new Uri(load.Address, location)
            : throw new InvalidOperationException($"{(int)answer.StatusCode}: {said}");
    }

    private static async Task<JsonObject> EndAsync(HttpClient host, Uri study, CancellationToken cancellationToken)
    {
        while (true)
        {
            JsonObject state = (
                await host.GetFromJsonAsync<JsonObject>(study, cancellationToken).ConfigureAwait(false)
            )!;
            switch (state["status"]?.GetValue<string>())
            {
                case "ended":
                    return state;
                case "refused":
                    throw new InvalidOperationException(state.ToJsonString());
                default:
                    await Task.Delay(s_look, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    private static async Task<HostLoadFigures> FiguresAsync(
        HttpClient host,
        Uri study,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{study.AbsoluteUri}/events"));
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using HttpResponseMessage answer = await host.SendAsync(request, cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        string log = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return HostLoadFigures.Of([
            .. log.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<JsonObject>(line)!),
        ]);
    }

    private static string Table(HostLoad load, HostLoadFigures figures) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | trials | seconds each | at once | most at once | wall, s | ideal, s | ratio | end to next start, s | counted twice | log, bytes a trial |
            | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | {figures.Trials} | {load.Seconds} | {load.Parallelism} | {figures.Most} | {figures.Wall.TotalSeconds:F1} | {load.Ideal:F1} | {figures.Wall.TotalSeconds
                / load.Ideal:F3} | {figures.Refill.TotalSeconds:F3} | {figures.Twice} | {(double)figures.Bytes
                / Math.Max(1, figures.Trials):F0} |
            """
        );
}

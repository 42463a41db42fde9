namespace FunctionTune.TrialClient.Tests.Places;

/// <summary>Trials whose files lie in a blob container, each named by a URL with a signature.</summary>
public sealed class WebTrialTests : IAsyncDisposable
{
    private readonly BlobServer _blobs = new();

    public ValueTask DisposeAsync() => _blobs.DisposeAsync();

    [Fact]
    public void Result_and_progress_arrive_as_blobs()
    {
        Trial trial = Open("""{"params":{"x":3},"token":"abc","result":"result.json","progress":"progress.jsonl"}""");
        trial.Report(0, 0.5);
        trial.Report(1, 0.25);
        trial.Succeed(trial.Params.Double("x"));

        Assert.Equal("""{"status":"ok","loss":3,"token":"abc"}""", _blobs.Text("c/result.json")!.TrimEnd());
        Assert.Equal(
            """
            {"step":0,"values":{"loss":0.5}}
            {"step":1,"values":{"loss":0.25}}

            """,
            _blobs.Text("c/progress.jsonl")
        );
    }

    [Fact]
    public void Lost_answers_and_busy_services_write_nothing_twice()
    {
        _blobs.Befall(BlobFault.Unavailable, BlobFault.None);
        Trial trial = Open("""{"params":{},"result":"result.json","progress":"progress.jsonl"}""");
        // Progress is created, its size asked for, and appended to; then the result is written.
        _blobs.Befall(BlobFault.LostAnswer, BlobFault.None, BlobFault.None, BlobFault.LostAnswer, BlobFault.None);
        _blobs.Befall(BlobFault.LostAnswer, BlobFault.Unavailable, BlobFault.None);
        trial.Report(0, 0.5);
        trial.Succeed(3);

        Assert.Equal("""{"status":"ok","loss":3}""", _blobs.Text("c/result.json")!.TrimEnd());
        Assert.Equal("{\"step\":0,\"values\":{\"loss\":0.5}}\n", _blobs.Text("c/progress.jsonl"));
    }

    [Fact]
    public void A_result_that_is_there_stays()
    {
        _blobs.Put("c/result.json", "1");
        Open("""{"params":{},"result":"result.json"}""").Succeed(2);

        Assert.Equal("1", _blobs.Text("c/result.json"));
    }

    [Fact]
    public void Intermediate_values_that_cannot_be_written_fail_no_trial()
    {
        Trial trial = Open($$"""{"params":{},"result":"result.json","progress":"{{_blobs.Root}}c/progress.jsonl"}""");
        trial.Report(0, 1);
        trial.Succeed(3);

        Assert.NotNull(_blobs.Text("c/result.json"));
    }

    [Fact]
    public void Messages_show_no_signature()
    {
        string missing = Refusal(_blobs.UrlOf("c/none.json"));
        string refused = Refusal(_blobs.Root + "c/trial.json?sig=forged");
        string insecure = Refusal("http://example.org/trial.json?sig=secret");

        Assert.Contains($"there is none at {_blobs.Root}c/none.json.", missing, StringComparison.Ordinal);
        Assert.Contains("HTTP 403 AuthenticationFailed", refused, StringComparison.Ordinal);
        Assert.Contains("must be reached by https", insecure, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", missing + refused + insecure, StringComparison.Ordinal);
    }

    private static string Refusal(string place) => Assert.Throws<TrialException>(() => Trial.Open(place)).Message;

    private Trial Open(string trial)
    {
        _blobs.Put("c/trial.json", trial);
        return Trial.Open(_blobs.UrlOf("c/trial.json"));
    }
}

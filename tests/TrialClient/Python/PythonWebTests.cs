using System.Security.Cryptography;
using System.Text;
using FunctionTune.Testing;
using FunctionTune.Testing.Processes;
using FunctionTune.TrialClient.Tests.Places;

namespace FunctionTune.TrialClient.Tests.Python;

/// <summary>Trials whose files lie in a blob container, each named by a URL with a signature.</summary>
public sealed class PythonWebTests : IAsyncDisposable
{
    private const string Reporting = """
        def objective(params):
            trial = functiontune.current_trial()
            trial.report(0, 0.5)
            trial._reports.send()
            trial.report(1, 0.25)
            return params["x"]
        functiontune.run(objective)
        """;

    private readonly BlobServer _blobs = new();
    private readonly TemporaryFolder _folder = new();

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _blobs.DisposeAsync();
    }

    [Fact]
    public async Task Result_and_progress_arrive_as_blobs()
    {
        Put("""{"params":{"x":3},"token":"abc","result":"result.json","progress":"progress.jsonl"}""");
        ProgramEnd end = await RunAsync(Reporting);

        Assert.Equal(new ProgramEnd(0, "", ""), end);
        Assert.Equal("""{"status": "ok", "loss": 3.0, "token": "abc"}""", _blobs.Text("c/result.json")!.TrimEnd());
        Assert.Equal(
            """
            {"step": 0, "values": {"loss": 0.5}}
            {"step": 1, "values": {"loss": 0.25}}

            """,
            _blobs.Text("c/progress.jsonl")
        );
    }

    [Fact]
    public async Task Lost_answers_and_busy_services_write_nothing_twice()
    {
        Put("""{"params":{"x":3},"result":"result.json","progress":"progress.jsonl"}""");
        _blobs.Befall(BlobFault.Unavailable, BlobFault.None, BlobFault.None);
        // Progress is created, appended to, and appended to again; then the result is written.
        _blobs.Befall(BlobFault.LostAnswer, BlobFault.None, BlobFault.None, BlobFault.LostAnswer, BlobFault.None);
        _blobs.Befall(BlobFault.LostAnswer, BlobFault.Unavailable, BlobFault.LostAnswer, BlobFault.None);
        ProgramEnd end = await RunAsync(Reporting);

        Assert.Equal(0, end.ExitCode);
        Assert.Equal("""{"status": "ok", "loss": 3.0}""", _blobs.Text("c/result.json")!.TrimEnd());
        Assert.Equal(3, _blobs.Text("c/progress.jsonl")!.Split('\n').Length);
    }

    [Fact]
    public async Task A_result_that_is_there_stays()
    {
        Put("""{"params":{"x":3},"result":"result.json"}""");
        _blobs.Put("c/result.json", "1");
        ProgramEnd skipped = await RunAsync(Reporting);
        ProgramEnd late = await RunAsync("functiontune.open_trial().succeed(2)");

        Assert.Equal((0, 0), (skipped.ExitCode, late.ExitCode));
        Assert.Contains("has its result already", skipped.Error, StringComparison.Ordinal);
        Assert.Contains("it stays as it is", late.Error, StringComparison.Ordinal);
        Assert.Equal("1", _blobs.Text("c/result.json"));
    }

    [Fact]
    public async Task Intermediate_values_that_cannot_be_written_fail_no_trial()
    {
        Put($$"""{"params":{"x":3},"result":"result.json","progress":"{{_blobs.Root}}c/progress.jsonl"}""");
        ProgramEnd end = await RunAsync(Reporting);

        Assert.Equal(0, end.ExitCode);
        Assert.Contains("intermediate values cannot be written", end.Error, StringComparison.Ordinal);
        Assert.NotNull(_blobs.Text("c/result.json"));
    }

    [Fact]
    public async Task Data_is_fetched_once_and_goes_on_where_an_answer_was_cut()
    {
        byte[] data = RandomNumberGenerator.GetBytes(1 << 20);
        _blobs.Put("d/big.bin", data);
        Put(
            $$"""{"params":{"x":3},"data":{"train":{"uri":"{{_blobs.UrlOf("d/big.bin")}}","sha256":"{{Hash(data)}}","bytes":{{data.Length}} } } }"""
        );
        _blobs.Befall(BlobFault.None, BlobFault.CutAnswer, BlobFault.CutAnswer);
        string program = "print(functiontune.open_trial().data_path('train'))";
        ProgramEnd first = await RunAsync(program);
        ProgramEnd second = await RunAsync(program);

        Assert.Equal((0, first.Output), (second.ExitCode, second.Output));
        Assert.Equal(_folder[$"cache/{Hash(data)}/files/big.bin"], first.Output.TrimEnd());
        Assert.Equal(data, await File.ReadAllBytesAsync(first.Output.TrimEnd(), TestContext.Current.CancellationToken));
        Assert.Equal(3, _blobs.Requests.Count(request => request == "GET /d/big.bin"));
    }

    [Fact]
    public async Task A_folder_is_fetched_by_its_manifest()
    {
        string a = Hash("one"u8),
            b = Hash("two"u8);
        string listing = Hash(Encoding.UTF8.GetBytes($"{a}  a b.csv\n{b}  sub/b.csv\n"));
        _blobs.Put("d/a%20b.csv", "one");
        _blobs.Put("e/b.csv", "two");
        _blobs.Put(
            "d/manifest.json",
            $$"""
            {"kind":"folder","sha256":"{{listing}}","bytes":6,
             "files":[{"name":"a b.csv","sha256":"{{a}}","bytes":3},
                       {"name":"sub/b.csv","sha256":"{{b}}","bytes":3}]}
            """
        );
        Put(
            $$$"""
            {"params":{},"data":{"all":{"uri":"{{{_blobs.UrlOf("d")}}}","sha256":"{{{listing}}}","kind":"folder",
             "manifest":"{{{_blobs.UrlOf("d/manifest.json")}}}","files":{"sub/b.csv":"{{{_blobs.UrlOf(
                "e/b.csv"
            )}}}"} } } }
            """
        );
        ProgramEnd end = await RunAsync(
            """
            trial = functiontune.open_trial()
            import os
            print(sorted(os.listdir(trial.data_path("all"))), [open(path).read() for path in trial.data_paths("all")])
            """
        );

        Assert.Equal(new ProgramEnd(0, "['a b.csv', 'sub'] ['one', 'two']\n", ""), end);
    }

    [Fact]
    public async Task Other_bytes_than_the_study_named_are_refused_and_not_kept()
    {
        _blobs.Put("d/x.csv", "one");
        Put(
            $$"""{"params":{},"data":{"train":{"uri":"{{_blobs.UrlOf("d/x.csv")}}","sha256":"{{Hash("two"u8)}}"} } }"""
        );
        ProgramEnd end = await RunAsync("functiontune.open_trial().data_path('train')");

        Assert.Contains(
            $"must have sha256 {Hash("two"u8)}, but has {Hash("one"u8)}",
            end.Error,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.GetFileSystemEntries(_folder["cache"]));
    }

    [Fact]
    public async Task Messages_show_no_signature()
    {
        ProgramEnd missing = await RunAsync("functiontune.open_trial()");
        ProgramEnd refused = await RunAsync("functiontune.open_trial()", $"{_blobs.Root}c/trial.json?sig=forged");
        ProgramEnd insecure = await RunAsync("functiontune.open_trial()", "http://example.org/trial.json?sig=secret");

        Assert.Contains($"there is none at {_blobs.Root}c/trial.json.", missing.Error, StringComparison.Ordinal);
        Assert.Contains("HTTP 403 AuthenticationFailed", refused.Error, StringComparison.Ordinal);
        Assert.Contains("must be reached by https", insecure.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", missing.Error + refused.Error + insecure.Error, StringComparison.Ordinal);
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private void Put(string trial) => _blobs.Put("c/trial.json", trial);

    private Task<ProgramEnd> RunAsync(string program, string? place = null) =>
        PythonProgram.RunAsync(
            _folder.Path,
            program,
            ["--functiontune-trial", place ?? _blobs.UrlOf("c/trial.json")],
            []
        );
}

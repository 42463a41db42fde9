using System.Security.Cryptography;
using FunctionTune.Testing;
using FunctionTune.Testing.Processes;

namespace FunctionTune.TrialClient.Tests.Python;

/// <summary>Volumes, and the cache of a machine.</summary>
public sealed class PythonPlacesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/Volumes/main/ft/p")]
    [InlineData("dbfs:/Volumes/main/ft/p")]
    public async Task A_volume_is_a_folder_wherever_it_is_mounted(string area)
    {
        byte[] data = RandomNumberGenerator.GetBytes(100);
        string hash = Convert.ToHexStringLower(SHA256.HashData(data));
        _folder.Write($"volumes/main/ft/p/d/{hash}/x.bin", "");
        await File.WriteAllBytesAsync(
            _folder[$"volumes/main/ft/p/d/{hash}/x.bin"],
            data,
            TestContext.Current.CancellationToken
        );
        _folder.Write(
            "volumes/main/ft/p/1/trial.json",
            $$"""
            {"params":{"x":3},"result":"result.json","progress":"progress.jsonl",
             "data":{"train":{"uri":"{{area}}/d/{{hash}}/x.bin","sha256":"{{hash}}"} } }
            """
        );
        ProgramEnd end = await RunAsync(
            """
            trial = functiontune.open_trial()
            trial.report(0, 1)
            trial._reports.send()
            trial.report(1, 2)
            print(trial.data_path("train"), trial.data_uris("train"))
            trial.succeed(trial.params["x"])
            """,
            area + "/1/trial.json"
        );

        Assert.Equal(
            $"{_folder[$"cache/{hash}/files/x.bin"]} ['file://{_folder[$"volumes/main/ft/p/d/{hash}/x.bin"]}']\n",
            end.Output
        );
        string[] left = [.. Directory.GetFiles(_folder["volumes/main/ft/p/1"]).Select(file => Path.GetFileName(file))];
        Assert.Equal(["progress.jsonl", "result.json", "trial.json"], left.Order(StringComparer.Ordinal));
        string progress = _folder["volumes/main/ft/p/1/progress.jsonl"];
        Assert.Equal(2, (await File.ReadAllLinesAsync(progress, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Many_processes_that_want_the_same_data_at_once_fetch_it_once()
    {
        ProgramEnd end = await FetchManyAsync("""pool.map(fetch, range(16), chunksize=1)""");

        Assert.Equal(0, end.ExitCode);
        Assert.Equal(["fetched 1 time", "16 whole"], end.Output.TrimEnd().Split('\n'));
        Assert.Single(Directory.GetFileSystemEntries(_folder["cache"]));
    }

    [Fact]
    public async Task A_lock_and_a_half_file_of_a_killed_process_are_cleared_away()
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(new byte[1 << 20]));
        File.SetLastWriteTimeUtc(_folder.Write($"cache/{hash}.lock", ""), DateTime.UnixEpoch);
        _folder.Write($"cache/{hash}.old.partial/files/x.bin", "half");
        ProgramEnd end = await FetchManyAsync("""pool.map(fetch, range(16), chunksize=1)""");

        Assert.Equal("16 whole", end.Output.TrimEnd().Split('\n')[^1]);
        Assert.Equal([_folder[$"cache/{hash}"]], Directory.GetFileSystemEntries(_folder["cache"]));
    }

    [Fact]
    public async Task A_cached_file_that_lost_its_end_is_fetched_again()
    {
        await FetchManyAsync("[fetch(0)]");
        string file = Directory.GetFiles(_folder["cache"], "x.bin", SearchOption.AllDirectories).Single();
        File.SetAttributes(file, FileAttributes.Normal);
        await File.WriteAllTextAsync(file, "short", TestContext.Current.CancellationToken);
        ProgramEnd end = await FetchManyAsync("[fetch(0)]");

        Assert.Equal("1 whole", end.Output.TrimEnd().Split('\n')[^1]);
    }

    /// <summary>Opens 1 MiB of a volume in processes of a pool, and counts how often it was copied and came whole.</summary>
    private Task<ProgramEnd> FetchManyAsync(string fetches)
    {
        _folder.Write("volumes/d/x.bin", new string('\0', 1 << 20));
        string hash = Convert.ToHexStringLower(SHA256.HashData(new byte[1 << 20]));
        _folder.Write(
            "trial.json",
            $$"""{"params":{},"data":{"train":{"uri":"/Volumes/d/x.bin","sha256":"{{hash}}"} } }"""
        );
        return RunAsync(
            $$"""
            import multiprocessing, os, shutil, time
            copy = shutil.copyfile

            def slow_copy(source, target):
                with open("fetched", "a") as log:
                    log.write("x")
                time.sleep(0.2)
                copy(source, target)

            def fetch(_):
                shutil.copyfile = slow_copy
                return os.path.getsize(functiontune.open_trial("trial.json").data_path("train"))

            if __name__ == "__main__":
                with multiprocessing.Pool(8) as pool:
                    sizes = {{fetches}}
                times = os.path.getsize("fetched")
                print("fetched", times, "time" if times == 1 else "times")
                print(sizes.count(1 << 20), "whole")
            """,
            "trial.json"
        );
    }

    private Task<ProgramEnd> RunAsync(string program, string trial) =>
        PythonProgram.RunAsync(
            _folder.Path,
            program,
            ["--functiontune-trial", trial],
            new() { ["FUNCTIONTUNE_VOLUMES"] = _folder["volumes"] }
        );
}

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Azure.Core;
using FunctionTune.Remote;
using FunctionTune.Remote.Blobs;
using FunctionTune.Staging;

namespace FunctionTune.Benchmarks;

/// <summary>A large file on its way to blob storage.</summary>
internal sealed class StagingBenchmark : IBenchmark
{
    private const string StatusFile = "/proc/self/status";

    public string Name => "staging";

    public string About =>
        "a file to blob storage, then again: --gigabytes N (5), --to URI of a container (an Azurite on this disk)";

    public async Task RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        double gigabytes = double.Parse(Option(arguments, "--gigabytes") ?? "5", CultureInfo.InvariantCulture);
        string folder = Directory.CreateTempSubdirectory("functiontune-bench-").FullName;
        try
        {
            var azurite = new AzuriteOnDisk(folder);
            await using (azurite.ConfigureAwait(false))
            {
                string to =
                    Option(arguments, "--to")
                    ?? (await azurite.NewContainerAsync(cancellationToken).ConfigureAwait(false)).AbsoluteUri;
                string path = Path.Join(folder, "data.bin");
                await MeasureAsync(path, (long)(gigabytes * 1e9), to, output, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(
        string path,
        long bytes,
        string to,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        await output
            .WriteLineAsync(
                "| step | seconds | MB/s | requests | MB sent | peak memory, MB |\n| --- | ---: | ---: | ---: | ---: | ---: |"
            )
            .ConfigureAwait(false);
        await PrintAsync(output, "nothing yet", 0, 0, new RequestCount()).ConfigureAwait(false);
        var clock = Stopwatch.StartNew();
        SourceFile file = await LookAsync(path, bytes, cancellationToken).ConfigureAwait(false);
        await PrintAsync(output, "SHA-256 of the file", clock.Elapsed.TotalSeconds, bytes, new RequestCount())
            .ConfigureAwait(false);
        foreach (string step in new[] { "staged", "staged again" })
        {
            var count = new RequestCount();
            var folder = BlobFolder.Open(
                BlobPlace.Parse(to, "--to"),
                Environment.GetEnvironmentVariable,
                AzureLogin.Credential,
                options => options.AddPolicy(count, HttpPipelinePosition.PerRetry)
            );
            clock.Restart();
            await new DatasetStore(new BlobStagingArea(folder))
                .PutAsync(DatasetKind.File, [file], null, cancellationToken)
                .ConfigureAwait(false);
            await PrintAsync(output, step, clock.Elapsed.TotalSeconds, count.Bytes, count).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a file without bytes on the disk, and looks at it.</summary>
    private static async Task<SourceFile> LookAsync(string path, long bytes, CancellationToken cancellationToken)
    {
        FileStream file = File.Create(path);
        await using (file.ConfigureAwait(false))
        {
            file.SetLength(bytes);
            byte[] hash = await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false);
            return new SourceFile("data.bin", path, bytes, Convert.ToHexStringLower(hash));
        }
    }

    private static Task PrintAsync(TextWriter output, string step, double seconds, long bytes, RequestCount count)
    {
        string speed = bytes > 0 ? (bytes / 1e6 / seconds).ToString("F0", CultureInfo.InvariantCulture) : "";
        string row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {step} | {seconds:F2} | {speed} | {count.Requests} | {count.Bytes / 1e6:F0} | {PeakMemory()} |"
        );
        return output.WriteLineAsync(row);
    }

    /// <summary>The most memory that this process has had at once, in MB; empty where the system does not tell.</summary>
    private static string PeakMemory() =>
        File.Exists(StatusFile)
            ? File.ReadLines(StatusFile)
                .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Select(line =>
                    long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture)
                )
                .Select(kilobytes => (kilobytes / 1000).ToString(CultureInfo.InvariantCulture))
                .FirstOrDefault("")
            : "";

    private static string? Option(string[] arguments, string name)
    {
        int at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }
}

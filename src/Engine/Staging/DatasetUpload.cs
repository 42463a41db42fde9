using System.Collections.Concurrent;

namespace FunctionTune.Staging;

/// <summary>
/// Uploads the files of a dataset: large ones one after the other, since the area sends each in parts at once; small ones several at
/// once, since each costs little but the waiting for an answer.
/// </summary>
/// <param name="area">Where to.</param>
/// <param name="path">The path of a file in the area.</param>
/// <param name="sent">Told the bytes of all files that have arrived so far.</param>
internal sealed class DatasetUpload(IStagingArea area, Func<SourceFile, string> path, IProgress<long>? sent)
{
    private const long Small = 4 << 20;
    private const int AtOnce = 8;

    private readonly Lock _lock = new();
    private long _arrived;

    /// <summary>Uploads the files; the first failure ends it.</summary>
    public async Task RunAsync(IReadOnlyCollection<SourceFile> files, CancellationToken cancellationToken)
    {
        foreach (SourceFile file in files.Where(file => file.Bytes > Small))
        {
            await UploadAsync(file, cancellationToken).ConfigureAwait(false);
        }

        var small = new ConcurrentQueue<SourceFile>(files.Where(file => file.Bytes <= Small));
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, small.Count)).Select(_ => DrainAsync(small, failure)))
            .ConfigureAwait(false);
    }

    private async Task DrainAsync(ConcurrentQueue<SourceFile> files, CancellationTokenSource failure)
    {
        try
        {
            while (files.TryDequeue(out SourceFile? file))
            {
                await UploadAsync(file, failure.Token).ConfigureAwait(false);
            }
        }
        catch
        {
            await failure.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private Task UploadAsync(SourceFile file, CancellationToken cancellationToken) =>
        area.UploadAsync(path(file), file, sent is null ? null : new Share(this), cancellationToken);

    private void Arrived(long more)
    {
        lock (_lock)
        {
            _arrived += more;
            sent!.Report(_arrived);
        }
    }

    /// <summary>What one file adds to the whole.</summary>
    private sealed class Share(DatasetUpload whole) : IProgress<long>
    {
        private long _before;

        public void Report(long value) => whole.Arrived(value - Interlocked.Exchange(ref _before, value));
    }
}

using System.Runtime.CompilerServices;

namespace FunctionTune.Remote.Livy;

/// <summary>
/// Finds batches by few calls: the list tells of many at once. It is read from its end, where the youngest stand; batches that
/// ended stay in it for some minutes.
/// </summary>
/// <param name="client">The server.</param>
internal sealed class LivyBatches(LivyClient client)
{
    /// <summary>How many batches a page holds.</summary>
    private const int PageSize = 100;

    /// <summary>Up to so many batches are asked for one by one.</summary>
    private const int Few = 2;

    private volatile int _total;

    /// <summary>The batches of some handles by their names; those that the server does not know are left out.</summary>
    public async Task<IReadOnlyDictionary<string, LivyBatch>> LookAsync(
        IReadOnlyCollection<LivyHandle> handles,
        CancellationToken cancellationToken
    )
    {
        var missing = handles
            .DistinctBy(handle => handle.Name, StringComparer.Ordinal)
            .ToDictionary(handle => handle.Name, StringComparer.Ordinal);
        var found = new Dictionary<string, LivyBatch>(StringComparer.Ordinal);
        if (missing.Count > Few)
        {
            // More pages than batches would cost more than to ask for each: others have many batches on the server.
            int pages = missing.Count;
            await foreach (LivyPage page in PagesAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (LivyBatch batch in page.Batches.Where(batch => missing.Remove(batch.Name)))
                {
                    found[batch.Name] = batch;
                }

                if (missing.Count == 0 || --pages == 0)
                {
                    break;
                }
            }
        }

        // The list moves while it is read: only the server's own word that a batch is gone counts.
        foreach (LivyHandle handle in missing.Values)
        {
            LivyBatch? batch = await client.FindAsync(handle.Id, cancellationToken).ConfigureAwait(false);
            if (batch is not null && string.Equals(batch.Name, handle.Name, StringComparison.Ordinal))
            {
                found[batch.Name] = batch;
            }
        }

        return found;
    }

    /// <summary>The batch of a name; null when there is none.</summary>
    public async Task<LivyBatch?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await foreach (LivyPage page in PagesAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (LivyBatch batch in page.Batches)
            {
                if (string.Equals(batch.Name, name, StringComparison.Ordinal))
                {
                    return batch;
                }
            }
        }

        return null;
    }

    /// <summary>The whole list in pages, the youngest batches first.</summary>
    public async IAsyncEnumerable<LivyPage> PagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int first = Math.Max(0, _total - PageSize);
        int next = first;
        do
        {
            LivyPage page = await client.ListAsync(next, PageSize, cancellationToken).ConfigureAwait(false);
            _total = page.Total;
            next += PageSize;
            yield return page;
        } while (next < _total);

        for (int from = first - PageSize; from > -PageSize; from -= PageSize)
        {
            // The list only ever loses batches before others: read backwards, none is passed over.
            int size = from < 0 ? PageSize + from : PageSize;
            yield return await client.ListAsync(Math.Max(0, from), size, cancellationToken).ConfigureAwait(false);
        }
    }
}

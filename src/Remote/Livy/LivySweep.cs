using FunctionTune.Remote.Batching;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Livy;

/// <summary>Ends the batches of a study that go on though the study is over.</summary>
/// <param name="client">The server.</param>
/// <param name="batches">Tells whose batches of several trials are.</param>
/// <param name="createdAt">When the study was created.</param>
internal sealed class LivySweep(LivyClient client, BatchFiles batches, DateTimeOffset createdAt)
{
    /// <summary>Ends them; the server answers when a batch has ended.</summary>
    public async Task RunAsync(StudyId study, CancellationToken cancellationToken)
    {
        var left = new List<int>();
        await foreach (LivyPage page in new LivyBatches(client).PagesAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (LivyBatch batch in page.Batches.Where(batch => !batch.HasEnded))
            {
                if (await IsOursAsync(batch, study, cancellationToken).ConfigureAwait(false))
                {
                    left.Add(batch.Id);
                }
            }
        }

        foreach (int id in left.Distinct())
        {
            await client.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsOursAsync(LivyBatch batch, StudyId study, CancellationToken cancellationToken) =>
        LivyNames.Read(batch.Name, study, createdAt) is { } owned
        && (
            owned.Batch is not { } token
            || await batches.ExistsAsync(study, token, cancellationToken).ConfigureAwait(false)
        );
}

using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Service;

/// <summary>
/// Requests for studies, and refusals of them, as files beside the studies' logs: <c>studies/&lt;id&gt;/request.json</c>,
/// <c>refusal.json</c> and <c>cancel.json</c>. Each is written once.
/// </summary>
/// <param name="area">The folder or container in which the studies are kept.</param>
public sealed class StudyRequests(IStagingArea area)
{
    /// <summary>The largest request that is read, in bytes.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    /// <summary>Keeps a request.</summary>
    /// <param name="id">The study that it is to become.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether it is kept; false when there was another of that id.</returns>
    public Task<bool> CreateAsync(StudyId id, StudyRequest request, CancellationToken cancellationToken) =>
        area.CreateAsync(
            PathOf(id, "request"),
            JsonSerializer.SerializeToUtf8Bytes(request, StudyJson.Options),
            cancellationToken
        );

    /// <summary>A request; null when there is none.</summary>
    /// <param name="id">The study.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FunctionTuneException">What lies there is no request.</exception>
    public async Task<StudyRequest?> ReadAsync(StudyId id, CancellationToken cancellationToken) =>
        await ReadAsync<StudyRequest>(PathOf(id, "request"), cancellationToken).ConfigureAwait(false);

    /// <summary>Writes down why a request did not become a study.</summary>
    /// <param name="id">The study.</param>
    /// <param name="problems">What is wrong with it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task RefuseAsync(StudyId id, ImmutableArray<Problem> problems, CancellationToken cancellationToken) =>
        area.CreateAsync(
            PathOf(id, "refusal"),
            JsonSerializer.SerializeToUtf8Bytes(problems, StudyJson.Options),
            cancellationToken
        );

    /// <summary>Why a request did not become a study; null when it was not refused.</summary>
    /// <param name="id">The study.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ImmutableArray<Problem>?> RefusalAsync(StudyId id, CancellationToken cancellationToken) =>
        await ReadAsync<Problem[]>(PathOf(id, "refusal"), cancellationToken).ConfigureAwait(false) is { } problems
            ? [.. problems]
            : null;

    /// <summary>
    /// Writes down that a study is to be cancelled that has no log yet. Whoever creates it looks for this afterwards, so that the
    /// wish is not lost however the two meet.
    /// </summary>
    /// <param name="id">The study.</param>
    /// <param name="at">When that was asked, UTC.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task CancelAsync(StudyId id, DateTimeOffset at, CancellationToken cancellationToken) =>
        area.CreateAsync(
            PathOf(id, "cancel"),
            JsonSerializer.SerializeToUtf8Bytes(new StudyEvent.CancelRequested(at), StudyJson.Options),
            cancellationToken
        );

    /// <summary>The wish to cancel a study that came before its log; null when there is none.</summary>
    /// <param name="id">The study.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<StudyEvent.CancelRequested?> CancellationAsync(StudyId id, CancellationToken cancellationToken) =>
        ReadAsync<StudyEvent.CancelRequested>(PathOf(id, "cancel"), cancellationToken);

    private static string PathOf(StudyId id, string name) => $"studies/{id}/{name}.json";

    private async Task<T?> ReadAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        if (await area.ReadAsync(path, 0, MostBytes, cancellationToken).ConfigureAwait(false) is not { } content)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(content.Span, StudyJson.Options);
        }
        catch (JsonException e)
        {
            throw new FunctionTuneException($"{area.AddressOf(path)} cannot be read: {e.Message}");
        }
    }
}

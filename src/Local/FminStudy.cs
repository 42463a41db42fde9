using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Runs the study of a call of <see cref="Fmin"/>: in memory, or in a folder where it may have begun before.</summary>
internal static class FminStudy
{
    public static async Task<StudyRecord> RunAsync(
        StudySpec spec,
        FminOptions options,
        StudyRunOptions run,
        CancellationToken cancellationToken
    )
    {
        StudyId id = options.Id is { } given ? new StudyId(given) : StudyId.FromText(spec.Name);
        if (options.Store is null)
        {
            var store = new MemoryStudyStore();
            StudyEvent created = new StudyEvent.Created(TimeProvider.System.GetUtcNow(), StudyJson.Format, id, spec);
            await store.AppendAsync(id, 0, [created], cancellationToken).ConfigureAwait(false);
            StudyRecord record = StudyRecord.From([created]);
            await new StudySession(store, TimeProvider.System, inbox: null)
                .RunAsync(record, run, cancellationToken)
                .ConfigureAwait(false);
            return record;
        }

        using var studies = new LocalStudies(options.Store);
        if (await studies.ReadAsync(id, cancellationToken).ConfigureAwait(false) is not { } known)
        {
            await studies.CreateAsync(id, spec, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            StudySpec wanted = options.Seed is null ? spec with { Seed = known.Spec.Seed } : spec;
            ImmutableArray<string> differences = StudyDifference.Keys(wanted, known.Spec);
            if (!differences.IsEmpty)
            {
                throw new FunctionTuneException(
                    $"Study '{id}' in {studies.Folder} was begun with another {string.Join(", ", differences)}.",
                    "A study goes on as it was begun, but for its limits: give this one an id of its own."
                );
            }

            if (StudyDifference.Limits(spec.Limits, known.State.Limits) is { } change)
            {
                await studies.ChangeLimitsAsync(id, change, cancellationToken).ConfigureAwait(false);
            }
        }

        return await studies.RunAsync(id, run, cancellationToken).ConfigureAwait(false);
    }
}

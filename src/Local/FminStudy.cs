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
        StudyRecord? known = await studies.ReadAsync(id, cancellationToken).ConfigureAwait(false);
        if (known is null && !await TryCreateAsync(studies, id, spec, cancellationToken).ConfigureAwait(false))
        {
            known = await studies.ReadAsync(id, cancellationToken).ConfigureAwait(false);
        }

        if (known is not null)
        {
            await GoOnAsync(studies, known, spec, options, cancellationToken).ConfigureAwait(false);
        }

        return await studies.RunAsync(id, run, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the study is a new one; it is not when somebody else made one of that id in the meantime.</summary>
    private static async Task<bool> TryCreateAsync(
        LocalStudies studies,
        StudyId id,
        StudySpec spec,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await studies.CreateAsync(id, spec, creation: null, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StudyVersionException)
        {
            return false;
        }
    }

    private static async Task GoOnAsync(
        LocalStudies studies,
        StudyRecord known,
        StudySpec spec,
        FminOptions options,
        CancellationToken cancellationToken
    )
    {
        StudySpec wanted = options.Seed is null ? spec with { Seed = known.Spec.Seed } : spec;
        ImmutableArray<string> differences = StudyDifference.Keys(wanted, known.Spec);
        if (!differences.IsEmpty)
        {
            throw new FunctionTuneException(
                $"Study '{known.Id}' in {studies.Folder} was begun with another {string.Join(", ", differences)}.",
                "A study goes on as it was begun, but for its limits: give this one an id of its own."
            );
        }

        if (StudyDifference.Limits(spec.Limits, known.State.Limits) is { } change)
        {
            await studies.ChangeLimitsAsync(known.Id, change, cancellationToken).ConfigureAwait(false);
        }
    }
}

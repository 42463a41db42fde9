using System.Collections.Immutable;
using System.Globalization;
using FunctionTune.Local;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Running;

/// <summary>Which study a study file means: one that is there already, or a new one.</summary>
/// <param name="studies">The studies that are there.</param>
/// <param name="creation">Who is told while a new one is created.</param>
internal sealed class StudyChoice(LocalStudies studies, StudyCreation? creation = null)
{
    private const int LongestId = 63;

    /// <summary>The study of a given id: the one that is there, with its limits made those of the file, or a new one.</summary>
    /// <exception cref="InvalidInputException">The id is none, or its study does something else.</exception>
    public async Task<StudyRecord> OfAsync(string id, StudySpec spec, CancellationToken cancellationToken)
    {
        if (!StudyId.IsValid(id))
        {
            string hint = $"Take for example '{StudyId.FromText(id)}'.";
            throw Refused(
                "an id must be 1 to 63 of a-z, 0-9 and '-', beginning with a letter or digit",
                $"'{id}'",
                hint
            );
        }

        var study = new StudyId(id);
        if (await studies.ReadAsync(study, cancellationToken).ConfigureAwait(false) is not { } record)
        {
            return await TryCreateAsync(study, spec, cancellationToken).ConfigureAwait(false)
                ?? await OfAsync(id, spec, cancellationToken).ConfigureAwait(false);
        }

        ImmutableArray<string> differences = StudyDifference.Keys(DataPlaces.Of(spec), DataPlaces.Of(record.Spec));
        return differences.IsEmpty
            ? await AdjustAsync(record, StudyDifference.Limits(spec.Limits, record.State.Limits), cancellationToken)
                .ConfigureAwait(false)
            : throw Refused(
                "a study goes on as it was begun, but for its limits",
                $"'{id}', whose {string.Join(", ", differences)} {(differences.Length == 1 ? "differs" : "differ")} from the file's",
                "Give another --id for a new study, or restore the file."
            );
    }

    /// <summary>
    /// The study named by the file: an unfinished one that does the same goes on; otherwise a new one, numbered when the
    /// name is taken.
    /// </summary>
    public async Task<StudyRecord> NamedAsync(StudySpec spec, CancellationToken cancellationToken)
    {
        string name = StudyId.FromText(spec.Name).ToString();
        for (int number = 1; ; number++)
        {
            string ending = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");
            var id = new StudyId(name[..Math.Min(name.Length, LongestId - ending.Length)] + ending);
            StudyRecord? record = await studies.ReadAsync(id, cancellationToken).ConfigureAwait(false);
            if (record is null)
            {
                if (await TryCreateAsync(id, spec, cancellationToken).ConfigureAwait(false) is { } created)
                {
                    return created;
                }

                record = await studies.ReadAsync(id, cancellationToken).ConfigureAwait(false);
            }

            if (!record!.State.IsOver && StudyDifference.Keys(DataPlaces.Of(spec), DataPlaces.Of(record.Spec)).IsEmpty)
            {
                return await AdjustAsync(
                        record,
                        StudyDifference.Limits(spec.Limits, record.State.Limits),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
        }
    }

    /// <summary>Changes the limits of a study.</summary>
    /// <returns>Its record afterwards.</returns>
    public async Task<StudyRecord> AdjustAsync(
        StudyRecord study,
        LimitsChange? change,
        CancellationToken cancellationToken
    )
    {
        if (change is null)
        {
            return study;
        }

        await studies.ChangeLimitsAsync(study.Id, change, cancellationToken).ConfigureAwait(false);
        return await studies.ReadAsync(study.Id, cancellationToken).ConfigureAwait(false) ?? study;
    }

    /// <summary>The new study; null when another process made one of that id in the meantime.</summary>
    private async Task<StudyRecord?> TryCreateAsync(StudyId id, StudySpec spec, CancellationToken cancellationToken)
    {
        try
        {
            return await studies.CreateAsync(id, spec, creation, cancellationToken).ConfigureAwait(false);
        }
        catch (StudyVersionException)
        {
            return null;
        }
    }

    private static InvalidInputException Refused(string rule, string value, string hint) =>
        new([new Problem("--id", rule, value, hint)]);
}

using System.CommandLine;
using FunctionTune.Hosting;
using FunctionTune.Json;
using FunctionTune.Local;
using FunctionTune.Service.Views;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Commands;

/// <summary>The studies in the folder that the command line names.</summary>
internal sealed class Shelf : IDisposable
{
    private readonly TimeProvider _time = TimeProvider.System;

    public Shelf(ParseResult parsed, Suggesters? suggesters = null)
    {
        Store = parsed.GetValue(SharedOptions.Store)!;
        Studies = new LocalStudies(Store, _time, Composition.Platforms(), suggesters);
    }

    /// <summary>The folder as it was typed.</summary>
    public string Store { get; }

    /// <summary>The studies in it.</summary>
    public LocalStudies Studies { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time => _time;

    /// <summary>The study that <see cref="SharedOptions.Id"/> names.</summary>
    /// <exception cref="InvalidInputException">There is none; the nearest id is suggested.</exception>
    public async Task<StudyRecord> RequiredAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string id = parsed.GetRequiredValue(SharedOptions.Id);
        StudyRecord? study = StudyId.IsValid(id)
            ? await Studies.ReadAsync(new StudyId(id), cancellationToken).ConfigureAwait(false)
            : null;
        return study ?? throw await UnknownAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A study as it is shown now.</summary>
    public StudyView View(StudyRecord study) =>
        new(study, FolderOf(study.Id), Studies.HolderOf(study.Id) is not null, _time.GetUtcNow());

    public void Dispose() => Studies.Dispose();

    private string FolderOf(StudyId id) => Path.Combine(Store, "studies", id.ToString());

    private async Task<InvalidInputException> UnknownAsync(string id, CancellationToken cancellationToken)
    {
        string[] known =
        [
            .. (await Studies.ListAsync(cancellationToken).ConfigureAwait(false)).Select(study => study.ToString()),
        ];
        string otherwise = known.Length switch
        {
            0 => $"There is no study in '{Store}'; give another folder with --store.",
            <= 5 => $"There are: {string.Join(", ", known)}.",
            _ => "See: functiontune list",
        };
        return new([new Problem("ID", "the study must exist", $"'{id}'", Spelling.Suggest(id, known, otherwise))]);
    }
}

using System.Globalization;
using FunctionTune.Studies;

namespace FunctionTune.Local.Stores;

/// <summary>Where the bytes of a study lie in a store's folder.</summary>
/// <param name="store">The store's folder.</param>
/// <param name="id">The study.</param>
internal sealed class StudyFolder(string store, StudyId id)
{
    public string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Join(StudiesOf(store), id.ToString()));

    public string Log => System.IO.Path.Join(Path, "log");

    /// <summary>Held while events are appended; the log itself is never locked, so that it can be read meanwhile.</summary>
    public string LogLock => System.IO.Path.Join(Path, "log.lock");

    /// <summary>Held as long as a process runs the study.</summary>
    public string WriterLock => System.IO.Path.Join(Path, "writer.lock");

    /// <summary>Says who holds <see cref="WriterLock"/>.</summary>
    public string Writer => System.IO.Path.Join(Path, "writer.json");

    public string Control => System.IO.Path.Join(Path, "control");

    public static string StudiesOf(string store) => System.IO.Path.Join(store, "studies");

    public string Segment(int number) =>
        System.IO.Path.Join(Log, number.ToString("D6", CultureInfo.InvariantCulture) + ".jsonl");

    public string Attempt(int trial, int attempt) =>
        System.IO.Path.Join(
            Path,
            "trials",
            trial.ToString(CultureInfo.InvariantCulture),
            attempt.ToString(CultureInfo.InvariantCulture)
        );
}

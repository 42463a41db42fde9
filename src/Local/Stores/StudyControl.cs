using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Local.Stores;

/// <summary>
/// The inbox of a study, a file a message in <c>studies/&lt;id&gt;/control</c>: any process may send, the one that runs the
/// study reads, writes the events to the log, and then removes the messages.
/// </summary>
public static class StudyControl
{
    /// <summary>Sends a wish.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="id">The study.</param>
    /// <param name="fact">The wish: cancel, pause, resume or changed limits.</param>
    /// <exception cref="ArgumentException">The event is no wish of a user.</exception>
    /// <exception cref="FunctionTuneException">There is no such study, or its folder cannot be written.</exception>
    /// <returns>The message as it lies in the inbox.</returns>
    public static ControlMessage Send(string folder, StudyId id, StudyEvent fact)
    {
        if (!IsControl(fact))
        {
            throw new ArgumentException($"Only a user's wishes are sent, but got {fact.GetType().Name}.", nameof(fact));
        }

        var study = new StudyFolder(folder, id);
        if (!Directory.Exists(study.Log))
        {
            throw new FunctionTuneException(
                $"There is no study '{id}' in '{Path.GetFullPath(folder)}'.",
                "Check the id and the store's folder."
            );
        }

        string time = fact.At.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        string path = Path.Join(study.Control, $"{time}-{Guid.NewGuid().ToString("N")[..8]}.json");
        try
        {
            Directory.CreateDirectory(study.Control);
            WholeFile.Write(path, StudyJson.Write(fact));
            return new ControlMessage(Path.GetFileName(path), fact);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.Of($"Study '{id}' could not be told", path, fault);
        }
    }

    /// <summary>The messages that wait, oldest first. A file that is no message is set aside as <c>*.refused</c>.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="id">The study.</param>
    public static ImmutableArray<ControlMessage> ReadAll(string folder, StudyId id) =>
        [.. Waiting(folder, id).Select(Read).OfType<ControlMessage>()];

    /// <summary>Removes a message whose event is in the log. A message that is gone already stays gone.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="id">The study.</param>
    /// <param name="message">The message.</param>
    public static void Remove(string folder, StudyId id, ControlMessage message) =>
        File.Delete(Path.Join(new StudyFolder(folder, id).Control, message.Name));

    /// <summary>Watches for messages.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="id">The study.</param>
    /// <param name="clock">Measures the time between looks; the system's clock when null.</param>
    public static ControlWatch Watch(string folder, StudyId id, TimeProvider? clock = null) =>
        new(new StudyFolder(folder, id).Control, clock ?? TimeProvider.System);

    internal static string[] WaitingIn(string control)
    {
        try
        {
            string[] files = Directory.GetFiles(control, "*.json");
            Array.Sort(files, StringComparer.Ordinal);
            return files;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static string[] Waiting(string folder, StudyId id) => WaitingIn(new StudyFolder(folder, id).Control);

    private static ControlMessage? Read(string path)
    {
        try
        {
            StudyEvent fact = StudyJson.Read(File.ReadAllBytes(path));
            if (IsControl(fact))
            {
                return new ControlMessage(Path.GetFileName(path), fact);
            }
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or FunctionTuneException)
        {
            // Set aside below.
        }

        File.Move(path, path + ".refused", overwrite: true);
        return null;
    }

    private static bool IsControl(StudyEvent fact) =>
        fact is StudyEvent.CancelRequested or StudyEvent.Paused or StudyEvent.Resumed or StudyEvent.LimitsChanged;
}

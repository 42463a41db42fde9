using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Local.Stores;

/// <summary>
/// The right to run a study: one process has it at a time, and loses it with its end, whatever the end. Dispose to give it up.
/// </summary>
public sealed class StudyLease : IDisposable
{
    private readonly FileStream _lock;
    private readonly StudyFolder _folder;

    private StudyLease(FileStream held, StudyFolder folder)
    {
        _lock = held;
        _folder = folder;
    }

    /// <summary>Takes the right to run a study.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="id">The study; it need not exist yet.</param>
    /// <param name="clock">Tells the holder's since; the system's clock when null.</param>
    /// <exception cref="StudyBusyException">Another process, or another part of this one, has it.</exception>
    /// <exception cref="FunctionTuneException">The folder cannot be written.</exception>
    public static StudyLease Acquire(string folder, StudyId id, TimeProvider? clock = null)
    {
        var study = new StudyFolder(folder, id);
        try
        {
            Directory.CreateDirectory(study.Path);
            FileStream held = OpenPatiently(study) ?? throw new StudyBusyException(id, HolderIn(study));
            var lease = new StudyLease(held, study);
            lease.Sign((clock ?? TimeProvider.System).GetUtcNow());
            return lease;
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.Of($"Study '{id}' could not be taken up", study.Path, fault);
        }
    }

    /// <summary>Who runs a study.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="id">The study.</param>
    /// <returns>The holder; null when nobody runs it.</returns>
    public static StudyHolder? HolderOf(string folder, StudyId id)
    {
        var study = new StudyFolder(folder, id);
        try
        {
            using FileStream? free = new(study.WriterLock, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return null;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException fault) when (FileFault.IsLocked(fault))
        {
            return HolderIn(study);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.Of($"Who runs study '{id}' could not be read", study.WriterLock, fault);
        }
    }

    /// <summary>Gives the right up.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(_folder.Writer);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            // It only says who: without the lock it means nothing.
        }

        _lock.Dispose();
    }

    /// <summary>A question who holds the lock takes it for a moment, so a single refusal proves nothing.</summary>
    private static FileStream? OpenPatiently(StudyFolder study)
    {
        for (int attempt = 0; attempt < 10; attempt++)
        {
            if (ExclusiveFile.TryOpen(study.WriterLock) is { } held)
            {
                return held;
            }

            Thread.Sleep(10);
        }

        return null;
    }

    private void Sign(DateTimeOffset since)
    {
        try
        {
            var holder = new StudyHolder(Environment.ProcessId, Environment.MachineName, Environment.UserName, since);
            WholeFile.Write(_folder.Writer, JsonSerializer.SerializeToUtf8Bytes(holder, StudyJson.Options));
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    private static StudyHolder HolderIn(StudyFolder study)
    {
        try
        {
            return JsonSerializer.Deserialize<StudyHolder>(File.ReadAllBytes(study.Writer), StudyJson.Options)
                ?? new StudyHolder(0, "", "", default);
        }
        catch (Exception fault) when (fault is JsonException || FileFault.IsOne(fault))
        {
            return new StudyHolder(0, "", "", default);
        }
    }
}

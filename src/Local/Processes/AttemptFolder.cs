using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Local.Stores;
using FunctionTune.Studies;

namespace FunctionTune.Local.Processes;

/// <summary>The files of an attempt: what its program is told, and what it leaves.</summary>
/// <param name="path">The folder, <c>studies/&lt;id&gt;/trials/&lt;n&gt;/&lt;attempt&gt;</c>, as a full path.</param>
internal sealed class AttemptFolder(string path)
{
    public string Trial => Path.Join(path, "trial.json");

    public string Result => Path.Join(path, "result.json");

    public string Progress => Path.Join(path, "progress.jsonl");

    public string Output => Path.Join(path, "output.txt");

    /// <summary>The program's working directory, of its own.</summary>
    public string Work => Path.Join(path, "work");

    /// <summary>Whether the attempt was begun, by this process or an earlier one.</summary>
    public bool IsBegun => File.Exists(Trial);

    public static AttemptFolder Of(string store, StudyId study, int trial, int attempt) =>
        new(new StudyFolder(store, study).Attempt(trial, attempt));

    /// <summary>Writes what the program is told.</summary>
    public void Begin(TrialStart start)
    {
        Directory.CreateDirectory(Work);
        WholeFile.Write(Trial, TrialDocument.Write(start, Result, Progress));
    }

    /// <summary>What the program left as its result file; null when there is none, or an empty one.</summary>
    public TrialOutcome? ReadResult()
    {
        try
        {
            if (!LeftFile.HasContent(Result) && !Directory.Exists(Result))
            {
                return null;
            }

            using var file = new FileStream(
                Result,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            byte[] content = new byte[Math.Min(file.Length, TrialResultReader.MaxBytes + 1)];
            int read = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return read == 0 ? null : TrialResultReader.Read(content.AsSpan(0, read));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            return new TrialOutcome.Failed(
                FailureKind.InvalidResult,
                OutcomeText.Line($"the result file could not be read: {fault.Message}")
            );
        }
    }
}

using System.Text;
using FunctionTune.TrialClient.Json;

namespace FunctionTune.TrialClient;

/// <summary>Where the result goes: whole or not at all, and once.</summary>
internal sealed class ResultFile(string? path)
{
    private int _written;

    public bool IsWritten => Volatile.Read(ref _written) != 0;

    public void Write(IReadOnlyDictionary<string, object?> result)
    {
        string json = JsonWriter.Write(result);
        if (Interlocked.Exchange(ref _written, 1) != 0)
        {
            throw new TrialException(
                "A trial must have one result, but a second was given. Call Succeed or Fail once, at the end."
            );
        }

        if (path is null)
        {
            Console.Out.WriteLine(json);
            return;
        }

        string unfinished = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
        using (FileStream file = File.Create(unfinished))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(json + "\n");
            file.Write(bytes, 0, bytes.Length);
            file.Flush(flushToDisk: true);
        }

        Publish(unfinished, path);
    }

    private static void Publish(string unfinished, string path)
    {
        if (File.Exists(path))
        {
            // A trial tried again by hand; a host gives each attempt a place of its own.
            File.Replace(unfinished, path, destinationBackupFileName: null);
        }
        else
        {
            File.Move(unfinished, path);
        }
    }
}

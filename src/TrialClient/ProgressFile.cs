using System.Runtime.CompilerServices;
using System.Text;
using FunctionTune.TrialClient.Json;

namespace FunctionTune.TrialClient;

/// <summary>Where intermediate values go: a line each, never half a line between two others.</summary>
internal sealed class ProgressFile(string? path)
{
    // Nobody else holds this object, so it may be its own lock; a lock type common to both targets does not exist.
    [MethodImpl(MethodImplOptions.Synchronized)]
    public void Append(long step, IReadOnlyDictionary<string, double> values)
    {
        string line = JsonWriter.Write(
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["step"] = step, ["values"] = values }
        );
        if (path is null)
        {
            Console.Error.WriteLine(line);
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        using var file = new FileStream(
            path,
            FileMode.Append,
            FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete
        );
        file.Write(bytes, 0, bytes.Length);
    }
}

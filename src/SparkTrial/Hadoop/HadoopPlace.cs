using FunctionTune.TrialClient;
using FunctionTune.TrialClient.Places;

namespace FunctionTune.Spark.Hadoop;

/// <summary>A file that the session's Java process reaches. Contents go by way of files of this machine.</summary>
/// <param name="uri">The file.</param>
/// <param name="files">The file systems.</param>
internal sealed class HadoopPlace(string uri, IHadoopFiles files) : Place
{
    private byte[]? _written;

    public override string Shown => uri;

    public override bool Exists() => files.Exists(uri);

    public override byte[]? Read() => files.Exists(uri) ? ByLocalFile(Download) : null;

    public override bool Create(byte[] content)
    {
        if (files.Exists(uri))
        {
            return false;
        }

        string unfinished = $"{uri}.{Guid.NewGuid():N}.tmp";
        Upload(content, unfinished);
        if (files.Rename(unfinished, uri))
        {
            return true;
        }

        files.Delete(unfinished);
        return files.Exists(uri)
            ? false
            : throw new TrialException(
                $"A result must be written, but its store refuses to rename a file to {uri}. Look at the permissions."
            );
    }

    /// <summary>Writes the whole file anew: who reads it meanwhile may find less for a moment, and never something else.</summary>
    public override void Append(byte[] content)
    {
        _written = [.. _written ?? Read() ?? [], .. content];
        Upload(_written, uri);
    }

    public override void Fetch(string path, long? bytes)
    {
        if (!files.Exists(uri))
        {
            throw new TrialException($"Data must be a file, but there is none at {uri}. Look at 'data' in the study.");
        }

        files.CopyToLocal(uri, path);
    }

    private byte[] Download(string path)
    {
        files.CopyToLocal(uri, path);
        return File.ReadAllBytes(path);
    }

    private void Upload(byte[] content, string target) =>
        ByLocalFile(path =>
        {
            File.WriteAllBytes(path, content);
            files.CopyFromLocal(path, target);
            return content;
        });

    private static byte[] ByLocalFile(Func<string, byte[]> use)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("functiontune-");
        try
        {
            return use(Path.Combine(folder.FullName, "file"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

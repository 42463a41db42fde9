using FunctionTune.Spark.Hadoop;
using FunctionTune.Testing;

namespace FunctionTune.Spark.Tests;

/// <summary>A Hadoop file system in a folder, which refuses to rename over another file as abfss does.</summary>
internal sealed class FolderFiles : IHadoopFiles, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public bool Exists(string uri) => File.Exists(PathOf(uri));

    public void CopyToLocal(string uri, string path) => File.Copy(PathOf(uri), path);

    public void CopyFromLocal(string path, string uri) => File.Copy(path, PathOf(uri), overwrite: true);

    public bool Rename(string uri, string target)
    {
        if (Exists(target))
        {
            return false;
        }

        File.Move(PathOf(uri), PathOf(target));
        return true;
    }

    public void Delete(string uri) => File.Delete(PathOf(uri));

    public string[] Names() => [.. Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)).Order()];

    public void Write(string uri, string text) => File.WriteAllText(PathOf(uri), text);

    public string Text(string uri) => File.ReadAllText(PathOf(uri));

    public void Dispose() => _folder.Dispose();

    private string PathOf(string uri) => _folder[uri[(uri.LastIndexOf('/') + 1)..]];
}

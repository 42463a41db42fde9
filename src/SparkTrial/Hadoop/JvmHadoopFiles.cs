using Microsoft.Spark.Hadoop.Conf;
using Microsoft.Spark.Interop.Ipc;
using Microsoft.Spark.Sql;

namespace FunctionTune.Spark.Hadoop;

/// <summary>The file systems of the Java process that runs the session, with the session's configuration and permissions.</summary>
/// <param name="spark">The session.</param>
internal sealed class JvmHadoopFiles(SparkSession spark) : IHadoopFiles
{
    private readonly Configuration _configuration = spark.SparkContext.HadoopConfiguration();

    public bool Exists(string uri) => (bool)FilesOf(uri).Invoke("exists", PathOf(uri));

    public void CopyToLocal(string uri, string path) =>
        FilesOf(uri).Invoke("copyToLocalFile", false, PathOf(uri), PathOf(Local(path)), true);

    public void CopyFromLocal(string path, string uri) =>
        FilesOf(uri).Invoke("copyFromLocalFile", false, true, PathOf(Local(path)), PathOf(uri));

    public bool Rename(string uri, string target) => (bool)FilesOf(uri).Invoke("rename", PathOf(uri), PathOf(target));

    public void Delete(string uri) => FilesOf(uri).Invoke("delete", PathOf(uri), false);

    private JvmObjectReference FilesOf(string uri) =>
        (JvmObjectReference)PathOf(uri).Invoke("getFileSystem", _configuration);

    private JvmObjectReference PathOf(string uri) =>
        spark.Reference.Jvm.CallConstructor("org.apache.hadoop.fs.Path", uri);

    // Hadoop takes a path as it is, without escapes.
    private static string Local(string path) => "file://" + path;
}

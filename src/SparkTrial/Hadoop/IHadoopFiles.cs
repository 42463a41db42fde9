namespace FunctionTune.Spark.Hadoop;

/// <summary>What is asked of a Hadoop file system. Files are named by their URIs.</summary>
internal interface IHadoopFiles
{
    /// <summary>Whether there is a file.</summary>
    bool Exists(string uri);

    /// <summary>Copies a file to a path of this machine.</summary>
    void CopyToLocal(string uri, string path);

    /// <summary>Copies a file of this machine to a URI, in place of what is there.</summary>
    void CopyFromLocal(string path, string uri);

    /// <summary>Renames a file; false when it is refused, as where another file is in the way.</summary>
    bool Rename(string uri, string target);

    /// <summary>Removes a file.</summary>
    void Delete(string uri);
}

namespace FunctionTune.Staging;

/// <summary>What a dataset is made of.</summary>
public enum DatasetKind
{
    /// <summary>One file; its name is not part of what it holds.</summary>
    File,

    /// <summary>Files with their relative names.</summary>
    Folder,
}

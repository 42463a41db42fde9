namespace FunctionTune.TrialClient.Places;

/// <summary>A file at a place of one kind.</summary>
internal abstract class Place
{
    /// <summary>The place as messages name it: without a signature.</summary>
    public abstract string Shown { get; }

    /// <summary>Its path, when it is a file for this machine's file system; else null.</summary>
    public virtual string? LocalPath => null;

    /// <summary>Whether it lies on this machine itself: it is used where it lies, and may be appended to.</summary>
    public virtual bool IsNear => false;

    public abstract bool Exists();

    /// <summary>The whole file; null when there is none.</summary>
    public abstract byte[]? Read();

    /// <summary>Writes the file whole or not at all; false when there is one already.</summary>
    public abstract bool Create(byte[] content);

    /// <summary>Appends to the file, which this object alone writes.</summary>
    public abstract void Append(byte[] content);

    /// <summary>Copies the file to a path of this machine.</summary>
    /// <param name="path">A path where no file is yet.</param>
    /// <param name="bytes">The file's size, when it is known.</param>
    public abstract void Fetch(string path, long? bytes);
}

using FunctionTune.Local.Stores;

namespace FunctionTune.Local;

/// <summary>Where the wishes of other processes arrive: cancel, pause, resume, other limits.</summary>
internal interface IStudyInbox
{
    /// <summary>The wishes that have arrived since the last look, oldest first.</summary>
    IReadOnlyList<ControlMessage> Read();

    /// <summary>Removes a wish whose event is in the log.</summary>
    void Remove(ControlMessage message);

    /// <summary>Completes when a look is worth while.</summary>
    Task WaitForNewsAsync(CancellationToken cancellationToken);
}

using FunctionTune.Local.Stores;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>The wishes that other processes leave in a study's folder.</summary>
internal sealed class FolderInbox(string folder, StudyId id, TimeProvider time) : IStudyInbox, IDisposable
{
    private readonly ControlWatch _watch = StudyControl.Watch(folder, id, time);
    private bool _due = true;

    public IReadOnlyList<ControlMessage> Read()
    {
        if (!_due)
        {
            return [];
        }

        _due = false;
        return StudyControl.ReadAll(folder, id);
    }

    public void Remove(ControlMessage message) => StudyControl.Remove(folder, id, message);

    public async Task WaitForNewsAsync(CancellationToken cancellationToken)
    {
        await _watch.WaitAsync(cancellationToken).ConfigureAwait(false);
        _due = true;
    }

    public void Dispose() => _watch.Dispose();
}

using FunctionTune.Local.Stores;
using FunctionTune.Studies;
using FunctionTune.Testing;

namespace FunctionTune.Local.Tests.Stores;

public sealed class StudyLeaseTests : IDisposable
{
    private static readonly StudyId Id = new("study");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_study_is_run_by_one_at_a_time()
    {
        Assert.Null(StudyLease.HolderOf(_folder.Path, Id));
        using (StudyLease.Acquire(_folder.Path, Id))
        {
            StudyBusyException busy = Assert.Throws<StudyBusyException>(() => StudyLease.Acquire(_folder.Path, Id));
            Assert.Equal(Environment.ProcessId, busy.Holder.Process);
            Assert.Equal(busy.Holder, StudyLease.HolderOf(_folder.Path, Id));
            using StudyLease other = StudyLease.Acquire(_folder.Path, new StudyId("other"));
        }

        Assert.Null(StudyLease.HolderOf(_folder.Path, Id));
        StudyLease.Acquire(_folder.Path, Id).Dispose();
    }

    [Fact]
    public async Task A_second_process_is_told_who_holds_the_study_until_that_one_is_killed()
    {
        using var holder = Probe.Start("hold", _folder.Path, "study");
        await holder.IsReadyAsync();

        StudyBusyException busy = Assert.Throws<StudyBusyException>(() => StudyLease.Acquire(_folder.Path, Id));
        Assert.StartsWith(
            $"Study 'study' is being run by process {holder.Id} of {Environment.UserName} on host {Environment.MachineName} since 2",
            busy.Message,
            StringComparison.Ordinal
        );

        await holder.DiesAsync();
        Assert.Null(StudyLease.HolderOf(_folder.Path, Id));
        using StudyLease lease = StudyLease.Acquire(_folder.Path, Id);
        Assert.Equal(Environment.ProcessId, StudyLease.HolderOf(_folder.Path, Id)?.Process);
    }

    [Fact]
    public async Task Questions_who_holds_a_study_never_keep_anybody_from_it()
    {
        using var asked = new CancellationTokenSource();
        Task asking = Task.Run(
            () =>
            {
                while (!asked.IsCancellationRequested)
                {
                    StudyLease.HolderOf(_folder.Path, Id);
                }
            },
            TestContext.Current.CancellationToken
        );

        for (int n = 0; n < 50; n++)
        {
            StudyLease.Acquire(_folder.Path, Id).Dispose();
        }

        await asked.CancelAsync();
        await asking;
    }
}

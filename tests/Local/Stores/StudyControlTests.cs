using FunctionTune.Local.Stores;
using FunctionTune.Studies;
using FunctionTune.Testing;

namespace FunctionTune.Local.Tests.Stores;

public sealed class StudyControlTests : IDisposable
{
    private static readonly StudyId Id = new("study");
    private static readonly DateTimeOffset At = SampleEvents.Begin;

    private readonly TemporaryFolder _folder = new();

    public StudyControlTests() => Directory.CreateDirectory(_folder["studies/study/log"]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Messages_are_read_in_the_order_of_sending_until_they_are_removed()
    {
        StudyEvent[] sent =
        [
            new StudyEvent.Paused(At),
            new StudyEvent.LimitsChanged(At.AddMilliseconds(1), new LimitsChange { MaxEvals = 20 }),
            new StudyEvent.Resumed(At.AddSeconds(1)),
            new StudyEvent.CancelRequested(At.AddDays(1)),
        ];
        foreach (StudyEvent fact in sent)
        {
            StudyControl.Send(_folder.Path, Id, fact);
        }

        Assert.Equal(sent, StudyControl.ReadAll(_folder.Path, Id).Select(m => m.Fact));

        StudyControl.Remove(_folder.Path, Id, StudyControl.ReadAll(_folder.Path, Id)[0]);
        Assert.Equal(sent[1..], StudyControl.ReadAll(_folder.Path, Id).Select(m => m.Fact));
    }

    [Fact]
    public void Only_wishes_are_sent_and_only_to_studies_that_exist()
    {
        Assert.Throws<ArgumentException>(() => StudyControl.Send(_folder.Path, Id, SampleEvents.Of(0)));
        FunctionTuneException fault = Assert.Throws<FunctionTuneException>(() =>
            StudyControl.Send(_folder.Path, new StudyId("none"), new StudyEvent.Paused(At))
        );
        Assert.Contains("There is no study 'none'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_message_is_set_aside()
    {
        _folder.Write("studies/study/control/1.json", "nonsense");
        _folder.Write("studies/study/control/2.json", "{\"type\":\"started\"}");
        StudyControl.Send(_folder.Path, Id, new StudyEvent.Paused(At));

        Assert.Single(StudyControl.ReadAll(_folder.Path, Id));
        Assert.True(File.Exists(_folder["studies/study/control/1.json.refused"]));
        Assert.True(File.Exists(_folder["studies/study/control/2.json.refused"]));
    }

    [Fact]
    public async Task A_watch_tells_of_messages_that_wait_and_of_new_ones()
    {
        using ControlWatch watch = StudyControl.Watch(_folder.Path, Id);
        for (int n = 0; n < 3; n++)
        {
            Task news = watch.WaitAsync(Cancel);
            Assert.False(news.IsCompleted);

            StudyControl.Send(_folder.Path, Id, new StudyEvent.Paused(At));
            await news.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
            await watch.WaitAsync(Cancel);

            StudyControl.Remove(_folder.Path, Id, StudyControl.ReadAll(_folder.Path, Id).Single());
        }
    }

    [Fact]
    public async Task Waiting_for_messages_can_be_given_up()
    {
        using ControlWatch watch = StudyControl.Watch(_folder.Path, Id);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.WaitAsync(patience.Token));
    }
}

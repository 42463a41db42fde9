using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Engine.Tests.Hosting;

public sealed class TrialStartTests
{
    private static readonly TrialStart s_start = new(
        new StudyId("s"),
        DateTimeOffset.UnixEpoch,
        3,
        1,
        Params: null,
        System.Collections.Immutable.ImmutableSortedDictionary<string, DataReference>.Empty,
        Timeout: null
    );

    [Fact]
    public void A_token_names_the_attempt_and_nothing_else()
    {
        TrialStart same = s_start with
        {
            Timeout = TimeSpan.FromHours(1),
            StudyCreatedAt = DateTimeOffset.UnixEpoch.ToOffset(TimeSpan.FromHours(2)),
        };

        Assert.Matches("^[0-9a-f]{64}$", s_start.Token);
        Assert.Equal(s_start.Token, same.Token);
    }

    [Fact]
    public void Attempts_of_other_studies_trials_and_tries_have_other_tokens()
    {
        TrialStart[] starts =
        [
            s_start,
            s_start with
            {
                Study = new StudyId("t"),
            },
            s_start with
            {
                StudyCreatedAt = DateTimeOffset.UnixEpoch.AddTicks(1),
            },
            s_start with
            {
                Trial = 31,
            },
            s_start with
            {
                Attempt = 2,
            },
        ];

        Assert.Distinct(starts.Select(start => start.Token), StringComparer.Ordinal);
    }
}

using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Golden.Tests.Studies;

public sealed class NoProgressTests
{
    public static TheoryData<int> Rows =>
        [.. Enumerable.Range(0, GoldenData.Hyperopt.GetProperty("no_progress_loss").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_rule_stops_where_hyperopts_no_progress_loss_stops(int row)
    {
        JsonElement recorded = GoldenData.Hyperopt.GetProperty("no_progress_loss")[row];
        var rule = new NoProgress(
            recorded.GetProperty("iteration_stop_count").GetInt32(),
            recorded.GetProperty("percent_increase").GetDouble()
        );
        double[] losses = recorded.Numbers("losses");
        var watch = new ProgressWatch();
        int trials = 0;
        foreach (JsonElement expected in recorded.GetProperty("rows_stop_best_count").EnumerateArray())
        {
            watch = watch.After(rule, losses[trials++]);

            Assert.Equal(expected[0].GetBoolean(), watch.IsOver(rule, trials));
            Assert.Equal(expected[1].GetDouble(), watch.Best);
            Assert.Equal(expected[2].GetInt32(), watch.Count);
        }
    }
}

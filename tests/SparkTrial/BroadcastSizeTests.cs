using FunctionTune.TrialClient;

namespace FunctionTune.Spark.Tests;

public sealed class BroadcastSizeTests
{
    [Fact]
    public void What_Spark_can_broadcast_is_let_through() => BroadcastSize.Check<double>(200_000_000);

    [Fact]
    public void What_is_too_large_to_be_broadcast_is_refused_with_what_to_do_instead()
    {
        string message = Assert.Throws<TrialException>(() => BroadcastSize.Check<double>(300_000_000)).Message;

        Assert.Contains(
            "at most 2,147,483,647 bytes to be broadcast, Spark's limit, but 300,000,000 numbers take 2,700,000,000",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains("Stage it as data instead", message, StringComparison.Ordinal);
    }
}

using FunctionTune.Benchmarks;
using FunctionTune.Benchmarks.Quality;
using FunctionTune.Benchmarks.Speed;

IBenchmark[] benchmarks =
[
    new SuggestBenchmark(),
    new QualityBenchmark(),
    new ParityBenchmark(),
    new FreeBenchmark(),
    new SleepBenchmark(),
    new StagingBenchmark(),
    new DatabricksBenchmark(),
    new DatabricksHost(),
    new DurableBenchmark(),
    new FunctionsBenchmark(),
];
IBenchmark? chosen = benchmarks.FirstOrDefault(b =>
    string.Equals(b.Name, args.FirstOrDefault(), StringComparison.Ordinal)
);
if (chosen is null)
{
    await Console.Error.WriteLineAsync("Give one of these verbs:");
    foreach (IBenchmark benchmark in benchmarks)
    {
        await Console.Error.WriteLineAsync($"  {benchmark.Name, -12}{benchmark.About}");
    }

    return 2;
}

await Console.Out.WriteLineAsync($"{Machine.Description}\n");
await chosen.RunAsync(args[1..], Console.Out, CancellationToken.None);
return 0;

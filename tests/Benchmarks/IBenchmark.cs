namespace FunctionTune.Benchmarks;

/// <summary>One verb of the program.</summary>
internal interface IBenchmark
{
    /// <summary>The verb.</summary>
    string Name { get; }

    /// <summary>What it measures, in a line.</summary>
    string About { get; }

    /// <summary>Measures, and prints a Markdown table.</summary>
    /// <param name="arguments">What follows the verb.</param>
    /// <param name="output">Where the table goes.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    Task RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken);
}

using System.Buffers;
using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Tpe;

/// <summary>
/// Finds the value of one parameter after the other: candidates are drawn from the density of the good trials, and the one
/// wins whose density among the good is largest in relation to that among the others. Of equal ones the first wins.
/// </summary>
internal readonly ref struct CandidateSearch
{
    private readonly TpeOptions _options;
    private readonly Pcg64 _random;
    private readonly double[] _memory;

    /// <summary>A search over a history of <paramref name="trials"/> trials.</summary>
    public CandidateSearch(TpeOptions options, Pcg64 random, int trials)
    {
        _options = options;
        _random = random;
        int needed = Math.Max(
            NumberSearch.Memory(trials, options.Candidates),
            OptionSearch.Memory(trials, options.Candidates)
        );
        _memory = ArrayPool<double>.Shared.Rent(needed);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<double>.Shared.Return(_memory);

    /// <summary>The value of a parameter, given its column of the history and the numbers of the good trials, rising.</summary>
    public double Best(Distribution distribution, ParameterColumn column, ReadOnlySpan<int> good)
    {
        var history = new LabelHistory(column, good, stackalloc int[HistorySplit.MaxBelow]);
        var workspace = new Workspace(_memory);
        return NumericPrior.Of(distribution) is { } numeric
            ? new NumberSearch(numeric, _options, _random).Best(history, workspace)
            : new OptionSearch(CategoricalPrior.Of(distribution)!.Value, _options, _random).Best(history, workspace);
    }
}

using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Service.Durable.Books;

/// <summary>The latest events of a log in their slim form, so that what an orchestration has not seen need not be read again.</summary>
internal sealed class FactTail
{
    private const int Most = 4096;

    private readonly List<StateFact> _facts = [];
    private long _from;

    /// <summary>Takes in the log's next event.</summary>
    public void Add(long position, StudyEvent fact)
    {
        if (SlimForm.Of(fact) is not { } slim)
        {
            return;
        }

        _facts.Add(new StateFact(position, slim));
        if (_facts.Count > 2 * Most)
        {
            _from = _facts[^Most].Position;
            _facts.RemoveRange(0, _facts.Count - Most);
        }
    }

    /// <summary>The facts from a version on; null when some of them are no longer here.</summary>
    public ImmutableArray<StateFact>? Since(long version)
    {
        if (version < _from)
        {
            return null;
        }

        int first = _facts.Count;
        while (first > 0 && _facts[first - 1].Position >= version)
        {
            first--;
        }

        return [.. _facts.Skip(first)];
    }
}

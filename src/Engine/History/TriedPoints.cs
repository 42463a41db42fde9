using FunctionTune.Spaces;

namespace FunctionTune.History;

/// <summary>The points of trials, each with the number of trials that have it.</summary>
internal sealed class TriedPoints
{
    private readonly Dictionary<Point, int> _times = [];

    /// <summary>How many different points there are.</summary>
    public int Count => _times.Count;

    /// <summary>Whether a trial has the point.</summary>
    public bool Contains(Point point) => _times.ContainsKey(point);

    /// <summary>Adds a trial's point.</summary>
    public void Add(Point point) => _times[point] = _times.GetValueOrDefault(point) + 1;

    /// <summary>Takes a trial's point away.</summary>
    public void Remove(Point point)
    {
        if (_times.Remove(point, out int times) && times > 1)
        {
            _times.Add(point, times - 1);
        }
    }
}

using FunctionTune.History;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Distinct;

/// <summary>The points of all trials, and those that the same request gave already.</summary>
internal sealed class TakenPoints(TriedPoints tried)
{
    private readonly HashSet<Point> _given = [];

    public bool Contains(Point point) => tried.Contains(point) || _given.Contains(point);

    public void Add(Point point) => _given.Add(point);

    /// <summary>The first point after <paramref name="start"/>, in the order of the grid, that is free; null when none is.</summary>
    public Point? NextFresh(PointGrid grid, Point start)
    {
        // Of more points than are taken one is free, unless the grid has no more.
        Point point = start;
        for (int step = 0; step <= tried.Count + _given.Count; step++)
        {
            point = grid.Next(point) ?? grid.First;
            if (!Contains(point))
            {
                return point;
            }
        }

        return null;
    }
}

using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using FunctionTune.Json;

namespace FunctionTune.Spaces;

/// <summary>
/// Finds the point that evaluates to a given structure. <see cref="NodeMatch"/> decides whether a value has the form of a
/// node; what is left is to take options so that a parameter that stands in several places has one value. That is a
/// depth-first search, with an agenda of its own so that wide spaces need no deep stack. It goes back only where options
/// overlap and parameters are shared.
/// </summary>
/// <param name="space">The space.</param>
internal sealed class PointMatch(SearchSpace space)
{
    /// <summary>How often the search may go back. A space that needs more was built to need it.</summary>
    private const int MaxRetreats = 10_000;

    private readonly NodeMatch _forms = new();
    private readonly double[] _values = [.. Enumerable.Repeat(double.NaN, space.Parameters.Length)];
    private readonly Stack<int> _bound = [];
    private readonly Stack<Crossing> _crossings = [];
    private ImmutableStack<Task> _agenda = [];
    private Problem? _conflict;

    /// <summary>The first point that evaluates to <paramref name="value"/>, or null and the reasons.</summary>
    public Point? Find(JsonElement value, string path, ICollection<Problem> problems)
    {
        int before = problems.Count;
        if (!JsonRules.Check(value, path, problems) || problems.Count > before)
        {
            return null;
        }

        ImmutableArray<Problem> misfits = _forms.Check(space.Root, value, path);
        if (misfits.IsEmpty && Search(new Task(space.Root, value, path)))
        {
            return new Point([.. _values]);
        }

        foreach (Problem problem in misfits.IsEmpty ? [_conflict!] : misfits)
        {
            problems.Add(problem);
        }

        return null;
    }

    private bool Search(Task root)
    {
        _agenda = [root];
        int retreats = 0;
        while (!_agenda.IsEmpty)
        {
            _agenda = _agenda.Pop(out Task task);
            if (!Do(task) && (retreats++ == MaxRetreats || !Retreat()))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Carries out one task; false when it conflicts with what is bound.</summary>
    private bool Do(Task task)
    {
        switch (task.Node)
        {
            case SpaceNode.Literal:
                return true;
            case SpaceNode.Dict dictionary:
                foreach ((string key, SpaceNode child) in dictionary.Entries.Reverse())
                {
                    Push(new Task(child, task.Value.GetProperty(key), JsonPath.Key(task.Path, key)));
                }

                return true;
            case SpaceNode.List list:
                for (int i = list.Items.Length - 1; i >= 0; i--)
                {
                    Push(new Task(list.Items[i], task.Value[i], JsonPath.Item(task.Path, i)));
                }

                return true;
            case SpaceNode.Number number:
                return Bind(number.Label, task.Value.GetDouble(), task);
            case SpaceNode.Choice choice:
                return Choose(choice, task);
            default:
                throw new UnreachableException();
        }
    }

    private bool Choose(SpaceNode.Choice choice, Task task)
    {
        if (_values[space.IndexOf(choice.Label)] is var taken && !double.IsNaN(taken))
        {
            return Take(choice, (int)taken, task);
        }

        ImmutableStack<int> fitting = [];
        for (int i = choice.Options.Length - 1; i >= 0; i--)
        {
            if (_forms.Fits(choice, i, task.Value, task.Path))
            {
                fitting = fitting.Push(i);
            }
        }

        return Cross(new Crossing(choice, task, fitting, _agenda, _bound.Count));
    }

    /// <summary>Takes the first option that is left at a crossing, and remembers the crossing while there are others.</summary>
    private bool Cross(Crossing crossing)
    {
        ImmutableStack<int> left = crossing.Fitting.Pop(out int option);
        if (!left.IsEmpty)
        {
            _crossings.Push(crossing with { Fitting = left });
        }

        return Bind(crossing.Choice.Label, option, crossing.Task) && Take(crossing.Choice, option, crossing.Task);
    }

    private bool Take(SpaceNode.Choice choice, int option, Task task)
    {
        // Asked again for a choice that is met again, here with a value that another option may have fitted.
        if (!_forms.Fits(choice, option, task.Value, task.Path))
        {
            return Conflict(choice.Label, task);
        }

        Push(task with { Node = choice.Options[option] });
        return true;
    }

    private bool Retreat()
    {
        if (!_crossings.TryPop(out Crossing? crossing))
        {
            return false;
        }

        while (_bound.Count > crossing.Bound)
        {
            _values[_bound.Pop()] = double.NaN;
        }

        _agenda = crossing.Agenda;
        return Cross(crossing);
    }

    private bool Bind(string label, double value, Task task)
    {
        int index = space.IndexOf(label);
        if (!double.IsNaN(_values[index]))
        {
            return _values[index] == value || Conflict(label, task);
        }

        _values[index] = value;
        _bound.Push(index);
        return true;
    }

    private bool Conflict(string label, Task task)
    {
        // The first conflict is that of the options that a reader would take, too.
        _conflict ??= new Problem(
            task.Path,
            $"the parameter '{label}' stands in several places and must have one value",
            JsonText.Short(task.Value),
            "Write the same value in all of them."
        );
        return false;
    }

    private void Push(Task task) => _agenda = _agenda.Push(task);

    private readonly record struct Task(SpaceNode Node, JsonElement Value, string Path);

    private sealed record Crossing(
        SpaceNode.Choice Choice,
        Task Task,
        ImmutableStack<int> Fitting,
        ImmutableStack<Task> Agenda,
        int Bound
    );
}

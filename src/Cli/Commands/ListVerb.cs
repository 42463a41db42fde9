using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FunctionTune.Cli.Output;
using FunctionTune.Service.Views;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Commands;

/// <summary>The studies of a folder.</summary>
internal sealed class ListVerb : Verb
{
    public ListVerb()
        : base(
            "list",
            "List the studies: status, best loss, counts, start, duration.",
            "functiontune list",
            "functiontune list --json --store /data/studies"
        )
    {
        Add(SharedOptions.Json);
        Add(SharedOptions.Store);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var shelf = new Shelf(parsed);
        List<StudyView> views = [];
        List<StudyLogException> broken = [];
        foreach (StudyId id in await shelf.Studies.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                if (await shelf.Studies.ReadAsync(id, cancellationToken).ConfigureAwait(false) is { } study)
                {
                    views.Add(shelf.View(study));
                }
            }
            catch (StudyLogException e)
            {
                broken.Add(e);
            }
        }

        if (views.Count > 0 || broken.Count == 0 || parsed.GetValue(SharedOptions.Json))
        {
            Write(parsed, shelf, views);
        }

        foreach (StudyLogException e in broken)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
        }

        return broken.Count == 0 ? ExitCode.Done : ExitCode.Infrastructure;
    }

    private static void Write(ParseResult parsed, Shelf shelf, List<StudyView> views)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(SharedOptions.Json))
        {
            OutputJson.Write(output, new JsonArray([.. views.Select(StudyDocument.Brief)]));
        }
        else if (views.Count == 0)
        {
            output.WriteLine($"There are no studies in '{shelf.Store}'.");
        }
        else
        {
            Table(views).Write(output, TerminalWidth.OfOutput());
        }
    }

    private static TextTable Table(List<StudyView> views)
    {
        var table = new TextTable(["ID", "STATUS", "BEST", "ENDED", "FAILED", "STARTED", "TOOK", "NAME"], 2, 3, 4, 6);
        foreach (StudyView view in views)
        {
            StudyState state = view.Study.State;
            int ended = state.Counts.Completed + state.Counts.Cancelled;
            table.Add(
                view.Study.Id.ToString(),
                view.Status,
                state.Best is { } best ? NumberText.Short(best.Loss) : "-",
                state.Limits.MaxEvals is { } most ? $"{ended}/{most}" : $"{ended}",
                $"{state.Counts.Failed + state.Counts.Lost}",
                view.Study.CreatedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                NumberText.Duration(view.Elapsed),
                view.Study.Spec.Name
            );
        }

        return table;
    }
}

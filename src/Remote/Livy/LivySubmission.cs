using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Remote.Jobs;
using FunctionTune.Remote.Trials;

namespace FunctionTune.Remote.Livy;

/// <summary>The body of a request for a batch.</summary>
/// <param name="options">What the study file says.</param>
/// <param name="placeOf">Where a trial finds a file of the staging area.</param>
internal sealed class LivySubmission(LivyOptions options, Func<string, string> placeOf)
{
    /// <summary>How often Spark tries a task: once. Whether a trial is tried again is the study's to say.</summary>
    private const string OnceOnly = "spark.task.maxFailures";

    /// <summary>Writes the body; the same for the same order.</summary>
    public byte[] Write(JobOrder order)
    {
        (string file, ImmutableArray<string> arguments) = Program();
        var body = new JsonObject
        {
            ["name"] = LivyNames.Of(order),
            ["file"] = AsUri(file),
            ["args"] = List(arguments.AddRange(TrialArgument.Name, order.Place)),
        };
        foreach ((string name, JsonNode value) in options.Fields)
        {
            body[name] = value.DeepClone();
        }

        ImmutableArray<string> pyFiles = PyFiles();
        if (!pyFiles.IsEmpty)
        {
            body["pyFiles"] = List(pyFiles);
        }

        var conf = new JsonObject { [OnceOnly] = "1" };
        foreach ((string key, string value) in options.Conf)
        {
            conf[key] = value;
        }

        body["conf"] = conf;
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private (string File, ImmutableArray<string> Arguments) Program()
    {
        if (options.Staged is not { } staged || (staged.Program is null && options.Objective is null))
        {
            return (options.File, options.Args);
        }

        ImmutableArray<string> launch =
        [
            "--program",
            staged.Program is { } program ? placeOf(program) : options.File,
            .. options.Objective is { } objective ? (string[])["--objective", objective] : [],
        ];
        return (placeOf(staged.Launcher), launch.AddRange(options.Args));
    }

    /// <summary>A program that is started as it is finds the Python client beside it.</summary>
    private ImmutableArray<string> PyFiles() =>
        options.Staged is { Program: null } staged && options.Objective is null
            ? options.PyFiles.Add(AsUri(placeOf(staged.Launcher)))
            : options.PyFiles;

    /// <summary>Livy takes a bare path for one of the cluster's file system: files of a staging folder are named by their scheme.</summary>
    private string AsUri(string place) =>
        place.StartsWith('/') && !string.Equals(place, options.File, StringComparison.Ordinal)
            ? new Uri(place).AbsoluteUri
            : place;

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}

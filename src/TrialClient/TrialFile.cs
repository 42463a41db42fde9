using FunctionTune.TrialClient.Json;

namespace FunctionTune.TrialClient;

/// <summary>The file that tells a program which trial it is.</summary>
internal sealed class TrialFile
{
    public const string Variable = "FUNCTIONTUNE_TRIAL";

    private readonly Dictionary<string, object?> _members;
    private readonly string _path;
    private readonly string _folder;

    private TrialFile(Dictionary<string, object?> members, string path, string folder)
    {
        _members = members;
        _path = path;
        _folder = folder;
    }

    public string Study => _members.TryGetValue("study", out object? value) && value is string study ? study : "";

    public TrialParams Params =>
        _members.TryGetValue("params", out object? value)
            ? new(value, "params")
            : throw Missing("\"params\": the parameter values, such as {\"params\": {\"alpha\": 0.1}}");

    /// <summary>Where the result goes; null for standard output, which serves a trial tried by hand.</summary>
    public string? Result => Place("result");

    /// <summary>Where intermediate values go; null for standard error.</summary>
    public string? Progress => Place("progress");

    public IReadOnlyDictionary<string, TrialData> Data =>
        (_members.TryGetValue("data", out object? value) ? value : null) is Dictionary<string, object?> data
            ? data.ToDictionary(entry => entry.Key, entry => Reference(entry.Key, entry.Value), StringComparer.Ordinal)
            : [];

    /// <summary>Reads the file that the environment names.</summary>
    public static TrialFile FromEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } place
            ? Read(place)
            : throw new TrialException(
                $"The environment variable {Variable} must name the trial file, but it is not set: FunctionTune sets it when it starts a trial. "
                    + $"To try the program by hand, write trial.json with {{\"params\": {{...}}}} and start it with {Variable}=trial.json; "
                    + "the result then appears on standard output."
            );

    public static TrialFile Read(string place)
    {
        string path = TrialPath.Local(place, Directory.GetCurrentDirectory(), "The trial file");
        if (!File.Exists(path))
        {
            throw new TrialException($"The trial file must exist, but there is none at {path}. Look at {Variable}.");
        }

        try
        {
            return JsonReader.Read(File.ReadAllText(path)) is Dictionary<string, object?> members
                ? new(members, path, Path.GetDirectoryName(path) ?? "")
                : throw new FormatException("expected an object");
        }
        catch (FormatException exception)
        {
            throw new TrialException($"The trial file {path} must be a JSON object: {exception.Message}.", exception);
        }
    }

    public long Integer(string name, long otherwise) =>
        _members.TryGetValue(name, out object? value) && value is JsonNumber number
            ? number.ToInteger() ?? otherwise
            : otherwise;

    private string? Place(string name) =>
        _members.TryGetValue(name, out object? value) && value is string place
            ? TrialPath.Local(place, _folder, $"'{name}' of the trial file")
            : null;

    private TrialData Reference(string name, object? value)
    {
        var reference = value as Dictionary<string, object?>;
        object? Member(string key) =>
            reference is not null && reference.TryGetValue(key, out object? member) ? member : null;
        return new(
            name,
            _folder,
            Member("uri") as string ?? throw Missing($"\"data\".\"{name}\".\"uri\": where the data lies"),
            Member("sha256") as string,
            (Member("bytes") as JsonNumber)?.ToInteger()
        );
    }

    private TrialException Missing(string what) => new($"The trial file {_path} must have {what}.");
}

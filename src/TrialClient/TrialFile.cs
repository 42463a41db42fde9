using System.Text;
using FunctionTune.TrialClient.Json;
using FunctionTune.TrialClient.Places;

namespace FunctionTune.TrialClient;

/// <summary>The file that tells a program which trial it is, or which trials of a batch.</summary>
internal sealed class TrialFile
{
    private readonly Dictionary<string, object?> _members;
    private readonly string _place;
    private readonly PlaceOpener _places;

    private TrialFile(Dictionary<string, object?> members, string place, PlaceOpener places)
    {
        _members = members;
        _place = place;
        _places = places;
    }

    /// <summary>The places of a batch's trials; null when the file is of one trial.</summary>
    public IReadOnlyList<string>? Trials =>
        Member("trials") is List<object?> trials
            ? [.. trials.OfType<string>().Select(trial => PlaceName.Join(_place, trial))]
            : null;

    public string Study => Member("study") as string ?? "";

    public string? Token => Member("token") as string;

    public TrialParams Params =>
        _members.TryGetValue("params", out object? value)
            ? new(value, "params")
            : throw Missing("\"params\": the parameter values, such as {\"params\": {\"alpha\": 0.1}}");

    /// <summary>Where the result goes; null for standard output, which serves a trial tried by hand.</summary>
    public Place? Result => Named("result");

    /// <summary>Where intermediate values go; null for standard error.</summary>
    public Place? Progress => Named("progress");

    /// <summary>The file that tells the program not to go on.</summary>
    public Place Stop => Named("stop") ?? _places.At(PlaceName.Join(_place, "stop"), "The mark to stop");

    public IReadOnlyDictionary<string, TrialData> Data =>
        Member("data") is Dictionary<string, object?> data
            ? data.ToDictionary(entry => entry.Key, entry => Reference(entry.Key, entry.Value), StringComparer.Ordinal)
            : [];

    public static TrialFile Read(string place, PlaceOpener places)
    {
        place = PlaceName.Absolute(place);
        Place file = places.At(place, "The trial file");
        byte[] content =
            file.Read()
            ?? throw new TrialException(
                $"The trial file must exist, but there is none at {file.Shown}. Look at {TrialPlace.Variable}."
            );
        try
        {
            return JsonReader.Read(Encoding.UTF8.GetString(content)) is Dictionary<string, object?> members
                ? new(members, place, places)
                : throw new FormatException("expected an object");
        }
        catch (FormatException exception)
        {
            throw new TrialException(
                $"The trial file {file.Shown} must be a JSON object: {exception.Message}.",
                exception
            );
        }
    }

    public long Integer(string name, long otherwise) => (Member(name) as JsonNumber)?.ToInteger() ?? otherwise;

    private object? Member(string name) => _members.TryGetValue(name, out object? value) ? value : null;

    private Place? Named(string name) =>
        Member(name) is string place ? _places.At(PlaceName.Join(_place, place), $"'{name}' of the trial file") : null;

    private TrialData Reference(string name, object? value)
    {
        var reference = value as Dictionary<string, object?>;
        object? Of(string key) =>
            reference is not null && reference.TryGetValue(key, out object? member) ? member : null;
        string uri = PlaceName.Join(
            _place,
            Of("uri") as string ?? throw Missing($"\"data\".\"{name}\".\"uri\": where the data lies")
        );
        string? manifest =
            Of("manifest") as string ?? (Of("kind") is "folder" ? PlaceName.Child(uri, "manifest.json") : null);
        return new(
            name,
            uri,
            Of("sha256") as string,
            (Of("bytes") as JsonNumber)?.ToInteger(),
            manifest is null ? null : PlaceName.Join(_place, manifest),
            Of("files") is Dictionary<string, object?> files
                ? files.ToDictionary(file => file.Key, file => (string)file.Value!, StringComparer.Ordinal)
                : [],
            _places
        );
    }

    private TrialException Missing(string what) => new($"The trial file {PlaceName.Shown(_place)} must have {what}.");
}

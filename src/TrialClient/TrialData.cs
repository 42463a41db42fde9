using FunctionTune.TrialClient.Datasets;
using FunctionTune.TrialClient.Places;

namespace FunctionTune.TrialClient;

/// <summary>A reference to data: where it lies, and what it must hold. Data never comes by value.</summary>
public sealed class TrialData
{
    private readonly PlaceOpener _places;
    private readonly string? _manifest;
    private readonly IReadOnlyDictionary<string, string> _files;
    private LocalData? _fetched;

    internal TrialData(
        string name,
        string uri,
        string? sha256,
        long? bytes,
        string? manifest,
        IReadOnlyDictionary<string, string> files,
        PlaceOpener places
    )
    {
        Name = name;
        Uri = uri;
        Sha256 = sha256;
        Bytes = bytes;
        _manifest = manifest;
        _files = files;
        _places = places;
    }

    /// <summary>The name that the study gives to the data, such as <c>train</c>.</summary>
    public string Name { get; }

    /// <summary>Where it lies: an absolute path or URI.</summary>
    public string Uri { get; }

    /// <summary>
    /// SHA-256 of a file's bytes, or of a folder's listing, 64 hexadecimal digits; null when it is not known.
    /// </summary>
    public string? Sha256 { get; }

    /// <summary>Size in bytes, of a folder the sum of its files'; null when it is not known.</summary>
    public long? Bytes { get; }

    /// <summary>Whether it is a folder with files that keep their names.</summary>
    public bool IsFolder => _manifest is not null;

    private string What => $"Data '{Name}'";

    /// <summary>
    /// The path of the file, or of the folder, on this machine. Data of this machine is used where it lies; other data is
    /// fetched into the cache, once for all trials. Sizes and hashes, where they are known, are compared.
    /// </summary>
    /// <exception cref="TrialException">It cannot be reached, or holds something else.</exception>
    public string LocalPath() => Fetched().Path;

    /// <summary>The paths of the files on this machine; one when the data is a file.</summary>
    /// <exception cref="TrialException">It cannot be reached, or holds something else.</exception>
    public IReadOnlyList<string> LocalPaths() => Fetched().Files;

    /// <summary>Where the files lie, for Spark to read them there; one when the data is a file.</summary>
    /// <exception cref="TrialException">They lie where Spark does not read, or the list of a folder cannot be read.</exception>
    public IReadOnlyList<string> SparkUris() => [.. (IsFolder ? Files().Select(PlaceOf) : [Uri]).Select(SparkUri)];

    private LocalData Fetched() => _fetched ??= Fetch();

    private LocalData Fetch()
    {
        Place place = _places.At(Uri, What);
        if (place.IsNear || (Sha256 is null && place.LocalPath is not null))
        {
            return UseInPlace(place.LocalPath!);
        }

        if (Sha256 is null)
        {
            throw new TrialException(
                $"{What} must have its SHA-256 to be fetched from {place.Shown}. Name it in the study file beside the uri, "
                    + "or let Spark read it from there."
            );
        }

        return DataCache
            .OfThisMachine()
            .Get(
                What,
                Sha256,
                IsFolder,
                () => IsFolder ? Files() : [new(PlaceName.Last(Uri), Sha256, Bytes)],
                file => IsFolder ? _places.At(PlaceOf(file), What) : place
            );
    }

    private LocalData UseInPlace(string path)
    {
        if (!IsFolder)
        {
            FileHash.Verify(What, path, new(Name, Sha256, Bytes));
            return new(path, [path]);
        }

        IReadOnlyList<DataFile> files = Files();
        foreach (DataFile file in files)
        {
            FileHash.Verify(What, file.Below(path), file);
        }

        return new(path, [.. files.Select(file => file.Below(path))]);
    }

    private IReadOnlyList<DataFile> Files()
    {
        Place place = _places.At(_manifest!, "The manifest");
        return DataManifest.Read(place, Sha256)
            ?? throw new TrialException(
                $"A folder of data must have a manifest, but there is none at {place.Shown}. Stage it again."
            );
    }

    /// <summary>Below the folder, unless each file has a place of its own, as where each needs a signature.</summary>
    private string PlaceOf(DataFile file) =>
        _files.TryGetValue(file.Name, out string? place) ? place : PlaceName.Child(Uri, file.Name);

    /// <summary>Files of this machine need their scheme, for Spark's default is another store on a cluster.</summary>
    private string SparkUri(string uri)
    {
        if (PlaceName.Scheme(uri) is "http" or "https")
        {
            throw new TrialException(
                $"{What} must lie where Spark reads, not at {PlaceName.Shown(uri)}. Open its local path instead."
            );
        }

        string? path = PlaceName.Scheme(uri) is null or "file" or "dbfs" ? _places.At(uri, What).LocalPath : null;
        bool isHere =
            path is not null
            && (
                _places.At(uri, What).IsNear
                || Environment.GetEnvironmentVariable("FUNCTIONTUNE_VOLUMES") is { Length: > 0 }
            );
        return isHere
            ? new UriBuilder("file", "") { Path = path }
                .Uri
                .AbsoluteUri
            : uri;
    }
}

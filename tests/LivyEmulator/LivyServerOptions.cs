using System.Collections.Immutable;

namespace FunctionTune.LivyEmulator;

/// <summary>What a Livy server is like.</summary>
public sealed record LivyServerOptions
{
    /// <summary>The port of 127.0.0.1 to listen on; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>How many batches run at once; others are <c>starting</c> until there is room.</summary>
    public int Slots { get; init; } = 8;

    /// <summary>How many batches may be under way; one more is refused. Livy's <c>livy.server.session.max-creation</c>.</summary>
    public int MaxUnderWay { get; init; } = 100;

    /// <summary>How long a batch that has its slot is <c>starting</c>.</summary>
    public TimeSpan StartDelay { get; init; }

    /// <summary>How long a batch that has ended is known. Livy's <c>livy.server.session.state-retain.sec</c>.</summary>
    public TimeSpan Retain { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether requests that change something need the header <c>X-Requested-By</c>.</summary>
    public bool CsrfProtection { get; init; } = true;

    /// <summary>The header <c>Authorization</c> that requests must carry; null for no authentication.</summary>
    public string? Authorization { get; init; }

    /// <summary>Local folders whose files may be run. Livy's <c>livy.file.local-dir-whitelist</c>, which is empty there.</summary>
    public ImmutableArray<string> AllowedFolders { get; init; } = ["/"];

    /// <summary>How many lines of a log are kept. Livy's <c>livy.cache-log.size</c>.</summary>
    public int LogLines { get; init; } = 200;

    /// <summary>The Python to use.</summary>
    public string Python { get; init; } = "python3";

    /// <summary>Where chance in faults begins.</summary>
    public int Seed { get; init; }
}

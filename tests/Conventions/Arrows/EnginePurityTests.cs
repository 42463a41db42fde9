using System.Collections.Frozen;
using FunctionTune.Conventions.Tests.Metadata;

namespace FunctionTune.Conventions.Tests.Arrows;

/// <summary>The engine has no clock, no I/O, no ambient randomness and no threads.</summary>
public sealed class EnginePurityTests
{
    private static readonly string[] s_namespaces =
    [
        "System.Net",
        "System.IO.Pipes",
        "System.IO.MemoryMappedFiles",
        "System.Diagnostics.Tracing",
        "Microsoft.Win32",
    ];

    private static readonly FrozenSet<string> s_types = new[]
    {
        "System.Console",
        "System.Random",
        "System.TimeProvider",
        "System.AppContext",
        "System.AppDomain",
        "System.IO.File",
        "System.IO.FileInfo",
        "System.IO.FileStream",
        "System.IO.FileSystemInfo",
        "System.IO.Directory",
        "System.IO.DirectoryInfo",
        "System.IO.Path",
        "System.IO.StreamReader",
        "System.IO.StreamWriter",
        "System.IO.RandomAccess",
        "System.Diagnostics.Process",
        "System.Diagnostics.Stopwatch",
        "System.Security.Cryptography.RandomNumberGenerator",
        "System.Threading.Thread",
        "System.Threading.ThreadPool",
        "System.Threading.Timer",
        "System.Threading.PeriodicTimer",
        "System.Threading.Tasks.Parallel",
        "System.Threading.Tasks.TaskFactory",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_members = new[]
    {
        "System.DateTime.get_Now",
        "System.DateTime.get_UtcNow",
        "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow",
        "System.Guid.NewGuid",
        "System.Guid.CreateVersion7",
        "System.Threading.Tasks.Task.Run",
        "System.Threading.Tasks.Task.Delay",
        "System.Threading.Tasks.Task.get_Factory",
    }.ToFrozenSet(StringComparer.Ordinal);

    [Fact]
    public void The_engine_is_pure() =>
        Assert.Empty(AssemblyUses.Of(typeof(Problem).Assembly).Where(IsImpure).Select(Describe));

    [Fact]
    public void The_engine_needs_nothing_but_the_runtime_and_its_two_numeric_packages()
    {
        IEnumerable<string> foreign = typeof(Problem)
            .Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal))
            .Where(name => name is not "MathNet.Numerics");

        Assert.Empty(foreign);
    }

    [Fact]
    public void What_is_not_pure_is_found()
    {
        IEnumerable<string> found = AssemblyUses
            .Of(typeof(EnginePurityTests).Assembly)
            .Where(IsImpure)
            .Where(use => string.Equals(use.User.Name, nameof(ImpureSample), StringComparison.Ordinal))
            .Select(use => $"{use.Used}.{use.Member}");

        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "System.DateTimeOffset.get_UtcNow",
                "System.Environment.get_MachineName",
                "System.IO.File.ReadAllTextAsync",
                "System.Threading.Tasks.Task.Delay",
            },
            found.ToHashSet(StringComparer.Ordinal)
        );
    }

    private static bool IsImpure(Use use) =>
        s_types.Contains(use.Used.ToString())
        || s_members.Contains($"{use.Used}.{use.Member}")
        || IsEnvironment(use)
        || s_namespaces.Any(space => $"{use.Used.Namespace}.".StartsWith($"{space}.", StringComparison.Ordinal));

    // The compiler's own code for iterators asks for the number of the thread.
    private static bool IsEnvironment(Use use) =>
        use.Used == new TypeName("System", "Environment") && use.Member is not ("get_CurrentManagedThreadId" or "");

    private static string Describe(Use use) => $"{use.User} uses {use.Used}.{use.Member}";
}

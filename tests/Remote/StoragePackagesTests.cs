using System.Reflection;

namespace FunctionTune.Remote.Tests;

public sealed class StoragePackagesTests
{
    [Fact]
    public void The_library_that_the_storage_client_wants_comes_with_it()
    {
        AssemblyName wanted = Assembly
            .Load("Azure.Storage.Common")
            .GetReferencedAssemblies()
            .Single(name => string.Equals(name.Name, "System.IO.Hashing", StringComparison.Ordinal));

        Assert.NotNull(Assembly.Load(wanted));
    }
}

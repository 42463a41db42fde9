using System.Xml.Linq;

namespace FunctionTune.Conventions.Tests.Arrows;

/// <summary>Which project may reference which, and the packages of those that must stay small. Arrows point down only.</summary>
internal static class ProjectArrows
{
    private static readonly Dictionary<string, string[]> s_projects = new(StringComparer.Ordinal)
    {
        ["Engine"] = [],
        ["Local"] = ["Engine"],
        ["Remote"] = ["Engine"],
        ["Service"] = ["Engine"],
        ["Cli"] = ["Engine", "Local", "Remote", "Service"],
        ["Functions"] = ["Engine", "Remote", "Service"],
        ["TrialClient"] = [],
        ["SparkTrial"] = ["TrialClient"],
    };

    private static readonly Dictionary<string, string[]> s_packages = new(StringComparer.Ordinal)
    {
        ["Engine"] = ["MathNet.Numerics", "System.Numerics.Tensors"],
        ["Local"] = ["Microsoft.Extensions.FileSystemGlobbing"],
        ["Service"] = ["NCrontab.Signed"],
        ["TrialClient"] = [],
        ["SparkTrial"] = ["Microsoft.Spark"],
    };

    /// <summary>What is wrong with a project file, in words.</summary>
    /// <param name="name">The project: the name of its folder in src.</param>
    /// <param name="project">The text of its project file.</param>
    public static IEnumerable<string> Violations(string name, string project)
    {
        if (!s_projects.TryGetValue(name, out string[]? projects))
        {
            yield return $"{name} is not in the table of projects: say in ProjectArrows what it may reference.";
            yield break;
        }

        var file = XElement.Parse(project);
        foreach (string other in Includes(file, "ProjectReference").Select(Path.GetFileNameWithoutExtension)!)
        {
            if (!projects.Contains(other, StringComparer.Ordinal))
            {
                yield return $"{name} may not reference {other}: it may reference {List(projects)}.";
            }
        }

        foreach (string package in Includes(file, "PackageReference"))
        {
            if (
                s_packages.TryGetValue(name, out string[]? packages)
                && !packages.Contains(package, StringComparer.Ordinal)
            )
            {
                yield return $"{name} may not use the package {package}: it may use {List(packages)}.";
            }
        }
    }

    private static IEnumerable<string> Includes(XElement file, string kind) =>
        file.Descendants(kind).Select(e => e.Attribute("Include")?.Value.Replace('\\', '/')).OfType<string>();

    private static string List(string[] names) => names.Length == 0 ? "nothing" : string.Join(", ", names);
}

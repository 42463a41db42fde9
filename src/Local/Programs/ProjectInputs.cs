using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace FunctionTune.Local.Programs;

/// <summary>
/// What a project is built from, as a fingerprint: path, size and time of every file in its folder, in the folders of the
/// projects it refers to, and of the settings in the folders above.
/// </summary>
internal static class ProjectInputs
{
    private static readonly string[] Settings =
    [
        "Directory.Build.props",
        "Directory.Build.targets",
        "Directory.Packages.props",
        "global.json",
        "NuGet.Config",
        "nuget.config",
        ".editorconfig",
    ];

    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.System };

    /// <summary>The fingerprint.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="except">A folder that is no input: the store's, which may lie in the project's.</param>
    /// <returns>16 lower-case hexadecimal digits.</returns>
    public static string Fingerprint(string project, string except)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var projects = new HashSet<string>(StringComparer.Ordinal);
        AddProject(project, projects, files, except);
        var text = new StringBuilder(project).Append('\n');
        foreach (FileInfo file in files.Select(path => new FileInfo(path)))
        {
            long size = file.Exists ? file.Length : -1;
            text.Append(CultureInfo.InvariantCulture, $"{file.FullName}|{size}|{file.LastWriteTimeUtc.Ticks}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private static void AddProject(string project, HashSet<string> projects, SortedSet<string> files, string except)
    {
        if (!projects.Add(project) || !File.Exists(project))
        {
            return;
        }

        string folder = Path.GetDirectoryName(project)!;
        AddFolder(folder, files, except);
        for (string? above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            files.UnionWith(Settings.Select(name => Path.Join(above, name)).Where(File.Exists));
        }

        foreach (string reference in References(project))
        {
            AddProject(Path.GetFullPath(reference.Replace('\\', '/'), folder), projects, files, except);
        }
    }

    private static void AddFolder(string folder, SortedSet<string> files, string except)
    {
        if (string.Equals(folder, except, StringComparison.Ordinal))
        {
            return;
        }

        files.UnionWith(Directory.EnumerateFiles(folder, "*", All));
        foreach (string inner in Directory.EnumerateDirectories(folder, "*", All))
        {
            string name = Path.GetFileName(inner);
            if (!name.StartsWith('.') && name is not ("bin" or "obj" or "node_modules"))
            {
                AddFolder(inner, files, except);
            }
        }
    }

    /// <summary>Paths of the projects that a project refers to, as far as they are written out.</summary>
    private static IEnumerable<string> References(string project)
    {
        try
        {
            return
            [
                .. XDocument
                    .Load(project)
                    .Descendants()
                    .Where(element => element.Name.LocalName is "ProjectReference")
                    .Select(element => (string?)element.Attribute("Include") ?? "")
                    .Where(path => path.Length > 0 && !path.Contains("$(", StringComparison.Ordinal)),
            ];
        }
        catch (XmlException)
        {
            // The build will say what is wrong with it.
            return [];
        }
    }
}

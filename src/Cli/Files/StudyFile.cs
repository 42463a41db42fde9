using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using FunctionTune.Hosting;
using FunctionTune.Json;
using FunctionTune.Service.Json;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Files;

/// <summary>Reads study files, trusting nothing about them.</summary>
internal static class StudyFile
{
    /// <summary>The largest file that is read, in bytes; a study file is a page of text.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    private const int MostDepth = 64;

    /// <summary>Reads and checks a study file, the algorithm, files and programs that it names included.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="overrides">Members that stand in for those of the file.</param>
    /// <param name="suggesters">The algorithms that it may name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidInputException">There are problems; all of them are listed.</exception>
    public static async Task<StudySpec> ReadAsync(
        string path,
        IEnumerable<KeyValuePair<string, JsonNode?>> overrides,
        Suggesters suggesters,
        CancellationToken cancellationToken
    )
    {
        byte[] bytes = await BytesAsync(path, cancellationToken).ConfigureAwait(false);
        using JsonDocument document = Parse(path, bytes);
        JsonElement file = Overridden.With(document.RootElement, overrides);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        StudySpecReading reading = StudySpecJson.Read(file);
        Problem[] problems = [.. reading.Problems, .. NamedThings.Check(file, folder, suggesters)];
        if (problems.Length == 0)
        {
            StudySpec spec = reading.Required();
            problems = [.. suggesters.Check(spec.Algo, spec.Space, "$.algo")];
        }

        return problems.Length == 0
            ? reading.Required() with
            {
                BaseFolder = folder,
            }
            : throw new InvalidInputException([.. problems]);
    }

    private static async Task<byte[]> BytesAsync(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            string hint = File.Exists(Path.Combine(path, "study.json"))
                ? $"Did you mean '{Path.Combine(path, "study.json")}'?"
                : "";
            throw Refused(path, "the study file must be a file", "a folder", hint);
        }

        if (!File.Exists(path))
        {
            throw Refused(path, "the study file must exist", "nothing there", NearestFile(path));
        }

        FileStream file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            if (file.CanSeek && file.Length > MostBytes)
            {
                throw TooLarge(path, $"{file.Length} bytes");
            }

            byte[] bytes = new byte[MostBytes + 1];
            int length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            return length <= MostBytes ? bytes[..length] : throw TooLarge(path, $"more than {MostBytes} bytes");
        }
    }

    private static JsonDocument Parse(string path, byte[] bytes)
    {
        ReadOnlyMemory<byte> text = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
        if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw Refused(path, "the study file must hold a JSON object", "an empty file");
        }

        if (!Utf8.IsValid(text.Span))
        {
            throw Refused(path, "the study file must be UTF-8", "other bytes", "Save it as UTF-8.");
        }

        try
        {
            JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MostDepth });
            if (UnpairedSurrogate.In(text.Span) is >= 0 and int half)
            {
                document.Dispose();
                throw HalfCharacter(path, text.Span, half);
            }

            return document;
        }
        catch (JsonException e)
        {
            throw Refused(
                path + JsonFault.Place(e),
                $"the study file must be JSON: {JsonFault.Describe(e)}",
                "",
                Hint(text.Span, e)
            );
        }
    }

    private static InvalidInputException HalfCharacter(string path, ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> before = text[..at];
        int line = before.Count((byte)'\n') + 1;
        int column = at - before.LastIndexOf((byte)'\n');
        return Refused(
            string.Create(CultureInfo.InvariantCulture, $"{path}:{line}:{column}"),
            "an escaped character above U+FFFF must have both halves",
            $"'{Encoding.UTF8.GetString(text.Slice(at, 6))}'",
            "Write the character itself."
        );
    }

    private static string Hint(ReadOnlySpan<byte> text, JsonException fault)
    {
        for (long line = 0; line < fault.LineNumber && text.IndexOf((byte)'\n') is >= 0 and var end; line++)
        {
            text = text[(end + 1)..];
        }

        long column = fault.BytePositionInLine ?? 0;
        return column < text.Length && text[(int)column] is (byte)'/' or (byte)'#'
                ? "JSON has no comments: take them out."
            : fault.Message.Contains("trailing comma", StringComparison.Ordinal)
                ? "JSON allows no comma after the last item: take it out."
            : fault.Message.Contains("depth", StringComparison.Ordinal) ? "A study file is nested a few levels deep."
            : "";
    }

    private static string NearestFile(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Directory.Exists(folder)
            ? Spelling.Suggest(
                Path.GetFileName(path),
                Directory.EnumerateFiles(folder, "*.json").Select(f => Path.GetFileName(f))
            )
            : $"There is no folder '{folder}'.";
    }

    private static InvalidInputException TooLarge(string path, string size) =>
        Refused(
            path,
            $"the study file must be at most {MostBytes / 1024 / 1024} MiB",
            size,
            "Data are named in it, not put into it."
        );

    private static InvalidInputException Refused(string path, string rule, string value, string hint = "") =>
        new([new Problem(path, rule, value, hint)]);
}

using System.Text;

namespace FunctionTune.Cli.Tests.Serving;

/// <summary>Requests that mean no good.</summary>
internal static class HostileRequests
{
    public static IReadOnlyList<string> Ids { get; } =
    [
        "nobody",
        "..",
        "...",
        "%2e%2e",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "..%2f..%2fetc%2fpasswd",
        "..%5c..%5cwindows",
        "%252e%252e%252f",
        "a%00b",
        "a%0d%0aX-Injected:%201",
        "%ff%fe",
        "con",
        "A",
        "a%20b",
        "-a",
        "a.json",
        new string('a', 64),
        new string('a', 4000),
        "a%2f..%2f..%2fb",
        "%F0%9F%92%A3",
        "{id}",
        "*",
        "~root",
        "$(id)",
        "<script>alert(1)</script>",
    ];

    public static IReadOnlyList<string> Queries { get; } =
    [
        "limit=0",
        "limit=-1",
        "limit=1e9",
        "limit=99999999999999999999",
        "limit=NaN",
        "limit=1&limit=2",
        "limit=",
        "limit=%00",
        "after=-2",
        "after=99999999999999999999",
        "after=%2e%2e%2f",
        "from=-1",
        "from=9223372036854775807",
        "from=2147483647",
        "from=abc",
        "id=..%2f..%2fx",
        "id=a%0d%0ab",
        "id=A",
        "id=a&id=b",
        $"id={new string('a', 3000)}",
    ];

    public static IReadOnlyList<string> Bodies { get; } =
    [
        "",
        " ",
        "null",
        "true",
        "1",
        "1e999",
        "\"x\"",
        "[]",
        "{}",
        "{",
        "}",
        "{\"a\":}",
        "{\"space\":1}",
        "{\"space\":{},\"space\":{},\"trial\":{}}",
        "{'a':1}",
        "{\"a\":1,}",
        "// x\n{}",
        "{\"\\ud800\":1}",
        "{\"space\":{\"\\udc00\":{\"uniform\":[0,1]}}}",
        "{\"maxEvals\":1e999}",
        "{\"maxEvals\":-1}",
        "{\"maxEvals\":1.5}",
        "{\"maxEvals\":99999999999999999999}",
        "{\"maxEvals\":\"5\"}",
        "{\"maxEvals\":null}",
        "{\"parallelism\":\"many\"}",
        "{\"parallelism\":0}",
        "{\"timeout\":\"99999999.00:00:00\"}",
        "{\"timeout\":1e308}",
        "{\"timeout\":-1}",
        "{\"lossThreshold\":1e999}",
        "{\"lossThreshold\":{}}",
        "{\"earlyStop\":{\"noProgress\":{\"iterations\":0}}}",
        "{\"earlyStop\":[]}",
        "{\"space\":{\"x\":{\"uniform\":[1,0]}},\"maxEvals\":1,\"trial\":{\"simulated\":{\"seconds\":1}}}",
        "{\"space\":{\"x\":{\"uniform\":[0,1e999]}},\"maxEvals\":1,\"trial\":{\"simulated\":{\"seconds\":1}}}",
        "{\"space\":{\"x\":{\"uniform\":[0,1]}},\"maxEvals\":1,\"trial\":{\"simulated\":{\"seconds\":1e999}}}",
        "{\"space\":{\"x\":{\"uniform\":[0,1]}},\"maxEvals\":1,\"trial\":{\"inProcess\":{}}}",
        "{\"space\":{\"x\":{\"uniform\":[0,1]}},\"maxEvals\":1,\"trial\":{\"unheard\":{}}}",
        "{\"space\":{\"x\":{\"uniform\":[0,1]}},\"maxEvals\":1,\"trial\":{\"simulated\":null}}",
        "{\"space\":{\"x\":{\"uniform\":[0,1]}},\"maxEvals\":1,\"earlyStop\":{\"custom\":true},\"trial\":{\"simulated\":{\"seconds\":1}}}",
        "{\"name\":\"\\u0000\",\"space\":{},\"maxEvals\":1,\"trial\":{\"databricks\":{\"host\":\"http://169.254.169.254\"}}}",
        new string('[', 100_000),
        string.Concat(Enumerable.Repeat("{\"a\":", 5000)),
        $"{{\"space\":{new string('[', 70)}{new string(']', 70)}}}",
        $"{{\"name\":\"{new string('x', 200_000)}\"}}",
        $"{{\"name\":\"{new string('x', 300_000)}\"}}",
        $"{{\"name\":\"{new string('x', 2_000_000)}\"}}",
        $"{{{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\":1"))}}}",
        "\uFEFF{}",
    ];

    public static IReadOnlyList<string?> ContentTypes { get; } =
    [
        null,
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=nonsense",
        "application/jsonx",
        "application/json, text/plain",
        ";;;",
    ];

    /// <summary>A body of which some bytes are others.</summary>
    public static byte[] Mutated(string body, Random random)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        int changes = 1 + random.Next(4);
        for (int i = 0; i < changes; i++)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}

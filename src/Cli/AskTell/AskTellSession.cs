using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Spaces;
using FunctionTune.Studies;
using FunctionTune.Suggest;

namespace FunctionTune.Cli.AskTell;

/// <summary>
/// A conversation in JSON lines: the space first, then asks and tells. Trials that were asked for and not told yet are pending.
/// A bad line is answered by its problems and changes nothing. Not thread-safe.
/// </summary>
internal sealed class AskTellSession : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;
    private readonly Dictionary<int, AskTellRequest.Tell> _told = [];
    private readonly Suggesters _suggesters;
    private AskTellRequest.Open? _open;
    private TrialHistory? _history;

    /// <summary>A conversation that has not begun.</summary>
    /// <param name="suggesters">The algorithms that the client may name.</param>
    public AskTellSession(Suggesters suggesters)
    {
        _suggesters = suggesters;
        _writer = new Utf8JsonWriter(
            _buffer,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
    }

    /// <summary>Takes one line and gives the answer, UTF-8 without a line break; empty when there is nothing to say.</summary>
    /// <param name="line">The line, UTF-8, without its line break.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlyMemory<byte> Answer(ReadOnlyMemory<byte> line)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        try
        {
            switch (AskTellReader.Read(line, _suggesters))
            {
                case AskTellRequest.Open open:
                    Open(open);
                    break;
                case AskTellRequest.Ask ask:
                    Ask(ask.Count);
                    break;
                case AskTellRequest.Tell tell:
                    Tell(tell);
                    break;
                default:
                    throw new InvalidOperationException("Unknown request.");
            }
        }
        catch (InvalidInputException e)
        {
            return Refuse(string.Join(" ", e.Problems));
        }

        _writer.Flush();
        return _buffer.WrittenMemory;
    }

    /// <summary>The answer to a line that was not even read.</summary>
    /// <param name="error">Why.</param>
    public ReadOnlyMemory<byte> Refuse(string error)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        _writer.WriteStartObject();
        _writer.WriteString("error"u8, error);
        _writer.WriteEndObject();
        _writer.Flush();
        return _buffer.WrittenMemory;
    }

    public void Dispose() => _writer.Dispose();

    private void Open(AskTellRequest.Open open)
    {
        if (_open is not null)
        {
            throw Refused("$.space", "a session has one space", hint: "Start another session for another space.");
        }

        _open = open;
        _history = new TrialHistory(open.Spec.Space);
    }

    private void Ask(int count)
    {
        TrialHistory history = Opened();
        int first = history.Observations.Count;
        StudySpec spec = _open!.Spec;
        var request = new SuggestRequest(history, first, count, (ulong)spec.Seed)
        {
            MaxEvals = spec.Limits.MaxEvals,
            // A client that asks for more before it has told all has more under way, whatever it said.
            Parallelism = Math.Max(spec.Limits.Parallelism, first - _told.Count + count),
            Explain = spec.Explain,
        };
        IReadOnlyList<Suggestion> suggestions = _open.Suggester.Suggest(request);
        _writer.WriteStartObject();
        _writer.WriteStartArray("trials"u8);
        foreach ((int i, Suggestion suggestion) in suggestions.Index())
        {
            Point point = suggestion.Point;
            history.Record(new Observation(first + i, point, LossKind.Pending, double.NaN, double.NaN));
            WriteTrial(first + i, suggestion);
        }

        _writer.WriteEndArray();
        if (suggestions.Count < count)
        {
            _writer.WriteBoolean("exhausted"u8, true);
        }

        _writer.WriteEndObject();
    }

    private void Tell(AskTellRequest.Tell tell)
    {
        TrialHistory history = Opened();
        int known = history.Observations.Count;
        if (tell.Trial >= known)
        {
            string hint = known == 0 ? "Ask for trials first." : $"Asked were 0 to {known - 1}.";
            throw Refused("$.tell.trial", "only a trial that was asked for can be told", $"{tell.Trial}", hint);
        }

        if (_told.TryGetValue(tell.Trial, out AskTellRequest.Tell? before) && before != tell)
        {
            throw Refused("$.tell.trial", "a trial ends once", $"another result for trial {tell.Trial}");
        }

        if (_told.TryAdd(tell.Trial, tell))
        {
            Point point = history.Observations[tell.Trial].Point;
            history.Record(new Observation(tell.Trial, point, tell.Kind, tell.Loss, tell.LossVariance));
        }

        _writer.WriteStartObject();
        _writer.WriteBoolean("ok"u8, true);
        _writer.WriteEndObject();
    }

    private TrialHistory Opened() =>
        _history
        ?? throw Refused(
            "$",
            "the first line names the space",
            hint: "Send {\"space\": {...}, \"algo\": \"tpe\", \"seed\": 0}."
        );

    private void WriteTrial(int number, Suggestion suggestion)
    {
        _writer.WriteStartObject();
        _writer.WriteNumber("trial"u8, number);
        _writer.WritePropertyName("params"u8);
        if (_open!.Spec.Space.Evaluate(suggestion.Point) is { } parameters)
        {
            parameters.WriteTo(_writer);
        }
        else
        {
            _writer.WriteNullValue();
        }

        WriteReasons(suggestion);
        _writer.WriteEndObject();
    }

    private void WriteReasons(Suggestion suggestion)
    {
        if (suggestion.Source is { } source)
        {
            _writer.WriteString("source"u8, source);
        }

        if (suggestion.Why is { } why)
        {
            _writer.WritePropertyName("why"u8);
            JsonSerializer.Serialize(_writer, why, StudyJson.Options);
        }
    }

    private static InvalidInputException Refused(string path, string rule, string value = "", string hint = "") =>
        new([new Problem(path, rule, value, hint)]);
}

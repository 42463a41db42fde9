using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Service.Durable;
using FunctionTune.Service.Durable.Orders;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>
/// What orders and answers weigh and what they survive. A durable queue carries 45 KiB in a message; more goes through a blob, which
/// takes longer. Within the message the payload is a string: its quotes are escaped.
/// </summary>
public sealed class PayloadTests
{
    private const int MessageBytes = 45 * 1024;
    private const int InFlight = 128;

    private static readonly JsonSerializerOptions s_default = new() { IncludeFields = true };

    private static readonly JsonSerializerOptions s_envelope = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Serializers => ["web", "default"];

    [Theory]
    [MemberData(nameof(Serializers))]
    public void The_largest_slice_is_a_message_whatever_writes_it(string serializer)
    {
        string cause = string.Concat(Enumerable.Repeat("All is lost. ", 70));
        StudyEvent[] worst =
        [
            .. Enumerable
                .Range(9000, 2 * InFlight)
                .Select(trial => new StudyEvent.Finished(
                    StudySpecs.Start.AddTicks(1_234_567),
                    trial,
                    2,
                    trial % 2 == 0
                        ? new TrialOutcome.Failed(FailureKind.Exception, cause) { Detail = cause }
                        : new TrialOutcome.Succeeded(Math.PI) { Result = new TrialResult(Math.PI) { Note = cause } }
                )),
        ];

        LogSlice slice = SliceOf(worst);

        Assert.Equal(LogSlice.MostFacts, slice.Facts.Length);
        Assert.True(slice.More);
        Assert.InRange(MessageSize(slice, serializer), 1, MessageBytes);
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void A_whole_wave_of_suggestions_and_starts_is_a_message(string serializer)
    {
        StudyScript script = new StudyScript(new StudyLimits { Parallelism = InFlight }).Run(InFlight);

        Assert.InRange(MessageSize(SliceOf([.. script.Events.Skip(1)]), serializer), 1, MessageBytes);
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void The_state_of_a_study_with_all_slots_in_use_is_a_message_and_arrives_as_it_was(string serializer)
    {
        StudyScript script = new StudyScript(new StudyLimits { Parallelism = InFlight }).Run(InFlight);
        for (int i = 0; i < 40; i++)
        {
            script.Change(new LimitsChange { MaxEvals = 1000 + i });
        }

        var standing = new StudyStanding(300, SlimForm.Of(script.State)) { LastEventAt = script.Now };
        StudyStanding arrived = Travel(standing, serializer);

        Assert.InRange(MessageSize(standing, serializer), 1, MessageBytes);
        Assert.Equal(StudyLaws.Canonical(standing.State), StudyLaws.Canonical(arrived.State));
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void Facts_arrive_as_they_were(string serializer) =>
        StudyLaws.Hold(story =>
        {
            LogSlice slice = SliceOf(story.Events);

            LogSlice arrived = Travel(slice, serializer);

            Assert.Equal(
                slice.Facts.Select(f => StudyLaws.Canonical(f.Fact)),
                arrived.Facts.Select(f => StudyLaws.Canonical(f.Fact))
            );
        });

    [Fact]
    public void Orders_carry_ids_and_numbers_only()
    {
        var start = new StartOrder(
            new string('s', 63),
            123_456,
            [.. Enumerable.Range(9000, 16).Select(t => new TrialAttempt(t, 3))]
        );

        Assert.InRange(MessageSize(start, "default"), 1, 1024);
        Assert.InRange(MessageSize(new StudyRun(new string('s', 63), Continued: true), "default"), 1, 128);
    }

    private static LogSlice SliceOf(IEnumerable<StudyEvent> events)
    {
        ImmutableArray<StateFact> facts =
        [
            .. events.Select(SlimForm.Of).OfType<StudyEvent>().Select((fact, i) => new StateFact(100_000 + i, fact)),
        ];
        return LogSlice.Of(100_000, 100_000 + facts.Length, facts);
    }

    private static JsonSerializerOptions Options(string serializer) =>
        serializer == "web" ? StudyJson.Options : s_default;

    private static T Travel<T>(T payload, string serializer) =>
        JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(payload, Options(serializer)), Options(serializer))!;

    private static int MessageSize<T>(T payload, string serializer) =>
        JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Serialize(payload, Options(serializer)), s_envelope).Length;
}

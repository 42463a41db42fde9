namespace FunctionTune.Engine.Tests.Studies;

/// <summary>Study files for the reader and the published schema.</summary>
internal static class StudyCorpus
{
    private const string Space = """ "space":{"x":{"uniform":[0,1]}} """;
    private const string Trial = """ "trial":{"process":{"command":["true"]}} """;

    /// <summary>Files that are right.</summary>
    public static string[] Good { get; } =
    [
        With("\"maxEvals\":1"),
        With("\"timeout\":90"),
        With("\"timeout\":0.5"),
        With("\"timeout\":\"01:30\""),
        With("\"timeout\":\"2.23:59:59.5\""),
        With("\"lossThreshold\":-3.5"),
        With("\"earlyStop\":{\"noProgress\":{}}"),
        With("\"earlyStop\":{\"noProgress\":{\"iterations\":1,\"percent\":0.5}}"),
        With("\"$schema\":\"x\",\"name\":\"a study\",\"seed\":9007199254740992,\"maxEvals\":1"),
        With("\"algo\":\"rand\",\"maxEvals\":1"),
        With("\"algo\":{\"rand\":{}},\"maxEvals\":1"),
        With(
            "\"algo\":{\"tpe\":{\"gamma\":0.5,\"nStartupJobs\":0,\"nEICandidates\":1,\"priorWeight\":2}},\"maxEvals\":1"
        ),
        With("\"algo\":{\"grid\":{\"steps\":7}},\"maxEvals\":1"),
        With("\"algo\":{\"cmaes\":{\"sigma\":0.3,\"populationSize\":12}},\"maxEvals\":1"),
        With("\"algo\":\"sobol\",\"maxEvals\":1"),
        With(
            "\"algo\":{\"tpe-mv\":{\"gamma\":1,\"nStartupJobs\":0,\"nEICandidates\":1,\"priorWeight\":2}},\"maxEvals\":1"
        ),
        With("\"algo\":\"gp\",\"maxEvals\":1"),
        With("\"algo\":{\"gp\":{\"nStartupJobs\":2,\"maxTrials\":1000}},\"maxEvals\":1"),
        With("\"algo\":\"auto\",\"maxEvals\":1"),
        With("\"algo\":{\"auto\":{}},\"maxEvals\":1"),
        With("\"algo\":{\"anneal\":{\"avgBestIdx\":1,\"shrinkCoef\":0}},\"maxEvals\":1"),
        With(
            "\"algo\":{\"mix\":[{\"p\":0.25,\"algo\":\"rand\"},{\"p\":0.75,\"algo\":{\"tpe\":{\"gamma\":0.5}}}]},\"maxEvals\":1"
        ),
        With("\"explain\":true,\"maxEvals\":1"),
        With("\"parallelism\":\"auto\",\"maxQueueLen\":8,\"maxAttempts\":1,\"maxEvals\":1"),
        With("\"maxIdenticalFailures\":null,\"maxEvals\":1"),
        With("\"pointsToEvaluate\":[{\"x\":0.5}],\"maxEvals\":1"),
        With("\"data\":{\"a\":\"a.csv\",\"b\":{\"uri\":\"b.csv\"}},\"maxEvals\":1"),
        With(
            "\"maxEvals\":1,\"data\":{\"c\":{\"uri\":\"c\",\"bytes\":0,\"sha256\":"
                + "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}}"
        ),
        With(
            "\"maxEvals\":1,\"data\":{\"d\":{\"uri\":\"s/d\",\"manifest\":\"s/d/manifest.json\",\"source\":\"parts/*.csv\"}}"
        ),
        With("\"maxEvals\":1,\"origin\":{\"schedule\":\"nightly\",\"at\":\"2026-01-31T02:00:00Z\"}"),
        With(
            "\"maxEvals\":1,\"pointsToEvaluate\":[{\"x\":0.5}],\"origin\":{\"schedule\":\"nightly\",\"at\":\"2026-01-31T02:00:00Z\","
                + "\"previous\":\"sched-nightly-202601300200\",\"champion\":{\"trial\":3,\"loss\":-0.5,\"fits\":true},\"points\":1}"
        ),
        Of("""{"project":"A/A.csproj"}"""),
        Of("""{"project":"A","process":{"command":["dotnet","{trial}/A.dll","-v"]},"timeout":"00:01:00"}"""),
        Of("""{"process":{"command":["sh"],"environment":{"A":"1","B":""}}}"""),
        $$"""{"space":{"uniform":[0,1]},{{Trial}},"maxEvals":1,"pointsToEvaluate":[0.5]}""",
    ];

    /// <summary>Files that are wrong in a way that a schema sees, with the path of what is wrong.</summary>
    public static (string File, string Path)[] BadForm { get; } =
    [
        ("[]", "$"),
        ("1", "$"),
        ($$"""{ {{Trial}},"maxEvals":1}""", "$.space"),
        ($$"""{ {{Space}},"maxEvals":1}""", "$.trial"),
        ($$"""{ {{Space}},{{Trial}} }""", "$.maxEvals"),
        (With("\"maxEvals\":1,\"origin\":\"nightly\""), "$.origin"),
        (With("\"maxEvals\":1,\"origin\":{\"at\":\"2026-01-31T02:00:00Z\"}"), "$.origin.schedule"),
        (With("\"maxEvals\":1,\"origin\":{\"schedule\":\"nightly\"}"), "$.origin.at"),
        (With("\"maxEvals\":1,\"origin\":{\"schedule\":\"nightly\",\"at\":\"soon\"}"), "$.origin.at"),
        (With(Origin("\"previous\":\"Not an id\"")), "$.origin.previous"),
        (With(Origin("\"points\":-1")), "$.origin.points"),
        (With(Origin("\"champion\":{\"trial\":1}")), "$.origin.champion.loss"),
        (With(Origin("\"champion\":{\"trial\":1,\"loss\":1,\"fits\":\"no\"}")), "$.origin.champion.fits"),
        (With("\"maxEvals\":0"), "$.maxEvals"),
        (With("\"maxEvals\":1.5"), "$.maxEvals"),
        (With("\"maxEvals\":\"10\""), "$.maxEvals"),
        (With("\"maxEvals\":3000000000"), "$.maxEvals"),
        (With("\"maxEval\":1"), "$.maxEval"),
        (With("\"max_evals\":1"), "$.max_evals"),
        (With("\"name\":\"\",\"maxEvals\":1"), "$.name"),
        (With("\"name\":\"  \",\"maxEvals\":1"), "$.name"),
        (With("\"name\":7,\"maxEvals\":1"), "$.name"),
        (With("\"seed\":-1,\"maxEvals\":1"), "$.seed"),
        (With("\"parallelism\":0,\"maxEvals\":1"), "$.parallelism"),
        (With("\"parallelism\":\"many\",\"maxEvals\":1"), "$.parallelism"),
        (With("\"maxQueueLen\":0,\"maxEvals\":1"), "$.maxQueueLen"),
        (With("\"explain\":\"yes\",\"maxEvals\":1"), "$.explain"),
        (With("\"maxAttempts\":0,\"maxEvals\":1"), "$.maxAttempts"),
        (With("\"maxIdenticalFailures\":0,\"maxEvals\":1"), "$.maxIdenticalFailures"),
        (With("\"timeout\":0"), "$.timeout"),
        (With("\"timeout\":-5"), "$.timeout"),
        (With("\"timeout\":\"90\""), "$.timeout"),
        (With("\"timeout\":\"soon\""), "$.timeout"),
        (With("\"timeout\":\"00:99:00\""), "$.timeout"),
        (With("\"lossThreshold\":\"low\""), "$.lossThreshold"),
        (With("\"earlyStop\":20"), "$.earlyStop"),
        (With("\"earlyStop\":{\"noProgres\":{}}"), "$.earlyStop.noProgres"),
        (With("\"earlyStop\":{\"noProgress\":{\"iterations\":0}}"), "$.earlyStop.noProgress.iterations"),
        (With("\"earlyStop\":{\"noProgress\":{\"percent\":-1}}"), "$.earlyStop.noProgress.percent"),
        (With("\"earlyStop\":{\"noProgress\":{\"patience\":3}}"), "$.earlyStop.noProgress.patience"),
        (With("\"algo\":{},\"maxEvals\":1"), "$.algo"),
        (With("\"algo\":{\"tpe\":{},\"rand\":{}},\"maxEvals\":1"), "$.algo"),
        (With("\"algo\":7,\"maxEvals\":1"), "$.algo"),
        (With("\"pointsToEvaluate\":{\"x\":1},\"maxEvals\":1"), "$.pointsToEvaluate"),
        (With("\"data\":[\"a.csv\"],\"maxEvals\":1"), "$.data"),
        (With("\"data\":{\"a\":\"\"},\"maxEvals\":1"), "$.data.a"),
        (With("\"data\":{\"\":\"a.csv\"},\"maxEvals\":1"), "$.data"),
        (With("\"data\":{\" \":{\"uri\":\"a.csv\"}},\"maxEvals\":1"), "$.data"),
        (With("\"staging\":{\"uri\":\"/Volumes/m/s/v\",\"mount\":\"studies\"},\"maxEvals\":1"), "$.staging.mount"),
        (With("\"data\":{\"a\":{\"bytes\":1}},\"maxEvals\":1"), "$.data.a.uri"),
        (With("\"data\":{\"a\":{\"uri\":\"a\",\"sha256\":\"12\"}},\"maxEvals\":1"), "$.data.a.sha256"),
        (With("\"data\":{\"a\":{\"uri\":\"a\",\"md5\":\"12\"}},\"maxEvals\":1"), "$.data.a.md5"),
        (Of("{}"), "$.trial"),
        (Of("\"train.py\""), "$.trial"),
        (Of("""{"process":["python3"]}"""), "$.trial.process"),
        (Of("""{"process":{"command":"python3 train.py"}}"""), "$.trial.process.command"),
        (Of("""{"process":{"command":["python3",1]}}"""), "$.trial.process.command"),
        (Of("""{"process":{"command":[" "]}}"""), "$.trial.process.command"),
        (Of("""{"process":{"command":["a"],"environment":{"A":1}}}"""), "$.trial.process.environment.A"),
        (Of("""{"process":{"command":["a"],"shell":true}}"""), "$.trial.process.shell"),
        (Of("""{"process":{"command":["a"]},"timeout":"x"}"""), "$.trial.timeout"),
        (Of("""{"project":""}"""), "$.trial.project"),
    ];

    /// <summary>Files whose form is right and whose meaning is wrong, with the path of what is wrong.</summary>
    public static (string File, string Path)[] BadMeaning { get; } =
    [
        (With("\"staging\":{\"uri\":\"/Volumes/m/s/v\",\"access\":\"sas\"},\"maxEvals\":1"), "$.staging.access"),
        (With("\"staging\":{\"uri\":\"staged\",\"access\":\"sas\"},\"maxEvals\":1"), "$.staging.access"),
        (With("\"data\":{\"a\":\"https://a.example/x.csv?sig=s3cret\"},\"maxEvals\":1"), "$.data.a"),
        (With("\"data\":{\"a\":{\"uri\":\"https://me:s3cret@a.example/x.csv\"}},\"maxEvals\":1"), "$.data.a.uri"),
        ($$"""{"space":{"x":{"uniform":[1,0]} },{{Trial}},"maxEvals":1}""", "$.space.x.uniform"),
        (With("\"pointsToEvaluate\":[{\"x\":2}],\"maxEvals\":1"), "$.pointsToEvaluate[0].x"),
        (With("\"pointsToEvaluate\":[{\"x\":0.5},{\"y\":0.5}],\"maxEvals\":1"), "$.pointsToEvaluate[1]"),
        (With("\"maxEvals\":1,\"maxEvals\":2"), "$"),
        (With("\"seed\":9007199254740993,\"maxEvals\":1"), "$.seed"),
        (With("\"lossThreshold\":1e999"), "$.lossThreshold"),
        (With("\"timeout\":\"00:00:00\""), "$.timeout"),
    ];

    private static string With(string members) => $$"""{ {{Space}},{{Trial}},{{members}} }""";

    private static string Origin(string members) =>
        "\"maxEvals\":1,\"origin\":{\"schedule\":\"nightly\",\"at\":\"2026-01-31T02:00:00Z\"," + members + "}";

    private static string Of(string trial) => $$"""{ {{Space}},"maxEvals":1,"trial":{{trial}} }""";
}

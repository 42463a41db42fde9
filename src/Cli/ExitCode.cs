namespace FunctionTune.Cli;

/// <summary>What the command tells the shell.</summary>
internal enum ExitCode
{
    /// <summary>Done; a study finished with a best trial.</summary>
    Done = 0,

    /// <summary>What was compared is not the same.</summary>
    Different = 1,

    /// <summary>The input was refused: every problem was listed, nothing was started, nothing was written.</summary>
    InvalidInput = 2,

    /// <summary>The study finished and no trial succeeded; the cause was shown.</summary>
    NothingSucceeded = 3,

    /// <summary>A file, a program or another process stood in the way.</summary>
    Infrastructure = 4,

    /// <summary>Interrupted; the study is kept and can be resumed.</summary>
    Interrupted = 130,
}

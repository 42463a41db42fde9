namespace FunctionTune.Studies;

/// <summary>A log holds something that is no event.</summary>
/// <param name="place">Where: the log and the line.</param>
/// <param name="message">What is wrong there.</param>
/// <param name="inner">The cause, if another exception is the cause.</param>
public sealed class StudyLogException(string place, string message, Exception? inner = null)
    : FunctionTuneException($"{place}: {message}", "Restore the file from a copy, or leave the study alone.", inner);

using FunctionTune.History;

namespace FunctionTune.Suggest;

/// <summary>Answers a request point by point: each sees those before it as pending.</summary>
internal static class OneByOne
{
    /// <summary>The suggestions of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="next">The suggestion for a trial's number, from what is known; it must not change what is known.</param>
    public static Suggestion[] Suggest(SuggestRequest request, Func<HistoryIndex, int, Suggestion> next)
    {
        HistoryIndex index = request.Count > 1 ? request.History.Index.Copy(request.Count) : request.History.Index;
        var suggestions = new Suggestion[request.Count];
        for (int i = 0; i < suggestions.Length; i++)
        {
            int number = request.First + i;
            suggestions[i] = next(index, number);
            if (i < suggestions.Length - 1)
            {
                index.Record(new Observation(number, suggestions[i].Point, LossKind.Pending, double.NaN, double.NaN));
            }
        }

        return suggestions;
    }
}

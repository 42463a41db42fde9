namespace FunctionTune.Json;

/// <summary>Finds what a misspelt name was meant to be.</summary>
public static class Spelling
{
    /// <summary>A list of names longer than this is compared in part, so that many slips in it cost no minutes.</summary>
    private const int MaxCompared = 1000;

    /// <summary>
    /// The known name nearest to <paramref name="word"/>, or null when none is near: at most one slip (a letter missing, added,
    /// changed, or two swapped) for three letters, case ignored. Ties go to the first.
    /// </summary>
    /// <param name="word">The name as written.</param>
    /// <param name="known">The names that exist.</param>
    public static string? Nearest(string word, IEnumerable<string> known) =>
        known
            .Take(MaxCompared)
            .Where(name => Math.Abs(name.Length - word.Length) <= Allowed(name, word))
            .Select(name => (Name: name, Slips: Distance(Fold(word), Fold(name))))
            .Where(candidate => candidate.Slips <= Allowed(candidate.Name, word))
            .OrderBy(candidate => candidate.Slips)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    /// <summary>"Did you mean 'x'?" for the nearest known name, or <paramref name="otherwise"/> when none is near.</summary>
    /// <param name="word">The name as written.</param>
    /// <param name="known">The names that exist.</param>
    /// <param name="otherwise">What to say when none is near.</param>
    public static string Suggest(string word, IEnumerable<string> known, string otherwise = "") =>
        Nearest(word, known) is { } name ? $"Did you mean '{name}'?" : otherwise;

    // A name as long as a page was not misspelt, and would take long to compare.
    private static int Allowed(string name, string word) =>
        word.Length > 100 ? -1 : Math.Max(1, Math.Max(name.Length, word.Length) / 3);

    private static string Fold(string word) => word.ToUpperInvariant();

    /// <summary>Damerau's distance in its optimal string alignment form.</summary>
    private static int Distance(string a, string b)
    {
        int[,] slips = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                slips[i, j] =
                    i == 0 || j == 0
                        ? i + j
                        : Math.Min(
                            Math.Min(slips[i - 1, j], slips[i, j - 1]) + 1,
                            slips[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                        );
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    slips[i, j] = Math.Min(slips[i, j], slips[i - 2, j - 2] + 1);
                }
            }
        }

        return slips[a.Length, b.Length];
    }
}

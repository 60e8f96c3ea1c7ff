using System.Globalization;

namespace KretPool.Benchmark.Run;

/// <summary>Sums the doubts of a sweep up: one sentence for each topic, with the worst case.</summary>
internal sealed class DoubtSummary
{
    private readonly List<(string Topic, List<Doubt> Doubts)> _topics = [];
    private int _results;

    /// <summary>Takes in the doubts about one result.</summary>
    public void Add(IReadOnlyList<Doubt> doubts)
    {
        _results++;
        foreach (var doubt in doubts)
        {
            var known = _topics.Find(topic => topic.Topic == doubt.Topic);
            if (known.Doubts is null)
            {
                known = (doubt.Topic, []);
                _topics.Add(known);
            }

            known.Doubts.Add(doubt);
        }
    }

    /// <summary>The sentences, in the order in which the topics came up.</summary>
    public IReadOnlyList<string> Sentences => [.. _topics.Select(topic => Sentence(topic.Doubts))];

    private string Sentence(List<Doubt> doubts)
    {
        string worst = doubts.MaxBy(doubt => doubt.Degree)!.Text;
        return doubts.Count == _results && doubts.TrueForAll(doubt => doubt.Text == worst)
            ? worst
            : string.Create(CultureInfo.InvariantCulture, $"{worst} ({doubts.Count} of {_results} results, this the worst)");
    }
}

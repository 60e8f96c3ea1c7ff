using KretPool.Analysis.Statistics;
using Perfolizer.Mathematics.Cpd;

namespace KretPool.Analysis.Regressions;

/// <summary>A series cut into stretches of one level each.</summary>
/// <remarks>
/// ED-PELT, which assumes no distribution, proposes where to cut: Haynes, Fearnhead and Eckley, A computationally
/// efficient nonparametric approach for changepoint detection, Statistics and Computing 27 (2017), as in Perfolizer. It
/// goes by ranks at a few quantiles and is often a run or two off even where a change is plain, so each cut is then moved
/// to where the deviations from the medians on both sides add up to least.
/// </remarks>
internal sealed class ChangePoints
{
    private const int Passes = 3;

    private readonly double[] _values;
    private readonly int _minRuns;
    private readonly List<int> _starts;

    /// <summary>Cuts a series.</summary>
    /// <param name="values">The values, in order.</param>
    /// <param name="minRuns">How many on either side of a cut must be beyond the middle between the levels.</param>
    public ChangePoints(double[] values, int minRuns)
    {
        (_values, _minRuns) = (values, minRuns);
        _starts = values.Length < 2 * minRuns
            ? [0, values.Length]
            : [0, .. EdPeltChangePointDetector.Instance.GetChangePointIndexes(values, minRuns).Select(last => last + 1), values.Length];
        Settle();
    }

    /// <summary>Where each stretch but the first begins.</summary>
    public IReadOnlyList<int> Cuts => _starts[1..^1];

    /// <summary>The stretch before a cut.</summary>
    public Range Before(int cut) => _starts[_starts.IndexOf(cut) - 1]..cut;

    /// <summary>The stretch after a cut.</summary>
    public Range After(int cut) => cut.._starts[_starts.IndexOf(cut) + 1];

    /// <summary>How far each value is off the median of its stretch.</summary>
    public double[] Residuals()
    {
        double[] residuals = new double[_values.Length];
        for (int i = 1; i < _starts.Count; i++)
        {
            double level = Median.Of(_values[_starts[i - 1].._starts[i]]);
            for (int k = _starts[i - 1]; k < _starts[i]; k++)
            {
                residuals[k] = _values[k] - level;
            }
        }

        return residuals;
    }

    /// <summary>Joins the stretches on both sides of a cut; the other cuts settle anew.</summary>
    public void Remove(int cut)
    {
        _starts.Remove(cut);
        Settle();
    }

    private void Settle()
    {
        bool moved = true;
        for (int pass = 0; pass < Passes && moved; pass++)
        {
            moved = false;
            for (int i = 1; i + 1 < _starts.Count; i++)
            {
                int best = BestCut(_starts[i - 1], _starts[i], _starts[i + 1]);
                moved |= best != _starts[i];
                _starts[i] = best;
            }
        }

        while (_starts.FindIndex(1, _starts.Count - 2, start => !IsLasting(start)) is var odd and > 0)
        {
            _starts.RemoveAt(odd);
        }
    }

    private int BestCut(int start, int cut, int end)
    {
        double least = Deviation(start, cut) + Deviation(cut, end);
        for (int other = start + _minRuns; other <= end - _minRuns; other++)
        {
            double deviation = Deviation(start, other) + Deviation(other, end);
            if (deviation < least)
            {
                (least, cut) = (deviation, other);
            }
        }

        return cut;
    }

    private double Deviation(int start, int end)
    {
        double[] stretch = _values[start..end];
        double level = Median.Of(stretch);
        return stretch.Sum(value => Math.Abs(value - level));
    }

    // One odd night beside an ordinary one would pull the median of the two half way.
    private bool IsLasting(int cut)
    {
        double before = Median.Of(_values[Before(cut)]);
        double after = Median.Of(_values[After(cut)]);
        double middle = (before + after) / 2;
        int direction = Math.Sign(after - before);
        return direction != 0
            && Enumerable.Range(0, _minRuns).All(i =>
                Math.Sign(_values[cut + i] - middle) == direction && Math.Sign(middle - _values[cut - 1 - i]) == direction);
    }
}

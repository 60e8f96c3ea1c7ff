namespace KretPool.Analysis.Capacity;

/// <summary>Finds the smallest capacity whose miss rate stays at or under a target, by trials.</summary>
/// <param name="measure">Runs a trial with a capacity and gives its miss rate.</param>
/// <param name="maxMissRate">The target, from 0 to 1.</param>
public sealed class CapacitySearch(Func<int, double> measure, double maxMissRate)
{
    /// <summary>How many trials were run.</summary>
    public int TrialCount { get; private set; }

    /// <summary>
    /// Doubles the capacity from a first guess until the target is met, then halves the interval between the last that
    /// missed it and the first that met it. More objects are taken not to miss more often.
    /// </summary>
    /// <param name="start">The first capacity to try, 1 or more.</param>
    /// <param name="largest">The largest to try.</param>
    /// <returns>The smallest capacity that met the target and its miss rate; null if the largest did not.</returns>
    public (int Capacity, double MissRate)? Find(int start, int largest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(start, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(largest, start);
        int tooSmall = 0;
        int capacity = start;
        double missRate = Try(capacity);
        while (missRate > maxMissRate)
        {
            if (capacity == largest)
            {
                return null;
            }

            tooSmall = capacity;
            capacity = (int)Math.Min(2L * capacity, largest);
            missRate = Try(capacity);
        }

        while (capacity - tooSmall > 1)
        {
            int middle = tooSmall + ((capacity - tooSmall) / 2);
            double middleRate = Try(middle);
            if (middleRate > maxMissRate)
            {
                tooSmall = middle;
            }
            else
            {
                (capacity, missRate) = (middle, middleRate);
            }
        }

        return (capacity, missRate);
    }

    private double Try(int capacity)
    {
        TrialCount++;
        return measure(capacity);
    }
}

using System.Globalization;

namespace KretPool.Analysis.Scaling;

/// <summary>The law fitted to one curve, with how good it is and what it may be used for.</summary>
internal sealed class ScalingFit
{
    // The law has three parameters: with fewer counts than this nothing would be left to check it by.
    private const int MinThreadCounts = 4;
    private const double MaxErrorPercent = 15;

    // Further out than this the smallest error of a parameter decides everything.
    public const int MaxReach = 4;
    private const int Resamples = 400;
    private const double Tail = 0.025;

    private readonly double[] _threadCounts;
    private readonly double[] _throughput;

    public ScalingFit(IReadOnlyList<double> threadCounts, IReadOnlyList<double> throughput)
    {
        (_threadCounts, _throughput) = ([.. threadCounts], [.. throughput]);
        int distinct = _threadCounts.Distinct().Count();
        if (distinct < MinThreadCounts)
        {
            Reason = Text($"No claim: {distinct} thread counts; the law needs at least {MinThreadCounts}.");
            return;
        }

        Law = ScalabilityLaw.Fit(_threadCounts, _throughput);
        double[] residuals = Residuals(Law);
        double[] logs = [.. _throughput.Select(rate => Math.Log(rate))];
        double variation = logs.Sum(log => Square(log - logs.Average()));
        RSquared = variation > 0 ? 1 - (residuals.Sum(Square) / variation) : null;
        FitErrorPercent = 100 * Math.Sqrt(residuals.Average(Square));
        HasClaim = FitErrorPercent <= MaxErrorPercent;
        Reason = HasClaim
            ? Describe(Law)
            : Text($"No claim: the law is {FitErrorPercent:0} % off the data, more than {MaxErrorPercent:0} %.");
    }

    public ScalabilityLaw? Law { get; }

    public bool HasClaim { get; }

    public string Reason { get; }

    public double? RSquared { get; }

    public double? FitErrorPercent { get; }

    public int MaxThreadCount => (int)_threadCounts.Max();

    public bool CanPredict(int threadCount) => HasClaim && threadCount <= MaxThreadCount * MaxReach;

    /// <summary>
    /// The 95 % interval of a prediction: the law is fitted again to its own values with the residuals drawn anew, and
    /// a residual is added to what each of these laws predicts.
    /// </summary>
    public (double Low, double High) Interval(int threadCount)
    {
        double[] residuals = Residuals(Law!);

        // A fit is nearer to its own data than to new ones, by the parameters that it was free to choose.
        double widen = Math.Sqrt((double)residuals.Length / (residuals.Length - 3));
        var random = new Random(20231105);
        double[] predictions = new double[Resamples];
        for (int i = 0; i < Resamples; i++)
        {
            double[] drawn = [.. _threadCounts.Select(n => Law!.Throughput(n) * Noise())];
            predictions[i] = ScalabilityLaw.Fit(_threadCounts, drawn).Throughput(threadCount) * Noise();
        }

        Array.Sort(predictions);
        return (predictions[(int)(Tail * Resamples)], predictions[(int)((1 - Tail) * Resamples) - 1]);

        double Noise() => Math.Exp(widen * residuals[random.Next(residuals.Length)]);
    }

    private double[] Residuals(ScalabilityLaw law) =>
        [.. _threadCounts.Select((n, i) => Math.Log(_throughput[i] / law.Throughput(n)))];

    private string Describe(ScalabilityLaw law) => law.Peak switch
    {
        { } peak when peak <= _threadCounts.Min() => Text($"Throughput falls from {_threadCounts.Min()} threads on."),
        { } peak => Text($"Throughput is highest with {peak:0} threads."),
        null when law.Sigma > 0 => Text($"Throughput approaches {1 / law.Sigma:0.#} times that of one thread."),
        null => "Every thread adds as much as the first.",
    };

    private static double Square(double value) => value * value;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

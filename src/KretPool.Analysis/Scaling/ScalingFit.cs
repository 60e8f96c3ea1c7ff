using System.Globalization;
using MathNet.Numerics.Distributions;

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
    private readonly Lazy<double> _driftPerDoubling;

    public ScalingFit(IReadOnlyList<double> threadCounts, IReadOnlyList<double> throughput)
    {
        (_threadCounts, _throughput) = ([.. threadCounts], [.. throughput]);
        _driftPerDoubling = new Lazy<double>(DriftPerDoubling);
        int distinct = _threadCounts.Distinct().Count();
        if (distinct < MinThreadCounts)
        {
            Reason = Text($"No claim: {distinct} {(distinct == 1 ? "thread count" : "thread counts")}; the law needs at least {MinThreadCounts}.");
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
    /// The 95 % interval of a prediction, from two sources of error. One is noise around the law: it is fitted again to its own
    /// values with the residuals drawn anew, and a residual is added to what each of these laws predicts. The other is a
    /// machine that does not keep to the law further out: the law is fitted to the fewer threads alone, and held against
    /// what was measured with more. What it was off there, for each doubling of the threads, it may be off again.
    /// </summary>
    /// <remarks>Sources: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 9; Tashman, Out-of-sample
    /// tests of forecasting accuracy, International Journal of Forecasting 16 (2000).</remarks>
    public (double Low, double High) Interval(int threadCount)
    {
        double doublings = Math.Max(0, Math.Log2((double)threadCount / MaxThreadCount));
        double noise = NoiseDeviation(threadCount) * Student(_threadCounts.Length - 3);
        double drift = _driftPerDoubling.Value * doublings * Student(_threadCounts.Length - 3);
        double width = Math.Exp(Math.Sqrt(Square(noise) + Square(drift)));
        double predicted = Law!.Throughput(threadCount);
        return (predicted / width, predicted * width);
    }

    private static double Student(int degrees) => StudentT.InvCDF(0, 1, degrees, 1 - Tail);

    private double NoiseDeviation(int threadCount)
    {
        double[] residuals = Residuals(Law!);

        // A fit is nearer to its own data than to new ones, by the parameters that it was free to choose.
        double widen = Math.Sqrt((double)residuals.Length / (residuals.Length - 3));
        double predicted = Law!.Throughput(threadCount);
        var random = new Random(20231105);
        double[] errors = new double[Resamples];
        for (int i = 0; i < Resamples; i++)
        {
            double[] drawn = [.. _threadCounts.Select(n => Law!.Throughput(n) * Noise())];
            errors[i] = Math.Log(ScalabilityLaw.Fit(_threadCounts, drawn).Throughput(threadCount) * Noise() / predicted);
        }

        return Math.Sqrt(errors.Average(Square));

        double Noise() => Math.Exp(widen * residuals[random.Next(residuals.Length)]);
    }

    // Root of the mean square over every way to leave out the largest thread counts.
    private double DriftPerDoubling()
    {
        List<double> errors = [];
        for (int fitted = Math.Min(MinThreadCounts, _threadCounts.Length - 1); fitted < _threadCounts.Length; fitted++)
        {
            var law = ScalabilityLaw.Fit(_threadCounts[..fitted], _throughput[..fitted]);
            for (int i = fitted; i < _threadCounts.Length; i++)
            {
                errors.Add(Math.Log(_throughput[i] / law.Throughput(_threadCounts[i])) / Math.Log2(_threadCounts[i] / _threadCounts[fitted - 1]));
            }
        }

        return Math.Sqrt(errors.Average(Square));
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

using System.Globalization;
using KretPool.Benchmarks.Harness;

switch (args)
{
    case ["planted"]:
        PlantedCost.Run();
        return 0;
    case ["independent"]:
        IndependentLoop.Run();
        return 0;
    case ["verdicts"]:
        Verdicts.Run(200, TimeSpan.FromMilliseconds(10), 10);
        return 0;
    case ["verdicts", var comparisons, var milliseconds, var iterations]:
        Verdicts.Run(
            int.Parse(comparisons, CultureInfo.InvariantCulture),
            TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture)),
            int.Parse(iterations, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine(
            """
            Checks the benchmark. Run it on an idle machine, from a Release build.

              planted      pools with a known extra cost are measured at that difference
              independent  loops that share nothing with the benchmark time the same pools
              verdicts [COMPARISONS MILLISECONDS ITERATIONS]
                           a pool is compared with itself and with one a tenth slower; 200 times, with 10
                           iterations of 10 ms each, if not said otherwise
            """);
        return 64;
}

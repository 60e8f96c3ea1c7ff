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
        Verdicts.Run(TimeSpan.FromMilliseconds(10));
        return 0;
    default:
        Console.Error.WriteLine(
            """
            Checks the benchmark. Run it on an idle machine, from a Release build.

              planted      pools with a known extra cost are measured at that difference
              independent  loops that share nothing with the benchmark time the same pools
              verdicts     a pool is compared with itself and with one a tenth slower, 200 times
            """);
        return 64;
}

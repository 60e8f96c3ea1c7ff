using System.Globalization;

namespace KretPool.Benchmarks;

/// <summary>Prints the table of the designs, or with <c>--goals</c> the flagship's goals and what was measured.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        switch (arguments)
        {
            case []:
                PrintDesigns();
                return 0;
            case ["--goals"]:
                return PrintGoals() ? 0 : 1;
            default:
                Console.Error.WriteLine(
                    $"Unknown arguments '{string.Join(' ', arguments)}'. Give none for the designs, or --goals for the goals.");
                return 2;
        }
    }

    private static void PrintDesigns()
    {
        var measured = Subjects.Measure();
        double flagship = measured[(Subjects.KretPool, 2)];
        Console.WriteLine("| design | ns, 1 thread | ns, 2 threads | times KretPool's, 2 threads |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (string name in measured.Keys.Select(key => key.Name).Distinct())
        {
            if (measured.TryGetValue((name, 1), out double one) && measured.TryGetValue((name, 2), out double two))
            {
                Console.WriteLine($"| {name} | {one:F1} | {two:F1} | {two / flagship:F1} |");
            }
        }
    }

    private static bool PrintGoals()
    {
        var measured = Subjects.Measure();
        double alone = measured[(Subjects.KretPool, 1)];
        double both = measured[(Subjects.KretPool, 2)];
        Goal[] goals =
        [
            Goal.AtMost("1 thread, times a stack for each pool", 1.1, alone / measured[(Subjects.StackPerPool, 1)]),
            Goal.AtMost(
                "1 thread, times a stack for the process, both behind calls",
                1.1,
                measured[(Subjects.CalledKretPool, 1)] / measured[(Subjects.CalledStack, 1)]),
            Goal.AtMost("1 thread, times a stack for the process, both inlined", 1.1, alone / measured[(Subjects.Stack, 1)]),
            Goal.AtLeast("2 threads, efficiency", 0.97, alone / both),
            Goal.AtLeast("2 threads, times FreeList's throughput", 30, measured[(Subjects.FreeList, 2)] / both),
            Goal.AtLeast("2 threads, times DefaultObjectPool's", 8, measured[(Subjects.DefaultObjectPool, 2)] / both),
            Goal.AtLeast("2 threads, times ConcurrentBag's", 25, measured[(Subjects.ConcurrentBag, 2)] / both),
            Goal.AtMost("bulk of 32, ns an object", 1.2, measured[(Subjects.Bulk, 1)]),
            Goal.AtMost("miss with 2 threads, ns", 10, measured[(Subjects.Miss, 2)]),
        ];
        Console.WriteLine("| goal | wanted | measured | |");
        Console.WriteLine("| --- | ---: | ---: | --- |");
        foreach (Goal goal in goals)
        {
            Console.WriteLine(goal);
        }

        return goals.All(goal => goal.IsMet);
    }
}

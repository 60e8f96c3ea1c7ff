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
        var one = Subjects.MeasureDesigns(threads: 1);
        var two = Subjects.MeasureDesigns(threads: 2);
        double flagship = two[Subjects.KretPool];
        Console.WriteLine("| design | ns, 1 thread | ns, 2 threads | times KretPool's, 2 threads |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (string name in one.Keys)
        {
            Console.WriteLine($"| {name} | {one[name]:F1} | {two[name]:F1} | {two[name] / flagship:F1} |");
        }
    }

    private static bool PrintGoals()
    {
        var one = Subjects.MeasureDesigns(threads: 1);
        var two = Subjects.MeasureDesigns(threads: 2);
        var other = Subjects.MeasureBulkAndMiss();
        double alone = one[Subjects.KretPool];
        double both = two[Subjects.KretPool];
        Goal[] goals =
        [
            Goal.AtMost("1 thread, times a stack for each pool", 1.1, alone / one[Subjects.StackPerPool]),
            Goal.AtMost("1 thread, times a stack for the process", 1.1, alone / one[Subjects.Stack]),
            Goal.AtLeast("2 threads, efficiency", 0.97, alone / both),
            Goal.AtLeast("2 threads, times FreeList's throughput", 30, two[Subjects.FreeList] / both),
            Goal.AtLeast("2 threads, times DefaultObjectPool's", 8, two[Subjects.DefaultObjectPool] / both),
            Goal.AtLeast("2 threads, times ConcurrentBag's", 25, two[Subjects.ConcurrentBag] / both),
            Goal.AtMost("bulk of 32, ns an object", 1.2, other[Subjects.Bulk]),
            Goal.AtMost("miss with 2 threads, ns", 10, other[Subjects.Miss]),
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

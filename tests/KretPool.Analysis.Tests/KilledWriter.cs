using System.Diagnostics;
using System.Runtime.CompilerServices;
using KretPool.Analysis.History;

namespace KretPool.Analysis.Tests;

/// <summary>
/// A process that saves results until it is killed, telling each on its standard output once it is saved. It is the test
/// program itself, started with a variable in its environment, so that the tests need no second program.
/// </summary>
internal static class KilledWriter
{
    private const string Variable = "KRETPOOL_TEST_SAVE_UNTIL_KILLED";

    public static Process Start(string database)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!.Contains("dotnet", StringComparison.OrdinalIgnoreCase) ? Environment.ProcessPath : "dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { "exec", typeof(KilledWriter).Assembly.Location },
            Environment = { [Variable] = database },
        };
        return Process.Start(start)!;
    }

#pragma warning disable CA2255 // The program's entry point belongs to the test framework.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path)
        {
            return;
        }

        using var database = ResultDatabase.OpenOrCreate(path);
        for (int i = 0; ; i++)
        {
            var result = SampleResults.Make("KretPool", 1, 1e6 + i);
            result.HostName = $"writer {Environment.ProcessId}";
            database.Save(result);
            Console.WriteLine(i);
        }
    }
}

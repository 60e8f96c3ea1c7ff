using System.Diagnostics;
using System.Reflection;

namespace KretPool.Benchmark.Machine;

/// <summary>Whether the code that runs is the code that was meant to be measured.</summary>
internal static class BuildFacts
{
    /// <summary>Whether KretPool was compiled without optimisation.</summary>
    public static bool IsDebugBuild { get; } =
        typeof(BuildFacts).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled ?? false;

    /// <summary>Whether a setting of the process keeps the runtime from optimising.</summary>
    public static bool OptimizationIsOff { get; } = Environment.GetEnvironmentVariable("DOTNET_JITMinOpts") == "1";
}

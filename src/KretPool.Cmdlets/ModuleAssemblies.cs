using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using KretPool.Topology;

namespace KretPool.Cmdlets;

/// <summary>
/// Loads the analysis, the peers and their packages from <c>Dependencies/</c> into a load context of their own, so that
/// they never meet the versions that other modules bring.
/// </summary>
/// <remarks>
/// The pattern is the one of the article "Resolving PowerShell module assembly dependency conflicts": the default
/// context asks its <see cref="AssemblyLoadContext.Resolving"/> handlers only for what it cannot find itself, and the
/// answer may come from another context.
/// </remarks>
public sealed class ModuleAssemblies : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    // Shared by every import in the process: an assembly that has been loaded once stays, and its types with it.
    private static readonly DependencyContext s_dependencies =
        new(Path.Combine(Path.GetDirectoryName(typeof(ModuleAssemblies).Assembly.Location)!, "Dependencies"));

    // Runspaces of one process import and remove the module independently; each import adds one handler, and each
    // removal takes one away.

    /// <inheritdoc/>
    public void OnImport()
    {
        AssemblyLoadContext.Default.Resolving += Resolve;

        // Nearly every cmdlet asks for the topology, and the first reading is mostly compilation: 30 ms, against 1.5 ms
        // for the next. So it starts now, beside the script. A machine that cannot be read says so when it is asked for.
        _ = Task.Run(() => CpuTopology.Current);
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        ScriptPools.CloseAllOf(Runspace.DefaultRunspace);
        AssemblyLoadContext.Default.Resolving -= Resolve;
    }

    // Only our own two doors are opened to the default context. Their packages stay behind them.
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name is "KretPool.Analysis" or "KretPool.Peers" ? s_dependencies.LoadFromAssemblyName(name) : null;

    private sealed class DependencyContext(string folder) : AssemblyLoadContext("KretPool")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }

        protected override nint LoadUnmanagedDll(string unmanagedDllName)
        {
            foreach (string path in NativeCandidates(unmanagedDllName))
            {
                if (File.Exists(path))
                {
                    return LoadUnmanagedDllFromPath(path);
                }
            }

            return 0;
        }

        private IEnumerable<string> NativeCandidates(string name)
        {
            string extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
            foreach (string place in RuntimeIdentifiers().Select(r => Path.Combine(folder, "runtimes", r, "native")).Append(folder))
            {
                yield return Path.Combine(place, name + extension);
                yield return Path.Combine(place, "lib" + name + extension);
            }
        }

        // A runtime that a distribution has built calls itself after it, "fedora.42-x64"; native code comes under the
        // portable names, where Alpine's has a C library of its own.
        private static IEnumerable<string> RuntimeIdentifiers()
        {
            string runtime = RuntimeInformation.RuntimeIdentifier;
            yield return runtime;
            string system = OperatingSystem.IsWindows() ? "win"
                : OperatingSystem.IsMacOS() ? "osx"
                : runtime.Contains("musl", StringComparison.Ordinal) || runtime.StartsWith("alpine", StringComparison.Ordinal) ? "linux-musl"
                : "linux";
            yield return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }
}

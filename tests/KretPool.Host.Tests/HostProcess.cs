using System.Diagnostics;

namespace KretPool.Host.Tests;

/// <summary>The built host, run as a process of its own.</summary>
internal static class HostProcess
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    public static string Path { get; } = Find();

    /// <summary>Runs the host to its end, with standard input empty unless given.</summary>
    public static HostResult Run(IEnumerable<string> arguments, string input = "") =>
        Start(Path, arguments).End(input, s_timeout);

    public static HostResult RunCommand(string command, string input = "") => Run(["-Command", command], input);

    public static Process Start(string program, IEnumerable<string> arguments)
    {
        // A background job of a shell ignores SIGINT, and so do all its children: then Ctrl+C could not be tested.
        bool reset = OperatingSystem.IsLinux();
        var start = new ProcessStartInfo(reset ? "env" : program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("COLUMNS");
        start.Environment["SHELL"] = "/bin/sh";
        foreach (string argument in reset ? ["--default-signal=INT,QUIT", program, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    public static HostResult End(this Process process, string input, TimeSpan timeout)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            if (!process.WaitForExit(timeout))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"The host was still running after {timeout}.");
            }

            return new HostResult(process.ExitCode, Lines(output.Result), Lines(error.Result));
        }
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    // tests/KretPool.Host.Tests/bin/<configuration>/net10.0 beside src/KretPool.Host/bin/<configuration>/net10.0
    private static string Find()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        string root = framework.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        string program = OperatingSystem.IsWindows() ? "kretpool.exe" : "kretpool";
        return System.IO.Path.Combine(
            root, "src", "KretPool.Host", "bin", framework.Parent.Name, framework.Name, program);
    }
}

/// <summary>What a run of the host left behind, with line ends as \n.</summary>
internal sealed record HostResult(int ExitCode, string Output, string Error);

using System.Diagnostics;

namespace KretPool.Host.Tests;

/// <summary>The built host, run as a process of its own.</summary>
internal static class HostProcess
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    // The tests run from tests/KretPool.Host.Tests/bin/<configuration>/net10.0, and the host lies in
    // src/KretPool.Host/bin/<configuration>/net10.0. First in this class, since the next two start from it.
    private static readonly DirectoryInfo s_framework =
        new(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = s_framework.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

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

    private static string Find() => System.IO.Path.Combine(
        Root,
        "src",
        "KretPool.Host",
        "bin",
        s_framework.Parent!.Name,
        s_framework.Name,
        OperatingSystem.IsWindows() ? "kretpool.exe" : "kretpool");
}

/// <summary>What a run of the host left behind, with line ends as \n.</summary>
internal sealed record HostResult(int ExitCode, string Output, string Error);

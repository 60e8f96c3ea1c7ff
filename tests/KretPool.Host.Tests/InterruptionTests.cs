using System.Diagnostics;

namespace KretPool.Host.Tests;

public sealed class InterruptionTests : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);
    private readonly ScriptFolder _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_ends_a_script_after_its_finally_blocks(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The signals are sent with kill.");
        string script = _scripts.Write("forever.ps1", """
            try { [Console]::WriteLine('started'); while ($true) { $null = 1 } }
            finally { [Console]::WriteLine('cleaned up') }
            'not reached'
            """);
        Process process = HostProcess.Start(HostProcess.Path, [script]);
        Assert.Equal("started", process.StandardOutput.ReadLine());

        Send(signal, process);
        HostResult result = process.End("", s_timeout);

        Assert.Equal((exitCode, "cleaned up\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public void A_second_signal_ends_a_script_that_does_not_stop()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The signals are sent with kill.");
        string script = _scripts.Write("stubborn.ps1", """
            try { while ($true) { [Console]::WriteLine('started'); [System.Threading.Thread]::Sleep(10) } }
            finally { [Console]::WriteLine('stopping'); [System.Threading.Thread]::Sleep(-1) }
            """);
        Process process = HostProcess.Start(HostProcess.Path, [script]);
        Assert.Equal("started", process.StandardOutput.ReadLine());

        Send("INT", process);
        while (process.StandardOutput.ReadLine() is string line && line != "stopping")
        {
        }

        Send("INT", process);

        Assert.Equal(130, process.End("", s_timeout).ExitCode);
    }

    private static void Send(string signal, Process process)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}

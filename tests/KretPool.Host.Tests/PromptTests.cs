using System.Diagnostics;

namespace KretPool.Host.Tests;

/// <summary>The prompt on a pseudo terminal, which <c>script</c> of util-linux makes.</summary>
public class PromptTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_prompt_runs_lines_reads_on_in_a_block_and_leaves_with_the_code_of_exit()
    {
        using Process process = Start();
        Expect(process, "> ");
        Type(process, "6 * 7\r");
        Expect(process, "42");
        Type(process, "if ($true) {\r");
        Expect(process, ">> ");
        Type(process, "'in' + 'side' }\r");
        Expect(process, "inside");
        Type(process, "exit 5\r");

        Assert.Equal(5, process.End("", s_timeout).ExitCode);
    }

    [Fact]
    public void Ctrl_C_stops_what_runs_and_the_prompt_comes_back()
    {
        using Process process = Start();
        Expect(process, "> ");
        Type(process, "while ($true) { [Console]::WriteLine('run' + 'ning') }\r");
        Expect(process, "running");
        Type(process, "\x03");
        Expect(process, "> ");
        Type(process, "'still ' + 'here'\r");
        Expect(process, "still here");
        Type(process, "exit\r");

        Assert.Equal(0, process.End("", s_timeout).ExitCode);
    }

    private static Process Start()
    {
        const string Script = "/usr/bin/script";
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(Script), "There is no 'script' of util-linux here.");

        // The host takes the place of the shell that 'script' starts: Ctrl+C reaches every process of the terminal, and some
        // shells then end with 130, whatever their child made of it.
        string command = $"TERM=xterm exec '{HostProcess.Path}'";
        return HostProcess.Start(Script, ["--quiet", "--return", "--command", command, "/dev/null"]);
    }

    private static void Type(Process process, string keys)
    {
        process.StandardInput.Write(keys);
        process.StandardInput.Flush();
    }

    // Reads up to the text and no further.
    private static void Expect(Process process, string text)
    {
        var seen = new System.Text.StringBuilder();
        while (!seen.ToString().EndsWith(text, StringComparison.Ordinal))
        {
            int next = process.StandardOutput.Read();
            Assert.True(next >= 0, $"The output ended without '{text}': {seen}");
            seen.Append((char)next);
        }
    }
}

namespace KretPool.Host;

/// <summary>Exit codes of the host besides those that a script chooses.</summary>
internal static class ExitCodes
{
    /// <summary>Everything went well.</summary>
    public const int Success = 0;

    /// <summary>A terminating error that nothing caught, or a last command that failed.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong, or the script file is not there; what <c>pwsh</c> returns for both.</summary>
    public const int BadUsage = 64;

    /// <summary>What a shell reports for a process that a signal ended.</summary>
    /// <param name="signal">The number of the signal.</param>
    /// <returns>128 plus the number.</returns>
    public static int FromSignal(int signal) => 128 + signal;
}

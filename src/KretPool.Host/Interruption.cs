using System.Runtime.InteropServices;

namespace KretPool.Host;

/// <summary>
/// Ctrl+C and SIGTERM. The first of either is handed on, so that what runs can end well; the second ends the process as
/// if nobody had listened.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Func<PosixSignal, bool> _handle;

    /// <summary>Starts listening.</summary>
    /// <param name="handle">
    /// Called for each signal, on a thread of its own. Returns whether the signal is dealt with; if not, the process ends.
    /// </param>
    public Interruption(Func<PosixSignal, bool> handle)
    {
        _handle = handle;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void OnSignal(PosixSignalContext context) => context.Cancel = _handle(context.Signal);
}

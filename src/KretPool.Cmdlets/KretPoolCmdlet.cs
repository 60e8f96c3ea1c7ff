using System.Collections.ObjectModel;
using System.Management.Automation;

namespace KretPool.Cmdlets;

/// <summary>The base of every cmdlet: a token that Ctrl+C cancels, paths as PowerShell gives them, and errors with an id.</summary>
public abstract class KretPoolCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected CancellationToken StopToken => _stopping.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>Releases what the cmdlet holds. PowerShell calls it when the pipeline ends, however it ends.</summary>
    /// <param name="disposing">Whether managed resources are to be released.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping.Dispose();
        }
    }

    /// <summary>Ends the cmdlet with an error.</summary>
    /// <param name="exception">What went wrong; its message says which value and what would be right.</param>
    /// <param name="id">A stable id for scripts.</param>
    /// <param name="category">The category.</param>
    /// <param name="target">What it went wrong with.</param>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    protected void Fail(Exception exception, string id, ErrorCategory category, object? target)
    {
        ThrowTerminatingError(new ErrorRecord(exception, id, category, target));
        throw exception; // Never reached: ThrowTerminatingError throws.
    }

    /// <summary>Resolves a path for writing, which need not exist, to a path of the file system.</summary>
    /// <param name="path">The path as the operator gave it, relative to the current location.</param>
    /// <returns>The full path.</returns>
    protected string ResolveOutputPath(string path) => EscapedPath.Resolve(path, ResolveLiteralPath);

    /// <summary>Resolves a path, which need not exist, to a path of the file system, character by character.</summary>
    /// <param name="path">The path as the operator gave it, relative to the current location.</param>
    /// <returns>The full path.</returns>
    protected string ResolveLiteralPath(string path)
    {
        string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != "FileSystem")
        {
            Fail(
                new ArgumentException($"'{path}' is on the {provider.Name} provider. Give a path of the file system."),
                "PathNotFileSystem", ErrorCategory.InvalidArgument, path);
        }

        return full;
    }

    /// <summary>Resolves paths for reading, which must exist, to paths of the file system.</summary>
    /// <param name="paths">The paths as the operator gave them.</param>
    /// <param name="literal">Whether wildcards are taken as plain characters.</param>
    /// <returns>The full paths; an error is written for each that matches nothing.</returns>
    protected IEnumerable<string> ResolveInputPaths(IEnumerable<string> paths, bool literal)
    {
        ArgumentNullException.ThrowIfNull(paths);
        foreach (string path in paths)
        {
            foreach (string full in ResolveInputPath(path, literal))
            {
                yield return full;
            }
        }
    }

    /// <summary>Writes a file as Get-Item would, so that it shows and pipes on as any other file.</summary>
    /// <param name="path">The full path.</param>
    protected void WriteFile(string path) =>
        WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);

    private Collection<string> ResolveInputPath(string path, bool literal)
    {
        try
        {
            if (literal)
            {
                string full = ResolveLiteralPath(path);
                return Path.Exists(full)
                    ? [full]
                    : throw new ItemNotFoundException($"There is no file or folder '{path}'.");
            }

            var found = GetResolvedProviderPathFromPSPath(path, out var provider);
            if (provider.Name != "FileSystem")
            {
                throw new ArgumentException(
                    $"'{path}' is on the {provider.Name} provider. Give a path of the file system.");
            }

            return found.Count > 0 ? found : throw new ItemNotFoundException($"'{path}' matches no file or folder.");
        }
        catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ArgumentException)
        {
            WriteError(new ErrorRecord(e, "PathNotFound", ErrorCategory.ObjectNotFound, path));
            return [];
        }
    }
}

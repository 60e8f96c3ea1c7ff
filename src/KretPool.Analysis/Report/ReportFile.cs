using KretPool.Analysis.Report.Html;
using KretPool.Analysis.Report.Xlsx;

namespace KretPool.Analysis.Report;

/// <summary>
/// The file that a report goes into. Opening it checks that it can be written, so that this is known before anything is
/// measured; until <see cref="Write"/> succeeds, a file that was there before stays as it was.
/// </summary>
public sealed class ReportFile : IDisposable
{
    private readonly Action<Report, Stream> _writer;
    private readonly string _temporaryPath;
    private readonly FileStream _stream;
    private bool _written;

    private ReportFile(string path, Action<Report, Stream> writer, string temporaryPath)
    {
        Path = path;
        _writer = writer;
        _temporaryPath = temporaryPath;
        _stream = new FileStream(temporaryPath, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>The full path of the report.</summary>
    public string Path { get; }

    /// <summary>Prepares a report file. Its format follows from the extension: <c>.xlsx</c> or <c>.html</c>.</summary>
    /// <param name="path">The path.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <returns>The file, not yet visible under its name.</returns>
    /// <exception cref="ArgumentException">The extension is not one of a report.</exception>
    /// <exception cref="IOException">The file exists and must not be replaced, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder must not be written.</exception>
    public static ReportFile Open(string path, bool overwrite)
    {
        string full = System.IO.Path.GetFullPath(path);
        var writer = WriterFor(full);
        string folder = System.IO.Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to write the report into.");
        }

        if (Directory.Exists(full))
        {
            throw new IOException($"'{full}' is a folder. Give the path of a file.");
        }

        if (File.Exists(full))
        {
            // A link stays, and what it points to is replaced.
            full = File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
            folder = System.IO.Path.GetDirectoryName(full)!;
            CheckReplaceable(full, overwrite);
        }

        return new ReportFile(full, writer, System.IO.Path.Combine(folder, $".{Guid.NewGuid():N}.tmp"));
    }

    /// <summary>Writes the report and puts it under its name. Can be called once.</summary>
    /// <param name="report">The report.</param>
    public void Write(Report report)
    {
        _writer(report, _stream);
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_temporaryPath, Path, overwrite: true);
        _written = true;
    }

    /// <summary>Gives the file up if it was not written; nothing stays behind.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (!_written)
        {
            File.Delete(_temporaryPath);
        }
    }

    private static Action<Report, Stream> WriterFor(string path) => System.IO.Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".XLSX" => WorkbookWriter.Write,
        ".HTML" or ".HTM" => PageWriter.Write,
        _ => throw new ArgumentException($"'{path}' does not tell the format of a report. End it with .xlsx or .html."),
    };

    private static void CheckReplaceable(string path, bool overwrite)
    {
        if (!overwrite)
        {
            throw new IOException($"'{path}' exists. It is replaced with -Force only.");
        }

        if (File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
        {
            throw new UnauthorizedAccessException($"'{path}' is read-only. Make it writable, or give another path.");
        }

        // On Windows a workbook that is open in a spreadsheet program is locked, and could not be replaced at the end.
        using var _ = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
    }
}

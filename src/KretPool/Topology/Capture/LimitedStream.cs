namespace KretPool.Topology.Capture;

/// <summary>Reads from another stream up to a limit: what a small archive swells to must not fill the memory.</summary>
internal sealed class LimitedStream(Stream stream, long limit, Func<Exception> beyond) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = stream.Read(buffer);
        _position += count;
        return _position <= limit ? count : throw beyond();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

namespace KretPool.Topology.Capture;

/// <summary>Reads bits from a stream, the highest of a byte first.</summary>
internal sealed class BZip2Bits(Stream stream)
{
    private readonly byte[] _buffer = new byte[8192];
    private int _next, _end;
    private uint _bits;
    private int _count;

    /// <summary>Reads 1 to 24 bits.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public uint Read(int count)
    {
        while (_count < count)
        {
            int next = NextByte();
            if (next < 0)
            {
                throw new EndOfStreamException("bzip2: the data ends too early.");
            }

            _bits = (_bits << 8) | (uint)next;
            _count += 8;
        }

        _count -= count;
        return _bits >> _count & ((1u << count) - 1);
    }

    /// <summary>Skips to the next whole byte. Returns whether there is one.</summary>
    public bool MoveToNextStream()
    {
        _count -= _count % 8;
        if (_count > 0)
        {
            return true;
        }

        int next = NextByte();
        _bits = (uint)next;
        _count = next < 0 ? 0 : 8;
        return next >= 0;
    }

    private int NextByte()
    {
        if (_next == _end)
        {
            _next = 0;
            _end = stream.Read(_buffer, 0, _buffer.Length);
        }

        return _end == 0 ? -1 : _buffer[_next++];
    }
}

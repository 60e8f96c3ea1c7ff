namespace KretPool.Topology.Capture;

/// <summary>Decompresses bzip2, which .NET lacks. Reads concatenated streams, checks every checksum.</summary>
/// <remarks>
/// A block is, in the order of decompression: Huffman codes in one of two to six tables that change every 50 symbols,
/// move-to-front ranks with runs of rank 0, the Burrows-Wheeler transform, and runs of four bytes and a count.
/// Source: the format as written down by J. Tsai, "BZIP2: Format Specification" (2016); M. Burrows and D. Wheeler,
/// "A block-sorting lossless data compression algorithm" (1994).
/// </remarks>
internal sealed class BZip2Stream : Stream
{
    private const ulong BlockMagic = 0x314159265359;
    private const ulong EndMagic = 0x177245385090;
    private const int MaxTables = 6;
    private const int GroupSize = 50;
    private const int MaxCodeLength = 20;

    private readonly BZip2Bits _bits;
    private int _blockSize;
    private uint[] _transform = [];
    private uint _streamChecksum;
    private bool _ended;

    // The block that is being read out.
    private uint _place;
    private int _left;
    private int _runByte = -1, _runLength, _repeat;
    private uint _checksum, _expectedChecksum;
    private bool _inBlock;

    public BZip2Stream(Stream stream)
    {
        _bits = new(stream);
        ReadHeader();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = 0;
        while (count < buffer.Length)
        {
            if (_repeat > 0)
            {
                _repeat--;
                buffer[count++] = Emit(_runByte);
            }
            else if (_left > 0)
            {
                NextByte(buffer, ref count);
            }
            else if (!NextBlock())
            {
                break;
            }
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // After four equal bytes comes a count of further ones.
    private void NextByte(Span<byte> buffer, ref int count)
    {
        _place = _transform[_place];
        int value = (int)(_place & 0xff);
        _place >>= 8;
        _left--;
        if (_runLength == 4)
        {
            _repeat = value;
            _runLength = 0;
            return;
        }

        _runLength = value == _runByte ? _runLength + 1 : 1;
        _runByte = value;
        buffer[count++] = Emit(value);
    }

    private byte Emit(int value)
    {
        _checksum = (_checksum << 8) ^ BZip2Checksum.Table[(_checksum >> 24) ^ (uint)value];
        return (byte)value;
    }

    private void ReadHeader()
    {
        if (_bits.Read(24) != 0x425a68 || _bits.Read(8) is not (>= '1' and <= '9' and var level))
        {
            throw new InvalidDataException("not bzip2: the header is wrong.");
        }

        _blockSize = (int)(level - '0') * 100_000;
        _streamChecksum = 0;
    }

    private bool NextBlock()
    {
        FinishBlock();
        while (!_ended)
        {
            ulong magic = ((ulong)_bits.Read(24) << 24) | _bits.Read(24);
            _expectedChecksum = (_bits.Read(16) << 16) | _bits.Read(16);
            if (magic == BlockMagic)
            {
                ReadBlock();
                return true;
            }

            if (magic != EndMagic)
            {
                throw new InvalidDataException("bzip2: neither a block nor the end where one must be.");
            }

            if (_expectedChecksum != _streamChecksum)
            {
                throw new InvalidDataException("bzip2: the checksum of the stream is wrong.");
            }

            _ended = !_bits.MoveToNextStream();
            if (!_ended)
            {
                ReadHeader();
            }
        }

        return false;
    }

    private void FinishBlock()
    {
        if (!_inBlock)
        {
            return;
        }

        _inBlock = false;
        if (~_checksum != _expectedChecksum)
        {
            throw new InvalidDataException("bzip2: the checksum of a block is wrong.");
        }

        _streamChecksum = ((_streamChecksum << 1) | (_streamChecksum >> 31)) ^ _expectedChecksum;
    }

    private void ReadBlock()
    {
        if (_bits.Read(1) != 0)
        {
            throw new InvalidDataException("bzip2: randomised blocks (before version 0.9.5) are not supported.");
        }

        uint origin = _bits.Read(24);
        var symbols = ReadSymbols();
        int alphabet = symbols.Count + 2;
        var (selectors, tables) = ReadTables(alphabet);
        int length = ReadRanks(symbols, alphabet - 1, selectors, tables);
        if (origin >= length)
        {
            throw new InvalidDataException("bzip2: the origin of a block is outside it.");
        }

        InvertTransform(length);
        _place = _transform[origin] >> 8;
        _left = length;
        _runByte = -1;
        _runLength = 0;
        _checksum = 0xffffffff;
        _inBlock = true;
    }

    // Which bytes occur: 16 bits tell which groups of 16 do, then 16 bits for each of those.
    private List<byte> ReadSymbols()
    {
        var symbols = new List<byte>(256);
        uint groups = _bits.Read(16);
        for (int group = 0; group < 16; group++)
        {
            uint used = (groups >> (15 - group) & 1) != 0 ? _bits.Read(16) : 0;
            for (int i = 0; i < 16; i++)
            {
                if ((used >> (15 - i) & 1) != 0)
                {
                    symbols.Add((byte)((group * 16) + i));
                }
            }
        }

        return symbols.Count > 0 ? symbols : throw new InvalidDataException("bzip2: a block without symbols.");
    }

    private (byte[] Selectors, BZip2Table[] Tables) ReadTables(int alphabet)
    {
        int tableCount = (int)_bits.Read(3);
        int selectorCount = (int)_bits.Read(15);
        if (tableCount is < 2 or > MaxTables || selectorCount == 0)
        {
            throw new InvalidDataException("bzip2: impossible Huffman tables.");
        }

        // Selectors are move-to-front ranks, in unary.
        Span<byte> order = [0, 1, 2, 3, 4, 5];
        byte[] selectors = new byte[selectorCount];
        for (int i = 0; i < selectorCount; i++)
        {
            int rank = 0;
            while (_bits.Read(1) != 0)
            {
                if (++rank == tableCount)
                {
                    throw new InvalidDataException("bzip2: a selector names no table.");
                }
            }

            byte table = order[rank];
            order[..rank].CopyTo(order[1..]);
            selectors[i] = order[0] = table;
        }

        var tables = new BZip2Table[tableCount];
        byte[] lengths = new byte[alphabet];
        for (int table = 0; table < tableCount; table++)
        {
            int codeLength = (int)_bits.Read(5);
            for (int symbol = 0; symbol < alphabet; symbol++)
            {
                while (_bits.Read(1) != 0)
                {
                    codeLength += _bits.Read(1) == 0 ? 1 : -1;
                }

                lengths[symbol] = codeLength is >= 1 and <= MaxCodeLength
                    ? (byte)codeLength
                    : throw new InvalidDataException("bzip2: an impossible length of a Huffman code.");
            }

            tables[table] = new(lengths);
        }

        return (selectors, tables);
    }

    // Fills the block with bytes: symbols 0 and 1 are the digits of a run of the front byte, the last ends the block.
    private int ReadRanks(List<byte> symbols, int endSymbol, byte[] selectors, BZip2Table[] tables)
    {
        if (_transform.Length < _blockSize)
        {
            _transform = new uint[_blockSize];
        }

        byte[] front = [.. symbols];
        int length = 0, run = 0, digit = 1, read = 0;
        while (true)
        {
            int group = read++ / GroupSize;
            if (group >= selectors.Length)
            {
                throw new InvalidDataException("bzip2: a block goes on past its last selector.");
            }

            int symbol = tables[selectors[group]].Read(_bits);
            if (symbol <= 1)
            {
                run += digit << symbol;
                digit <<= 1;
                if (run > _blockSize)
                {
                    throw new InvalidDataException("bzip2: a block larger than the header allows.");
                }

                continue;
            }

            if (length + run + (symbol == endSymbol ? 0 : 1) > _blockSize)
            {
                throw new InvalidDataException("bzip2: a block larger than the header allows.");
            }

            Array.Fill(_transform, front[0], length, run);
            length += run;
            run = 0;
            digit = 1;
            if (symbol == endSymbol)
            {
                return length;
            }

            int rank = symbol - 1;
            byte value = front[rank];
            Array.Copy(front, 0, front, 1, rank);
            front[0] = value;
            _transform[length++] = value;
        }
    }

    // Each word keeps its byte in the low 8 bits and gets the place of the byte that follows it above them.
    private void InvertTransform(int length)
    {
        Span<int> start = stackalloc int[257];
        start.Clear();
        for (int i = 0; i < length; i++)
        {
            start[(int)(_transform[i] & 0xff) + 1]++;
        }

        for (int value = 1; value < start.Length; value++)
        {
            start[value] += start[value - 1];
        }

        for (int i = 0; i < length; i++)
        {
            int value = (int)(_transform[i] & 0xff);
            _transform[start[value]++] |= (uint)i << 8;
        }
    }
}

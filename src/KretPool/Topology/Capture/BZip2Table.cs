namespace KretPool.Topology.Capture;

/// <summary>A canonical Huffman code: symbols ordered by length of code, codes of one length ascending.</summary>
internal sealed class BZip2Table
{
    private const int MaxLength = 20;

    // By length: the first code, and the place of its symbol.
    private readonly int[] _firstCode = new int[MaxLength + 1];
    private readonly int[] _firstPlace = new int[MaxLength + 2];
    private readonly int[] _symbols;

    public BZip2Table(ReadOnlySpan<byte> lengths)
    {
        _symbols = new int[lengths.Length];
        int place = 0, code = 0;
        for (int length = 1; length <= MaxLength; length++)
        {
            _firstCode[length] = code;
            _firstPlace[length] = place;
            for (int symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] == length)
                {
                    _symbols[place++] = symbol;
                    code++;
                }
            }

            code <<= 1;
        }

        _firstPlace[MaxLength + 1] = place;
    }

    /// <summary>Reads the next symbol.</summary>
    /// <exception cref="InvalidDataException">The bits are no code.</exception>
    public int Read(BZip2Bits bits)
    {
        int code = 0;
        for (int length = 1; length <= MaxLength; length++)
        {
            code = (code << 1) | (int)bits.Read(1);
            int offset = code - _firstCode[length];
            if (offset >= 0 && offset < _firstPlace[length + 1] - _firstPlace[length])
            {
                return _symbols[_firstPlace[length] + offset];
            }
        }

        throw new InvalidDataException("bzip2: bits that are no Huffman code.");
    }
}

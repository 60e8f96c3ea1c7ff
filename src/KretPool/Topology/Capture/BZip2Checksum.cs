namespace KretPool.Topology.Capture;

/// <summary>The CRC of bzip2: the polynomial of Ethernet, highest bit first.</summary>
internal static class BZip2Checksum
{
    public static readonly uint[] Table = Build();

    private static uint[] Build()
    {
        const uint polynomial = 0x04c11db7;
        uint[] table = new uint[256];
        for (uint value = 0; value < table.Length; value++)
        {
            uint state = value << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                state = (state & 0x80000000) != 0 ? (state << 1) ^ polynomial : state << 1;
            }

            table[value] = state;
        }

        return table;
    }
}

using System.Runtime.CompilerServices;
using KretPool.Benchmark.Loop;

namespace KretPool.Tests.Benchmark;

public class PaddingTests
{
    [Fact]
    public unsafe void Counters_of_two_threads_never_share_a_cache_line_wherever_the_array_begins()
    {
        WorkerCell[] cells = new WorkerCell[4];

        for (int i = 1; i < cells.Length; i++)
        {
            long gap = Distance(ref LastByte(ref cells[i - 1]), ref FirstByte(ref cells[i]));
            Assert.True(gap >= CacheLine.Separation, $"Only {gap} bytes lie between cells {i - 1} and {i}.");
        }
    }

    [Fact]
    public void The_data_of_a_cell_lies_within_the_part_that_the_padding_protects()
    {
        var cell = default(WorkerCell);

        Assert.True(Distance(ref FirstByte(ref cell), ref LastByte(ref cell)) <= CacheLine.Separation);
    }

    [Fact]
    public void The_stop_flag_is_a_line_away_from_anything_before_and_after_it()
    {
        var field = typeof(StopFlag).GetNestedType("Padded", System.Reflection.BindingFlags.NonPublic)!;
        int offset = (int)System.Runtime.InteropServices.Marshal.OffsetOf(field, "Value");
        int size = System.Runtime.InteropServices.Marshal.SizeOf(field);

        Assert.True(offset >= CacheLine.Separation);
        Assert.True(size - offset >= CacheLine.Separation);
    }

    [Fact]
    public void The_rows_of_two_threads_are_lines_apart()
    {
        Assert.True(RowBuffer.Margin<ManagedItem>() * Unsafe.SizeOf<ManagedItem>() >= CacheLine.Separation);
        Assert.Equal(3 + (2 * RowBuffer.Margin<NativeItem>()), RowBuffer.Allocate<NativeItem>(3).Length);
    }

    private static ref byte FirstByte(ref WorkerCell cell) => ref Unsafe.As<long, byte>(ref cell.Counts.Hits);

    private static ref byte LastByte(ref WorkerCell cell) =>
        ref Unsafe.Add(ref Unsafe.As<double, byte>(ref cell.ClockProbeNs), sizeof(double) - 1);

    private static long Distance(ref byte from, ref byte to) => Unsafe.ByteOffset(ref from, ref to);
}

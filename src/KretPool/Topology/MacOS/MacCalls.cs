using System.Runtime.InteropServices;
using System.Text;

namespace KretPool.Topology.MacOS;

/// <summary>sysctlbyname(3).</summary>
internal static partial class MacCalls
{
    public static string? Text(string name) =>
        Bytes(name) is { } bytes ? Encoding.UTF8.GetString(bytes).TrimEnd('\0') : null;

    public static long? Number(string name) => Bytes(name) switch
    {
        { Length: sizeof(int) } bytes => BitConverter.ToInt32(bytes),
        { Length: sizeof(long) } bytes => BitConverter.ToInt64(bytes),
        _ => null,
    };

    private static unsafe byte[]? Bytes(string name)
    {
        nuint length = 0;
        if (SysctlByName(name, null, ref length, 0, 0) != 0)
        {
            return null;
        }

        byte[] value = new byte[length];
        fixed (byte* start = value)
        {
            return SysctlByName(name, start, ref length, 0, 0) == 0 ? value[..(int)length] : null;
        }
    }

    [LibraryImport("libc", EntryPoint = "sysctlbyname", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int SysctlByName(string name, byte* value, ref nuint length, nint newValue, nuint newLength);
}

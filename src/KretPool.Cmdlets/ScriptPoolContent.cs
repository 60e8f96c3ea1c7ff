using KretPool.Memory;

namespace KretPool.Cmdlets;

/// <summary>The objects of a pool for scripts, and where they come from and go to.</summary>
/// <param name="Objects">The objects, without wrappers.</param>
/// <param name="MakeOneMore">Makes one more for a kind that grows; null if there is no more.</param>
/// <param name="ReleaseObject">Called for each object at the end; null if they are left alone.</param>
/// <param name="Blocks">The native memory behind the objects; null if they are managed.</param>
internal sealed record ScriptPoolContent(
    object[] Objects, Func<object>? MakeOneMore, Action<object>? ReleaseObject, NativeBlocks? Blocks = null);

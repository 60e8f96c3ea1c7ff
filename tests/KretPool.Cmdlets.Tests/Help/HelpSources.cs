using KretPool.HelpBuilder;

namespace KretPool.Cmdlets.Tests.Help;

/// <summary>The texts in the checkout that tell of cmdlets.</summary>
internal static class HelpSources
{
    public static HelpPages Pages { get; } = HelpPages.ReadFolder(Path.Combine(ModuleSession.Root, "docs", "cmdlets"));
}

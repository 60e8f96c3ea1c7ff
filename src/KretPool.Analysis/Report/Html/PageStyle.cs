namespace KretPool.Analysis.Report.Html;

/// <summary>How a page looks: by the reader's choice light or dark, and light on paper.</summary>
internal static class PageStyle
{
    public const string Text = """
        :root { color-scheme: light dark; --page: #fff; --text: #1a1a1a; --faint: #595959; --line: #d9d9d9; --stripe: #f4f6f8; --warning: #fff2cc; --warning-text: #5c4400; --accent: #1f4e79; --faster: #d6e8f5; --slower: #fbe0d0; }
        @media (prefers-color-scheme: dark) { :root { --page: #16181c; --text: #e8e8e8; --faint: #a6a6a6; --line: #3a3f47; --stripe: #1f2329; --warning: #4a3c10; --warning-text: #ffe9a8; --accent: #8fc1ee; --faster: #14344d; --slower: #552a12; } }
        body { background: var(--page); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; margin: 0 auto; max-width: 72rem; padding: 0 1.5rem 3rem; }
        a { color: var(--accent); } :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        nav { position: sticky; top: 0; z-index: 2; background: var(--page); border-bottom: 1px solid var(--line); padding: .5rem 0; font-size: 13px; } nav a { display: inline-block; margin-right: 1rem; }
        section { scroll-margin-top: 3rem; } h1 { font-size: 1.8rem; margin-bottom: .5rem; color: var(--accent); } h2 { border-bottom: 1px solid var(--line); color: var(--accent); margin-top: 2.5rem; } h3 { margin: 1.5rem 0 .3rem; font-size: 1.05rem; } p { margin: .4rem 0; max-width: 60rem; }
        dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .15rem 1.5rem; margin: .2rem 0; } dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
        .warning { background: var(--warning); color: var(--warning-text); padding: .2rem .6rem; margin: 3px 0; border-left: 4px solid #e69f00; }
        figure { margin: 1.5rem 0; } figcaption { font-weight: 600; } svg { display: block; max-width: 100%; height: auto; } svg text { fill: var(--text); font: 12px system-ui, "Segoe UI", Roboto, sans-serif; } svg .grid { stroke: var(--line); } svg .axis { stroke: var(--faint); }
        svg:has(.series:hover) .series:not(:hover), svg:has(.series:focus) .series:not(:focus) { opacity: .2; } .series:focus { outline: none; }
        details { margin: .3rem 0; } summary { cursor: pointer; color: var(--accent); font-size: 13px; }
        .scroll { overflow: auto; max-height: 34rem; } table { border-collapse: collapse; font-size: 13px; } th { position: sticky; top: 0; background: var(--page); text-align: left; box-shadow: inset 0 -2px var(--line); } th, td { padding: .15rem .6rem; white-space: nowrap; border-bottom: 1px solid var(--line); } td { max-width: 24rem; overflow: hidden; text-overflow: ellipsis; } tbody tr:nth-child(even) td { background: var(--stripe); } .number { text-align: right; font-variant-numeric: tabular-nums; } tbody td.Faster { background: var(--faster) !important; } tbody td.Slower { background: var(--slower) !important; }
        @page { size: landscape; margin: 12mm; }
        @media print {
          :root { color-scheme: light; --page: #fff; --text: #000; --faint: #444; --line: #bbb; --stripe: #f4f6f8; --warning: #fff; --warning-text: #000; --accent: #1f4e79; --faster: #d6e8f5; --slower: #fbe0d0; }
          body { max-width: none; padding: 0; font-size: 11px; } nav, details { display: none; } figure, tr, .warning { break-inside: avoid; } h2, h3 { break-after: avoid; }
          figure svg { width: 100%; max-height: 150mm; } .scroll { overflow: visible; max-height: none; } table { font-size: 7px; } th { position: static; } th, td { padding: 1px 3px; white-space: normal; overflow-wrap: anywhere; max-width: none; }
        }
        """;
}

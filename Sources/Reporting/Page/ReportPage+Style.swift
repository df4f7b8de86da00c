extension ReportPage {
  /// The page's look, with the figures' colours.
  static var style: String {
    """
    :root { color-scheme: light dark; \(variables(.light)) }
    @media (prefers-color-scheme: dark) { :root { \(variables(.dark)) } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--background); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
    main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
    h1 { font-size: 1.9rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem;
      border-bottom: 1px solid var(--grid); }
    dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem;
      margin: 0; }
    dl div { border: 1px solid var(--grid); border-radius: .5rem; padding: .6rem .8rem; }
    dt { color: var(--muted); font-size: .85rem; }
    dd { margin: 0; font-size: 1.1rem; font-weight: 600; }
    .missing { border: 1px solid var(--accent); border-radius: .5rem; padding: 0 1rem;
      margin-top: 1.5rem; overflow-wrap: anywhere; }
    .missing h2 { border: 0; margin: .75rem 0 0; }
    .proved { color: var(--good); font-weight: 600; }
    math { font-size: 1.1em; }
    math[display="block"] { font-size: 1.6em; margin: 1rem 0; overflow-x: auto;
      overflow-y: hidden; padding: .25rem 0; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .95rem; }
    th { text-align: left; color: var(--muted); font-weight: 500; }
    th, td { padding: .3rem 1.1rem .3rem 0; border-bottom: 1px solid var(--grid);
      white-space: nowrap; font-variant-numeric: tabular-nums; }
    tr.chosen td { color: var(--accent); font-weight: 600; }
    figure { margin: 1.25rem 0; overflow-x: auto; }
    .letters { position: absolute; }
    figure svg { display: block; max-width: 100%; height: auto; }
    .dark { display: none; }
    @media (prefers-color-scheme: dark) { .light { display: none; } .dark { display: block; } }
    figcaption { color: var(--muted); font-size: .9rem; margin-top: .25rem; }
    pre { overflow-x: auto; background: var(--grid); padding: .8rem 1rem; border-radius: .5rem;
      font-size: .85rem; }
    /* A phone scrolls a wide figure sideways rather than shrink its letters away. */
    @media (max-width: 40rem) { figure svg { max-width: 38rem; } }
    """
  }

  private static func variables(_ theme: Theme) -> String {
    "--background: \(theme.background.css); --ink: \(theme.ink.css); --muted: \(theme.muted.css); "
      + "--grid: \(theme.grid.css); --accent: \(theme.accent.css); --good: \(theme.palette[2].css);"
  }
}

/** Colours for light and for dark pages; whoever shows the picture needs nothing else. */
export const STYLE = `
  svg { --page: #ffffff; --ink: #1b2330; --dim: #566072; --line: #7c889b; --edge: #c3cad6; --early: #b3273f;
    --even: #f4f6fa; --odd: #ffffff; --state: #e6edff; --state-edge: #8ea6e6; --accent: #2f53b8; }
  @media (prefers-color-scheme: dark) {
    svg { --page: #12151c; --ink: #e7ebf3; --dim: #a0abbd; --line: #8b97ab; --edge: #3c4658; --early: #ff8095;
      --even: #1a1f29; --odd: #12151c; --state: #22305a; --state-edge: #5877cf; --accent: #9db6ff; }
  }
  text { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
    fill: var(--ink); white-space: pre; }
  .title { font-weight: 600; }
  .detail, .note { fill: var(--dim); }
  .event { fill: var(--accent); }
  .early { fill: var(--early); }
  .page { fill: var(--page); }
  .even { fill: var(--even); stroke: var(--edge); }
  .odd { fill: var(--odd); stroke: var(--edge); }
  .state { fill: var(--state); stroke: var(--state-edge); }
  .back-even { fill: var(--even); }
  .back-odd { fill: var(--odd); }
  .arrow { fill: none; stroke: var(--line); stroke-width: 1.5; }
  .arrow.early { stroke: var(--early); stroke-dasharray: 5 4; }
  .head { fill: var(--line); }
  .head-early { fill: var(--early); }
  .loop { fill: none; stroke: var(--accent); stroke-width: 1.4; }
  .loop-head { fill: var(--accent); }
  .dot { fill: var(--ink); }
  .ring { fill: none; stroke: var(--ink); stroke-width: 1.5; }
`;

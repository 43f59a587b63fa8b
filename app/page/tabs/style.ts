/** The style of the tabs. */
export const tabsStyle = `
.tabs { display: flex; flex-wrap: wrap; gap: 0 .25rem; margin-bottom: 1.25rem; border-bottom: 1px solid var(--line); }
.tabs button { padding: .5rem .75rem; border: 0; border-bottom: 3px solid transparent; border-radius: 0; background: none; color: var(--soft); }
.tabs button:hover { color: inherit; }
.tabs [aria-selected=true] { border-color: var(--accent); color: inherit; font-weight: 600; }
`;

/** The style of corrections and of the dialogs that ask about them. */
export const correctionsStyle = `
.wrong { min-height: 1.75rem; padding: .1rem .5rem; border: 1px solid var(--line); background: transparent; color: var(--soft); font-size: .8125rem; overflow-wrap: anywhere; }
dialog { width: min(28rem, 100% - 2rem); padding: 1.25rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--card); color: inherit; }
dialog::backdrop { background: rgb(0 0 0 / .5); }
.quote { margin: 0 0 1rem; padding-left: .75rem; border-left: 3px solid var(--line); overflow-wrap: anywhere; white-space: pre-wrap; }
select, input { width: 100%; min-height: 2.75rem; padding: .5rem .7rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
#name-field { margin-top: .75rem; }
.quote, .open { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 6; overflow: hidden; }
`;

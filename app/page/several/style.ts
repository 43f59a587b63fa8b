/** The style of tables. */
export const tableStyle = `
table { width: 100%; table-layout: fixed; border-collapse: collapse; overflow-wrap: anywhere; }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--track); text-align: left; vertical-align: top; }
th { border-color: var(--line); font-size: .875rem; }
th:nth-child(2) { width: 34%; }
th.number { width: 6.5rem; }
.number { padding-right: 0; text-align: right; font-variant-numeric: tabular-nums; }
button.open { padding: 0; border: 0; min-height: 1.5rem; background: none; color: var(--accent); text-align: left; text-decoration: underline; overflow-wrap: anywhere; }
td .wrong { margin-left: .5rem; }
#progress { min-height: 1.5em; }
@media (max-width: 40rem) {
  td .wrong { display: block; margin: .25rem 0; }
  th.number { width: 5.5rem; }
}
`;

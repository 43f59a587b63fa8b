/** The style of the form for one message, its samples and its answer. */
export const oneStyle = `
.columns { display: grid; gap: 1.5rem 2rem; }
.columns > div { min-width: 0; }
.samples { display: flex; gap: .5rem; overflow-x: auto; padding: .25rem; margin: 0 -.25rem; }
.samples li { flex: none; }
.samples button { max-width: 14rem; height: 100%; text-align: left; font-size: .9375rem; }
@media (min-width: 54rem) {
  .columns { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); align-items: start; }
  .samples { flex-wrap: wrap; }
  .samples li { flex: 0 1 auto; }
  .samples button { max-width: none; }
}
#copied { overflow-wrap: anywhere; margin: 0; }
@media (hover: none) { .keys { display: none; } }
.card { min-height: 12rem; padding: 1.25rem; background: var(--card); border: 1px solid var(--track); border-radius: .75rem; }
#result, #problem { scroll-margin-top: 1.5rem; }
#waiting { margin: 0; }
.head { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; }
.head h2 { font-size: 1.4rem; margin: 0; overflow-wrap: anywhere; }
#summary { margin: 0; }
.words { font-size: 1.1rem; line-height: 1.9; margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
mark { padding: .1em .2em; border-radius: .25em; color: inherit; }
mark.towards { background: color-mix(in srgb, var(--towards) calc(.45 * var(--share)), transparent); border-bottom: 2px solid var(--towards); }
mark.against { background: color-mix(in srgb, var(--against) calc(.45 * var(--share)), transparent); border-bottom: 2px dotted var(--against); }
details { margin: 1rem 0; }
summary { cursor: pointer; color: var(--soft); }
.bars li { display: grid; grid-template-columns: minmax(7rem, 14rem) 1fr 4rem; gap: .75rem; align-items: center; padding: .2rem 0; }
.bars .name { overflow-wrap: anywhere; }
.bars .value { text-align: right; font-variant-numeric: tabular-nums; }
.track { height: .75rem; border-radius: .4rem; background: var(--track); overflow: hidden; }
.fill { height: 100%; border-radius: .4rem; background: var(--towards); }
.against .fill { background: var(--against); }
.why .track { position: relative; background: linear-gradient(var(--line), var(--line)) center / 1px 100% no-repeat, var(--track); overflow: visible; border-radius: 0; }
.why .fill { position: absolute; left: 50%; max-width: 50%; border-radius: 0; }
.why .against .fill { left: auto; right: 50%; }
@media (max-width: 26rem) {
  .bars li { grid-template-columns: 1fr auto; gap: .1rem .75rem; }
  .bars .track { grid-column: 1 / -1; grid-row: 2; }
}
`;

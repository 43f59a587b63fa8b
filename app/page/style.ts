/** The page's style sheet: one column that fits a phone, in a light and a dark colour scheme. */
export const style = `
:root {
  --ink: #1b2430; --soft: #55606e; --ground: #fbfbf9; --card: #ffffff; --line: #8a94a0;
  --accent: #0b5cad; --on-accent: #ffffff; --towards: #0b5cad; --against: #b3420e; --track: #e4e8ec; --problem: #9b1c1c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8ebef; --soft: #a9b3bf; --ground: #14181d; --card: #1d232a; --line: #6d7885;
    --accent: #7cb8ff; --on-accent: #0c1a2a; --towards: #7cb8ff; --against: #ff9d6b; --track: #303842; --problem: #ff9c9c;
  }
}
* { box-sizing: border-box; }
html { font: 100%/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
body { margin: 0; }
main, footer { max-width: 64rem; margin: 0 auto; padding: 1rem; }
.columns { display: grid; gap: 1rem 2rem; }
@media (min-width: 54rem) { .columns { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); align-items: start; } }
main { padding-top: clamp(1.5rem, 6vh, 4rem); }
h1 { font-size: clamp(1.6rem, 6vw, 2.2rem); line-height: 1.2; margin: 0 0 .5rem; text-wrap: balance; }
h2 { font-size: 1.15rem; margin: 0 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
.lead { color: var(--soft); margin: 0 0 1.5rem; }
.hint, footer { color: var(--soft); font-size: .875rem; }
.hint { margin: .35rem 0 .75rem; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
textarea {
  width: 100%; padding: .7rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: .5rem; resize: vertical;
}
button { font: inherit; cursor: pointer; border-radius: .5rem; min-height: 2.75rem; padding: .5rem 1rem; }
button[type=submit] { border: 0; background: var(--accent); color: var(--on-accent); font-weight: 600; }
button[disabled] { opacity: .6; cursor: progress; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
form, .columns { margin-bottom: 1rem; }
#copy { border: 1px solid var(--line); background: transparent; color: inherit; }
#copied { overflow-wrap: anywhere; }
@media (hover: none) { .keys { display: none; } }
.words { font-size: 1.1rem; line-height: 1.9; margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
mark { padding: .1em .2em; border-radius: .25em; color: inherit; }
mark.towards { background: color-mix(in srgb, var(--towards) calc(.45 * var(--share)), transparent); border-bottom: 2px solid var(--towards); }
mark.against { background: color-mix(in srgb, var(--against) calc(.45 * var(--share)), transparent); border-bottom: 2px dotted var(--against); }
details { margin: 1rem 0; }
summary { cursor: pointer; color: var(--soft); }
ul, ol { list-style: none; padding: 0; margin: 0; }
.examples { display: flex; flex-wrap: wrap; gap: .5rem; }
.examples button { border: 1px solid var(--line); background: transparent; color: inherit; text-align: left; }
.problem { color: var(--problem); font-weight: 600; }
#result { padding: 1.25rem; background: var(--card); border: 1px solid var(--track); border-radius: .75rem; }
#result h2 { font-size: 1.4rem; }
#summary { margin: 0; }
.bars li { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr 4rem; gap: .75rem; align-items: center; padding: .2rem 0; }
.bars .name { overflow-wrap: anywhere; }
.bars .value { text-align: right; font-variant-numeric: tabular-nums; }
.track { height: .75rem; border-radius: .4rem; background: var(--track); overflow: hidden; }
.fill { height: 100%; border-radius: .4rem; background: var(--towards); }
.against .fill { background: var(--against); }
.why .track { position: relative; background: linear-gradient(var(--line), var(--line)) center / 1px 100% no-repeat, var(--track); overflow: visible; border-radius: 0; }
.why .fill { position: absolute; left: 50%; max-width: 50%; border-radius: 0; }
.why .against .fill { left: auto; right: 50%; }
code { overflow-wrap: anywhere; }
a { color: var(--accent); }
@media (max-width: 26rem) {
  button[type=submit], #copy { width: 100%; margin-bottom: .5rem; }
  .bars li { grid-template-columns: 1fr auto; gap: .1rem .75rem; }
  .bars .track { grid-column: 1 / -1; grid-row: 2; }
}
`;

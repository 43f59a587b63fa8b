/** The colours, in a light and a dark scheme, and the style that all parts share. It fits a phone. */
export const baseStyle = `
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
[hidden] { display: none !important; }
html { font: 100%/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body { margin: 0; }
main, footer { max-width: 64rem; margin: 0 auto; padding: 1rem; }
/* The footer is below what can be seen at first, so that no answer moves it. */
main { min-height: 100vh; padding-top: clamp(1.5rem, 6vh, 4rem); }
h1 { font-size: clamp(1.6rem, 6vw, 2.2rem); line-height: 1.2; margin: 0 0 .5rem; text-wrap: balance; }
h2 { font-size: 1.15rem; margin: 0 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
.lead { color: var(--soft); margin: 0 0 1rem; }
.hint, footer { color: var(--soft); font-size: .875rem; }
.hint { margin: .35rem 0 .75rem; }
.problem { color: var(--problem); font-weight: 600; margin: 0; }
.unseen { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
textarea {
  width: 100%; padding: .7rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: .5rem; resize: vertical;
}
button { font: inherit; cursor: pointer; border: 1px solid var(--line); border-radius: .5rem; min-height: 2.75rem; padding: .5rem 1rem; background: transparent; color: inherit; }
button[type=submit] { border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 600; }
button[disabled] { opacity: .6; cursor: default; }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
form { margin-bottom: 1.25rem; }
dialog form { margin: 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ul, ol { list-style: none; padding: 0; margin: 0; }
code { overflow-wrap: anywhere; }
a { color: var(--accent); }
`;

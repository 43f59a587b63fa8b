/** The part of the script that shows the panel of a tab; the arrow keys, Home and End choose one. */
export const tabsScript = `
const tabs = [...document.querySelectorAll('[role=tab]')];

function selectTab(selected) {
  for (const tab of tabs) {
    tab.setAttribute('aria-selected', String(tab === selected));
    tab.tabIndex = tab === selected ? 0 : -1;
    byId(tab.getAttribute('aria-controls')).hidden = tab !== selected;
  }
  selected.focus();
}

for (const [at, tab] of tabs.entries()) {
  tab.addEventListener('click', () => selectTab(tab));
  tab.addEventListener('keydown', (event) => {
    const to = { ArrowLeft: at - 1, ArrowRight: (at + 1) % tabs.length, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    selectTab(tabs.at(to));
  });
}
`;

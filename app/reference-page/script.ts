/**
 * The page's own script: it follows the colour scheme, mends what Swagger UI lacks for screen readers, and starts Swagger UI, which
 * validates nothing elsewhere.
 */
export const script = `
'use strict';
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
follow();
dark.addEventListener('change', follow);

// A link inside the button that opens an operation is no element of its own for a screen reader. The address still follows the button.
const withoutNestedLinks = ({ React }) => ({
  wrapComponents: { DeepLink: () => ({ text }) => React.createElement('span', null, text) },
});

// What Swagger UI leaves out, by the selector of the element: the level of a heading below its title, a label,
// the focus of a long example.
const mends = {
  '.information-container': () => ({ role: 'region', 'aria-label': 'About the service' }),
  'h3.opblock-tag, section.models > h4': () => ({ 'aria-level': '2' }),
  '.opblock h4': () => ({ 'aria-level': '3' }),
  '.opblock h5': () => ({ 'aria-level': '4' }),
  'textarea.body-param__text': () => ({ 'aria-label': 'Request body' }),
  'tr[data-param-name] :is(input, select)': (field) => ({ 'aria-label': field.closest('tr').dataset.paramName }),
  'table[role=region]': () => ({ role: 'table' }),
  'pre.microlight': () => ({ tabindex: '0' }),
};
const mend = () => {
  for (const [selector, attributesOf] of Object.entries(mends))
    for (const element of document.querySelectorAll(selector))
      for (const [name, value] of Object.entries(attributesOf(element))) element.setAttribute(name, value);
};
new MutationObserver(mend).observe(document.getElementById('reference'), { childList: true, subtree: true });

SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  syntaxHighlight: { theme: 'obsidian' },
  validatorUrl: null,
  plugins: [withoutNestedLinks],
});
`;

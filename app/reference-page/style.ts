/** The page's own style sheet: what surrounds Swagger UI, and what Swagger UI lacks on a phone, for the keyboard and in contrast. */
export const style = `
html { font: 100%/1.5 system-ui, sans-serif; color: #1b2430; background: #ffffff; }
body { margin: 0; }
nav, noscript p { max-width: 1460px; margin: 0 auto; padding: 1rem 20px 0; box-sizing: border-box; }
nav a, noscript a { color: #0b5cad; }
.swagger-ui .info { margin: 1.5rem 0; }
.swagger-ui textarea.body-param__text { min-height: 9rem; }
.swagger-ui .response-col_links { display: none; }
.swagger-ui :focus-visible { outline: 3px solid #0b5cad; outline-offset: 2px; }
@media (prefers-color-scheme: light) {
  .swagger-ui .opblock.opblock-get .opblock-summary-method { background: #0b5cad; }
  .swagger-ui .opblock.opblock-post .opblock-summary-method { background: #0a6b45; }
  .swagger-ui .btn.execute { background: #0b5cad; border-color: #0b5cad; }
  .swagger-ui .btn.cancel { color: #b3261e; border-color: #b3261e; }
  .swagger-ui .info a { color: #0b5cad; }
  .swagger-ui .info .title small, .swagger-ui .download-contents { background: #55606e; }
  .swagger-ui .info .title small.version-stamp { background: #3d6b00; }
  .swagger-ui .parameter__in { color: #55606e; }
}
@media (prefers-color-scheme: dark) {
  html { color: #e4e6e6; background: #1c2022; }
  nav a, noscript a { color: #7cb8ff; }
  .swagger-ui :focus-visible { outline-color: #7cb8ff; }
  html.dark-mode .swagger-ui .opblock .opblock-section-header .try-out__btn.cancel { color: #ff9c9c; border-color: #ff9c9c; }
}
@media (max-width: 40rem) {
  .swagger-ui .responses-table thead { display: none; }
  .swagger-ui .responses-table :is(tbody, tr, td) { display: block; width: auto; }
}
`;

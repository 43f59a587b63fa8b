import { hashSource, pageSecurity } from '../http/page-security.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** Sets the page's security headers: beside its own script and style they allow Swagger UI's, which this service sends. */
export const secureReferencePage = pageSecurity({
  scripts: ["'self'", hashSource(script)],
  styles: ["'self'", hashSource(style)],
});

/** The HTML of the page that shows the OpenAPI document by Swagger UI. */
export const referencePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>API reference</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<style>${style}</style>
</head>
<body>
<nav><a href="/">Try a message</a></nav>
<noscript><p>The page needs JavaScript; the <a href="/openapi.json">OpenAPI document</a> has the same for programs.</p></noscript>
<div id="reference"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script>${script}</script>
</body>
</html>
`;

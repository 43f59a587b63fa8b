/** The tabs; each controls the panel whose id is that of the tab without `-tab`. */
export const tabs = `<div class="tabs" role="tablist" aria-label="What to try">
<button type="button" role="tab" id="one-tab" aria-controls="one" aria-selected="true">One message</button>
<button type="button" role="tab" id="several-tab" aria-controls="several" aria-selected="false" tabindex="-1">Several</button>
<button type="button" role="tab" id="corrections-tab" aria-controls="corrections" aria-selected="false" tabindex="-1">Corrections</button>
</div>`;

import type { Registry } from 'prom-client';
import { exposeCollected, type Sample } from '../../common/metrics/collected.ts';
import type { Manifest } from '../../model/artifact/manifest.ts';

type Served = Pick<Manifest, 'version' | 'reference'>;

/** Exposes the version of the served model, and what training expects it to answer. */
export function exposeServedModel(registry: Registry, served: () => Served | undefined): void {
  const samplesOf = (read: (model: Served) => Sample[]) => () => {
    const model = served();
    return model ? read(model) : [];
  };
  exposeCollected(registry, {
    type: 'gauge',
    name: 'intent_model_info',
    help: 'The served model; always 1',
    labelNames: ['version'],
    samples: samplesOf(({ version }) => [{ labels: { version }, value: 1 }]),
  });
  exposeCollected(registry, {
    type: 'gauge',
    name: 'intent_model_reference_intent_ratio',
    help: 'Share of each answer to the texts that training held out; absent for a model of an older format',
    labelNames: ['intent', 'model'],
    samples: samplesOf(intentShares),
  });
  exposeCollected(registry, {
    type: 'gauge',
    name: 'intent_model_reference_confidence_ratio',
    help: 'Share of the texts that training held out whose confidence is at most `le`; absent for a model of an older format',
    labelNames: ['le', 'model'],
    samples: samplesOf(confidenceShares),
  });
}

function intentShares({ version: model, reference }: Served): Sample[] {
  if (!reference) return [];
  return reference.intents.map(({ intent, texts }) => ({ labels: { intent, model }, value: texts / reference.texts }));
}

function confidenceShares({ version: model, reference }: Served): Sample[] {
  if (!reference) return [];
  const shares = reference.confidences.map(({ upTo, texts }) => ({
    labels: { le: upTo, model },
    value: texts / reference.texts,
  }));
  return [...shares, { labels: { le: '+Inf', model }, value: 1 }];
}

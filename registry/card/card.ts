import { formatPercent } from '../../common/percent.ts';
import { wilson } from '../../common/wilson.ts';
import type { Manifest } from '../../model/artifact/manifest.ts';
import type { VersionRecord } from '../version-record.ts';

export interface CardTable {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

export interface CardSection {
  title: string;
  sentences: readonly string[];
  table?: CardTable;
}

/** What people should know of a version of a model before they use it: the sections of a model card (Mitchell et al., 2019). */
export interface Card {
  title: string;
  sections: readonly CardSection[];
}

export interface CardProps {
  name: string;
  record: VersionRecord;
  manifest: Manifest;
  aliases: readonly string[];
}

// With fewer test texts, the interval of an intent's recall is wider than 30 points.
const fewTexts = 30;

const lowestShown = 5;

/** Describes a version of a model. */
export function describeCard(props: CardProps): Card {
  const { name, record } = props;
  const sections = [details, intendedUse, data, metrics, limits, intents].map((section) => section(props));
  return { title: `Model ${name}, version ${record.version}`, sections };
}

function details({ record, manifest, aliases }: CardProps): CardSection {
  const { profile, algorithm, tokenVectors, seed, versions } = manifest;
  const rows = [
    ['artifact', record.artifact],
    ['aliases', aliases.join(', ') || 'none'],
    ['registered', record.registeredAt],
    ['profile and algorithm', `${profile}, ${algorithm}`],
    ...(tokenVectors ? [['token vectors', `${tokenVectors.columns} columns of ${tokenVectors.source}`]] : []),
    ['seed', String(seed)],
    ['trained by', `intent-fleet ${versions.intentFleet}, natural ${versions.natural}, Node ${versions.node}`],
    ['commit', record.code.commit ?? 'unknown'],
    ['size', sizeText(record.bytes)],
  ];
  return { title: 'The model', sentences: [], table: { head: ['what', 'value'], rows } };
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function intendedUse({ manifest: { labels, threshold } }: CardProps): CardSection {
  return {
    title: 'Intended use',
    sentences: [
      `It finds which of ${labels.length} intents a short message has, and answers unknown where its confidence is below ${threshold.value.toFixed(3)}.`,
      'It is meant for messages like those that it has learned from: of the same people, about the same things, in the same languages.',
      'It is not meant to decide alone about people: its confidence is that of many answers, not of one.',
    ],
  };
}

function data({ manifest: { data, golden } }: CardProps): CardSection {
  const rows = [
    ['to learn from', String(data.train.rows), data.train.sha256],
    ['to measure with', String(data.test.rows), data.test.sha256],
  ];
  return {
    title: 'Data',
    sentences: [
      data.testShare === null
        ? 'The test texts are a file of their own.'
        : `${formatPercent(data.testShare)} of the texts were held out and not learned.`,
      ...(golden.texts > 0
        ? [`${golden.texts - golden.failures.length} of ${golden.texts} golden texts are right.`]
        : []),
    ],
    table: { head: ['texts', 'number', 'SHA-256'], rows },
  };
}

function metrics({ manifest: { metrics } }: CardProps): CardSection {
  const [low, high] = metrics.accuracyInterval;
  const rows = [
    ['accuracy', `${formatPercent(metrics.accuracy)} (95 % interval ${formatPercent(low)} to ${formatPercent(high)})`],
    ['answered, the others are unknown', formatPercent(metrics.coverage)],
    ['answered and right', formatPercent(metrics.answeredRight)],
    ['calibration error', metrics.calibrationError.toFixed(3)],
    ...(metrics.outOfScopeRecall === null
      ? []
      : [['out of scope, answered unknown', formatPercent(metrics.outOfScopeRecall)]]),
  ];
  return {
    title: 'Metrics',
    sentences: [`On ${metrics.examples} test texts with an intent.`],
    table: { head: ['metric', 'value'], rows },
  };
}

function limits({ manifest }: CardProps): CardSection {
  const { metrics, threshold, labels } = manifest;
  const measured = measuredIntents(manifest);
  const lowest = measured.slice(0, lowestShown).filter(({ f1 }) => f1 < 1);
  const few = measured.filter(({ examples }) => examples < fewTexts).length;
  const unmeasured = labels.length - measured.length;
  return {
    title: 'Limits',
    sentences: [
      `The threshold: ${threshold.rule}.`,
      ...(lowest.length > 0
        ? [`The lowest F1: ${lowest.map(({ intent, f1 }) => `${intent} ${formatPercent(f1)}`).join(', ')}.`]
        : []),
      ...(few > 0
        ? [`${few} of ${labels.length} intents have fewer than ${fewTexts} test texts: their figures are rough.`]
        : []),
      ...(unmeasured > 0 ? [`${unmeasured} of ${labels.length} intents have no test text.`] : []),
      ...(metrics.outOfScopeRecall === null
        ? ['No out-of-scope texts were given: how often it answers texts that have none of its intents is not known.']
        : []),
    ],
  };
}

function intents({ manifest }: CardProps): CardSection {
  const rows = measuredIntents(manifest).map(({ intent, precision, recall, f1, examples }) => {
    const [low, high] = wilson(Math.round(recall * examples), examples);
    return [
      ...[intent, formatPercent(f1), formatPercent(precision), formatPercent(recall)],
      ...[`${formatPercent(low)} to ${formatPercent(high)}`, String(examples)],
    ];
  });
  return {
    title: 'Intents',
    sentences: ['The lowest F1 comes first.'],
    table: { head: ['intent', 'F1', 'precision', 'recall', '95 % interval of recall', 'texts'], rows },
  };
}

/** The intents with test texts, the lowest F1 first. */
function measuredIntents({ metrics }: Manifest) {
  return Object.entries(metrics.intents)
    .map(([intent, figures]) => ({ intent, ...figures }))
    .filter(({ examples }) => examples > 0)
    .sort((left, right) => left.f1 - right.f1 || (left.intent < right.intent ? -1 : 1));
}

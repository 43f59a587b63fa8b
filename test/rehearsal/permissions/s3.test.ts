import test from 'ava';
import { s3Requirements } from '../../../rehearsal/permissions/s3.ts';
import { s3, scope } from './calls.ts';

/** What a request requires: actions with the path of the resource below `arn:aws:s3:::`. */
async function required(...request: Parameters<typeof s3>): Promise<string | undefined> {
  const found = await s3Requirements(s3(...request), scope);
  const texts = found?.map(({ action, resource }) => `${action} ${resource.arn.replace('arn:aws:s3:::', '')}`);
  return texts?.join(', ');
}

const bucketRequests: Record<string, string | undefined> = {
  'GET /': 's3:ListAllMyBuckets *',
  'HEAD /b': 's3:ListBucket b',
  'GET /b?list-type=2&prefix=x': 's3:ListBucket b',
  'GET /b/?versions': 's3:ListBucketVersions b',
  'GET /b?uploads': 's3:ListBucketMultipartUploads b',
  'PUT /b': 's3:CreateBucket b',
  'DELETE /b': 's3:DeleteBucket b',
  'GET /b?versioning': 's3:GetBucketVersioning b',
  'PUT /b?encryption': 's3:PutEncryptionConfiguration b',
  'PUT /b?lifecycle': 's3:PutLifecycleConfiguration b',
  'DELETE /b?lifecycle': 's3:PutLifecycleConfiguration b',
  'GET /b?cors': 's3:GetBucketCORS b',
  'GET /b?object-lock': 's3:GetBucketObjectLockConfiguration b',
  'PUT /b?publicAccessBlock': 's3:PutBucketPublicAccessBlock b',
  'GET /b?replication': 's3:GetReplicationConfiguration b',
  'GET /b?requestPayment': 's3:GetBucketRequestPayment b',
  'GET /b?accelerate': 's3:GetAccelerateConfiguration b',
  'GET /b?policyStatus': 's3:GetBucketPolicyStatus b',
  'DELETE /b?policy': 's3:DeleteBucketPolicy b',
  'DELETE /b?tagging': 's3:PutBucketTagging b',
  'GET /b?unheard-of': undefined,
  'GET /b?acl&policy': undefined,
  'PATCH /b': undefined,
};

const objectRequests: Record<string, string | undefined> = {
  'GET /b/a%20folder/k?x-id=GetObject': 's3:GetObject b/a folder/k',
  'HEAD /b/k': 's3:GetObject b/k',
  'GET /b/k?versionId=1': 's3:GetObjectVersion b/k',
  'PUT /b/k': 's3:PutObject b/k',
  'DELETE /b/k': 's3:DeleteObject b/k',
  'DELETE /b/k?versionId=1': 's3:DeleteObjectVersion b/k',
  'GET /b/k?tagging': 's3:GetObjectTagging b/k',
  'DELETE /b/k?tagging': 's3:DeleteObjectTagging b/k',
  'GET /b/k?acl': 's3:GetObjectAcl b/k',
  'PUT /b/k?legal-hold': 's3:PutObjectLegalHold b/k',
  'POST /b/k?uploads': 's3:PutObject b/k',
  'PUT /b/k?partNumber=1&uploadId=u': 's3:PutObject b/k',
  'POST /b/k?uploadId=u': 's3:PutObject b/k',
  'GET /b/k?uploadId=u': 's3:ListMultipartUploadParts b/k',
  'DELETE /b/k?uploadId=u': 's3:AbortMultipartUpload b/k',
  'POST /b/k': undefined,
};

for (const [request, expected] of Object.entries({ ...bucketRequests, ...objectRequests })) {
  test(request, async (t) => {
    const [method = '', url = ''] = request.split(' ');
    t.is(await required(method, url), expected);
  });
}

test('headers ask for more: tags, access, another object', async (t) => {
  t.is(await required('PUT', '/b/k', { 'x-amz-tagging': 'a=b' }), 's3:PutObject b/k, s3:PutObjectTagging b/k');
  t.is(await required('PUT', '/b/k', { 'x-amz-acl': 'private' }), 's3:PutObject b/k, s3:PutObjectAcl b/k');
  t.is(await required('PUT', '/b', { 'x-amz-acl': 'private' }), 's3:CreateBucket b, s3:PutBucketAcl b');
  const source = { 'x-amz-copy-source': '/other/a%20b?versionId=1' };
  t.is(await required('PUT', '/b/k', source), 's3:PutObject b/k, s3:GetObject other/a b');
});

test('each object of a deletion is decided on', async (t) => {
  const objects = ['<Key>a&amp;b</Key>', '<Key>c</Key><VersionId>1</VersionId>'];
  const body = `<Delete>${objects.map((object) => `<Object>${object}</Object>`).join('')}</Delete>`;
  t.is(await required('POST', '/b?delete', {}, body), 's3:DeleteObject b/a&b, s3:DeleteObjectVersion b/c');
});

test('a list is decided by its prefix', async (t) => {
  const [list] = (await s3Requirements(s3('GET', '/b?list-type=2&prefix=releases/'), scope)) ?? [];
  t.deepEqual(list?.context, { 's3:prefix': 'releases/' });
});

test('paths of other interfaces of the emulator are no objects', async (t) => {
  for (const path of ['/moto-api/reset', '/latest/meta-data/iam', '/v20180820/tags', '/%6doto-api/reset'])
    t.is(await required('GET', path), undefined, path);
});

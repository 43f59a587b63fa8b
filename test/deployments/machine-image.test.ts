import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Image } from '@aws-sdk/client-ec2';
import test from 'ava';
import { chooseImage, findImage } from '../../deployments/machine-image.ts';
import { listen } from '../support/servers.ts';

const filter = { owner: '136693071363', name: 'debian-12-amd64-*' };

const image = (day: number): Image => ({
  ImageId: `ami-${day}`,
  Name: `debian-12-amd64-2026010${day}`,
  CreationDate: `2026-01-0${day}T00:00:00.000Z`,
  RootDeviceName: '/dev/xvda',
});

const images = [image(2), image(3), image(1)];
const choose = (inService?: string, newest = false, offered = images) =>
  chooseImage(offered, { filter, inService, newest });

test('a new stage boots the newest image', (t) => {
  t.deepEqual(choose(), { image: { id: 'ami-3', rootDevice: '/dev/xvda' }, newer: undefined });
});

test('the image in service stays, and a newer one is named', (t) => {
  t.deepEqual(choose('ami-1'), {
    image: { id: 'ami-1', rootDevice: '/dev/xvda' },
    newer: 'debian-12-amd64-20260103',
  });
  t.deepEqual(choose('ami-3'), { image: { id: 'ami-3', rootDevice: '/dev/xvda' }, newer: undefined });
});

test('the newest image is taken on request, or when the one in service does not fit the settings any more', (t) => {
  const newest = { image: { id: 'ami-3', rootDevice: '/dev/xvda' }, newer: undefined };
  t.deepEqual(choose('ami-1', true), newest);
  t.deepEqual(choose('ami-9'), newest);
});

test('images without a date and a root device are accepted', (t) => {
  t.deepEqual(choose(undefined, false, [{ ImageId: 'ami-1' }]), {
    image: { id: 'ami-1', rootDevice: '/dev/xvda' },
    newer: undefined,
  });
});

test('no image is an error that names the setting', (t) => {
  t.throws(() => choose(undefined, false, []), {
    name: 'UserError',
    message: 'fleet.image: expected an image of 136693071363 with the name debian-12-amd64-*, found none',
  });
});

test('AWS is asked for available images of the owner, deprecated ones too', async (t) => {
  let asked = new URLSearchParams();
  const item = '<item><imageId>ami-1</imageId><rootDeviceName>xvda</rootDeviceName></item>';
  const server = createServer(async (request, response) => {
    asked = new URLSearchParams(await text(request));
    response.end(`<DescribeImagesResponse><imagesSet>${item}</imagesSet></DescribeImagesResponse>`);
  });
  const access = {
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${await listen(t, server)}`,
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  };
  const { image: found } = await findImage(access, { filter, inService: undefined, newest: false });
  t.deepEqual(found, { id: 'ami-1', rootDevice: 'xvda' });
  asked.delete('Version');
  t.deepEqual(Object.fromEntries(asked), {
    Action: 'DescribeImages',
    'Owner.1': '136693071363',
    'Filter.1.Name': 'name',
    'Filter.1.Value.1': 'debian-12-amd64-*',
    'Filter.2.Name': 'virtualization-type',
    'Filter.2.Value.1': 'hvm',
    'Filter.3.Name': 'state',
    'Filter.3.Value.1': 'available',
    IncludeDeprecated: 'true',
  });
});

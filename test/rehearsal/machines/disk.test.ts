import { totalmem } from 'node:os';
import test from 'ava';
import { diskMount, usableMemory, withoutDisk } from '../../../rehearsal/machines/disk.ts';

const mount = (options: string) => ['mount', '-t', 'tmpfs', '-o', options, 'disk', '/run/machines/i-1'];

test("a disk has the launch template's size, with as many inodes as on ext4", (t) => {
  const options = 'mode=755,size=8589934592,nr_inodes=524288';
  t.deepEqual(diskMount('/run/machines/i-1', 8, 2 ** 40), mount(options) as never);
  t.deepEqual(diskMount('/run/machines/i-1', 8, 2 ** 36), mount(options) as never);
});

test('a disk is at most an eighth of the memory', (t) => {
  const options = 'mode=755,size=2147483648,nr_inodes=131072';
  t.deepEqual(diskMount('/run/machines/i-1', 8, 2 ** 34), mount(options) as never);
  t.deepEqual(diskMount('/run/machines/i-1', 8, 2 ** 34 + 1), mount(options) as never);
  t.true(usableMemory() > 0 && usableMemory() <= totalmem());
});

test('a disk is unmounted with what is mounted below it, even if it is in use', (t) => {
  t.deepEqual(withoutDisk('/run/machines/i-1'), ['umount', '--lazy', '--recursive', '/run/machines/i-1']);
});

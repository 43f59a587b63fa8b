import test from 'ava';
import { capacityAbove, capacityBelow } from '../../../rehearsal/scaling/capacity.ts';

const capacity = (desired: number, warming = 0) => ({ desired, warming });

test('above its target, a metric is brought to it', (t) => {
  t.is(capacityAbove(100, 50, capacity(2)), 4);
  t.is(capacityAbove(51, 50, capacity(2)), 3);
  t.is(capacityAbove(75, 50, capacity(4)), 6);
  t.is(capacityAbove(1000, 0.5, capacity(1)), 2000);
});

test('machines that warm up count as added already', (t) => {
  t.is(capacityAbove(100, 50, capacity(4, 2)), 4);
  t.is(capacityAbove(100, 50, capacity(4, 1)), 6);
  t.is(capacityAbove(100, 50, capacity(4, 4)), 4);
});

test('a value that has fallen again does not remove machines', (t) => {
  t.is(capacityAbove(10, 50, capacity(4)), 4);
});

test('below its target, one machine at a time is removed, as far as the metric stays below it', (t) => {
  t.is(capacityBelow(0, 50, capacity(4)), 3);
  t.is(capacityBelow(34, 50, capacity(4)), 3);
  t.is(capacityBelow(38, 50, capacity(4)), 4);
  t.is(capacityBelow(0, 50, capacity(1)), 0);
  t.is(capacityBelow(10, 50, capacity(0)), 0);
});

test('while machines warm up, none is removed', (t) => {
  t.is(capacityBelow(0, 50, capacity(4, 1)), 4);
});

// One frame, one change of the page; and what happens where no frames are drawn.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Frames } from '../src/app/frame.js';
import { FakeTime } from './fakes.js';

/** A page whose frames the test draws. */
function setup() {
  const time = new FakeTime();
  /** @type {Map<number, () => void>} */
  const asked = new Map();
  const page = { hidden: false, next: 1 };
  /** @type {string[]} */
  const done = [];
  const frames = new Frames({
    is_hidden: () => page.hidden,
    request_frame: (run) => {
      asked.set(page.next, run);
      return page.next++;
    },
    cancel_frame: (frame) => asked.delete(frame),
    set_timer: (run, ms) => time.set(run, ms),
    clear_timer: (timer) => time.clear(timer),
  });
  const draw = () => {
    const runs = [...asked.values()];
    asked.clear();
    for (const run of runs) run();
    return runs.length;
  };
  const named = (/** @type {string} */ name) => () => void done.push(name);
  return { time, page, frames, done, draw, named };
}

test('however much is asked for within a frame, each task runs once, in one frame', () => {
  const { frames, done, draw, named } = setup();
  const [show, move] = [named('show'), named('move')];
  for (const task of [show, move, show, show]) frames.next(task);
  assert.deepEqual(done, []);
  assert.equal(draw(), 1);
  assert.deepEqual(done, ['show', 'move']);
  assert.equal(draw(), 0);
});

test('what is asked for while a frame is being prepared waits for the next', () => {
  const { frames, done, draw, named } = setup();
  const again = named('again');
  frames.next(() => frames.next(again));
  draw();
  assert.deepEqual(done, []);
  draw();
  assert.deepEqual(done, ['again']);
});

test('a hidden page, which draws no frames, is changed by a slow timer', () => {
  const { frames, page, time, done, draw, named } = setup();
  page.hidden = true;
  frames.next(named('show'));
  assert.equal(draw(), 0);
  time.pass(199);
  assert.deepEqual(done, []);
  time.pass(1);
  assert.deepEqual(done, ['show']);
});

test('what waits for a frame is not lost when the page is hidden, nor done twice', () => {
  const { frames, page, time, done, draw, named } = setup();
  frames.next(named('show'));
  page.hidden = true;
  frames.turned();
  time.pass(200);
  assert.deepEqual(done, ['show']);
  draw();
  assert.deepEqual([done, time.pending], [['show'], 0]);
});

test('what waits in a hidden page is shown with the first frame when it comes to the front', () => {
  const { frames, page, time, done, draw, named } = setup();
  page.hidden = true;
  frames.next(named('show'));
  page.hidden = false;
  frames.turned();
  draw();
  assert.deepEqual(done, ['show']);
  time.pass(1_000);
  assert.deepEqual([done, time.pending], [['show'], 0]);
});

test('a task that was done is not done again with the next one', () => {
  const { frames, done, draw, named } = setup();
  frames.next(named('first'));
  draw();
  frames.next(named('second'));
  draw();
  assert.deepEqual(done, ['first', 'second']);
});

test('where a frame was drawn first, the timer of the hidden page is gone', () => {
  const { frames, page, time, draw, named } = setup();
  page.hidden = true;
  frames.next(named('show'));
  page.hidden = false;
  frames.turned();
  draw();
  assert.equal(time.pending, 0);
});

test('a page that has nothing to show asks for no frame', () => {
  const { frames, time, draw } = setup();
  frames.turned();
  assert.deepEqual([draw(), time.pending], [0, 0]);
});

// How much work the page is: a long history scrolled through, a room in which fifty messages a second are said, an
// hour of that. Against the stand-in server, since the page alone is measured; by Chromium's own tracing, in processor
// time, since other things run on the machine. Each figure is printed in one line.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { start_fake } from '../../web-client/test/fake_server.js';
import { STREAM, long_talk, posted, reacted } from '../../web-client/test/long_talk.js';
import { launch } from './support/people.js';
import { ROOT } from './support/server.js';
import { traced } from './support/trace.js';

const HISTORY = 10_000;
const FRAME_MS = 1_000 / 60;
const ELEMENTS_MAX = 1_500;
const A_SECOND = 50;
const HOUR = 3_600 * A_SECOND;
const SCROLL_PX_A_SECOND = 30_000;

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('playwright-core').Page} */
let page;
/** @type {Awaited<ReturnType<typeof start_fake>>} */
let server;
let dist = process.env.HALLWAY_DIST ?? '';
let is_ours = false;
before(async () => {
  if (!dist) {
    is_ours = true;
    dist = await mkdtemp(join(tmpdir(), 'hallway-dist-'));
    execFileSync(process.execPath, [join(ROOT, 'web-client/build/build.js')], { env: { ...process.env, HALLWAY_DIST: dist } });
  }
  browser = await launch();
});
after(async () => {
  await browser?.close();
  if (is_ours) await rm(dist, { recursive: true, force: true });
});
beforeEach(async () => {
  server = await start_fake(dist, long_talk(HISTORY));
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  await page.goto(`${server.url}/e/ev_1`);
  await page.locator(`#m-${HISTORY}`).waitFor();
});
afterEach(async () => {
  await page.context().close();
  server.close();
});

/** The first message of the list that is drawn. */
const first_drawn = () => page.evaluate(() => Number(document.querySelector('.messages [id^="m-"]')?.id.slice(2)));
const nodes_in_list = () => page.evaluate(() => document.querySelectorAll('.messages *').length);

test(`a history of ${HISTORY} messages is scrolled through at sixty frames a second`, { timeout: 120_000 }, async () => {
  const session = await page.context().newCDPSession(page);
  const box = await page.locator('.messages').boundingBox();
  const from = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  let most = 0;
  const seen = await traced(browser, page, async () => {
    while ((await first_drawn()) > 1) {
      await session.send('Input.synthesizeScrollGesture', {
        ...from, yDistance: 3 * SCROLL_PX_A_SECOND, speed: SCROLL_PX_A_SECOND, gestureSourceType: 'mouse', preventFling: true,
      });
      most = Math.max(most, await nodes_in_list());
    }
  });
  const { frame_ms, drawn, dropped, wall_ms, busy_ms } = seen;
  console.log(
    `scrolling ${HISTORY} messages in ${(wall_ms / 1_000).toFixed(1)} s: ${(drawn / wall_ms * 1_000).toFixed(0)} frames/s, `
    + `${dropped} dropped of ${drawn + dropped}; main thread a frame: median ${frame_ms.median.toFixed(1)} ms, 95 % ${frame_ms.p95.toFixed(1)} ms, `
    + `most ${frame_ms.max.toFixed(0)} ms, ${(busy_ms / wall_ms * 100).toFixed(0)} % busy; ${most} elements at most in the list`,
  );
  assert.ok(most < ELEMENTS_MAX, `${most} elements drawn`);
  assert.ok(frame_ms.p95 < FRAME_MS, `95 % of frames within ${FRAME_MS} ms of work, not ${frame_ms.p95}`);
});

test(`${A_SECOND} messages a second keep the main thread under 30 % of a core`, { timeout: 60_000 }, async () => {
  const seconds = 15;
  const last = HISTORY + seconds * A_SECOND;
  await page.evaluate(() => {
    const seen = { frames: 0, passes: 0, changed_at: -1 };
    globalThis.seen = seen;
    // The document's time stands still within a frame.
    new MutationObserver(() => {
      seen.passes++;
      if (seen.changed_at !== document.timeline.currentTime) seen.frames++;
      seen.changed_at = document.timeline.currentTime;
    }).observe(document.querySelector('.messages'), { childList: true, subtree: true, characterData: true });
  });
  const { busy_ms, wall_ms, frame_ms } = await traced(browser, page, async () => {
    let offset = HISTORY;
    const began = performance.now();
    await new Promise((resolve) => {
      const timer = setInterval(() => {
        const due = Math.min(last, HISTORY + Math.floor((performance.now() - began) / 1_000 * A_SECOND));
        while (offset < due) server.push(posted(++offset, Date.now()));
        if (offset === last) resolve(clearInterval(timer));
      }, 10);
    });
    await page.locator(`#m-${last}`).waitFor();
  });
  const { frames, passes } = await page.evaluate(() => globalThis.seen);
  const share = busy_ms / wall_ms;
  console.log(
    `${A_SECOND} messages a second for ${seconds} s: main thread ${(share * 100).toFixed(1)} % of a core, `
    + `${(busy_ms / (last - HISTORY)).toFixed(2)} ms a message; a frame: median ${frame_ms.median.toFixed(1)} ms, 95 % ${frame_ms.p95.toFixed(1)} ms; `
    + `the list changed ${passes} times in ${frames} frames`,
  );
  assert.ok(share < 0.3, `${share} of a core`);
  assert.ok(frames > 100, 'the list was changed as messages came');
  assert.equal(passes, frames, 'once a frame at most');
});

test(`an hour of ${A_SECOND} messages a second grows the page by less than 20 MB`, { timeout: 120_000 }, async () => {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const size = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name) => metrics.find((each) => each.name === name)?.value ?? NaN;
    return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
  };
  const start = await size();
  const batch = 100;
  let offset = HISTORY;
  for (let said = 0; said < HOUR; said += batch) {
    const pushes = [];
    for (let i = 0; i < batch; i++) pushes.push(i % 10 === 9 ? reacted(offset - 8, ++offset, Date.now()) : posted(++offset, Date.now()));
    pushes.push({ push: 'typing', stream: STREAM, by: 'p_anna', data: {} });
    server.push(...pushes);
    // The page follows; what it has not yet read does not pile up.
    if (said % (50 * batch) === 0) await page.locator(`#m-${offset - 1}`).waitFor();
  }
  await page.locator(`#m-${offset - 1}`).waitFor();
  const end = await size();
  const grown = (end.heap - start.heap) / 1e6;
  console.log(
    `an hour of ${A_SECOND} messages a second (${HOUR}): heap ${(start.heap / 1e6).toFixed(1)} MB, then ${(end.heap / 1e6).toFixed(1)} MB `
    + `(${grown.toFixed(1)} MB more); nodes ${start.nodes}, then ${end.nodes}; listeners ${start.listeners}, then ${end.listeners}`,
  );
  assert.ok(grown < 20, `${grown} MB`);
  assert.ok(end.nodes < start.nodes + 5_000, `${end.nodes} nodes after ${start.nodes}`);
});

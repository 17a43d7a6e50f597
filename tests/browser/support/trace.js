// What the page's main thread did, by Chromium's own tracing. Work is counted in processor time of the thread, so that
// what else runs on the machine does not count.

const CATEGORIES = [
  '-*', 'toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'devtools.timeline.frame',
  'disabled-by-default-devtools.timeline.frame',
];

/** @typedef {{name: string, ph: string, ts: number, dur?: number, tdur?: number, pid: number, tid: number, args: any}} TraceEvent */

/** @param {TraceEvent[]} events the page's main thread: the busiest of its kind */
function main_thread(events) {
  const names = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const works = names.map(({ pid, tid }) => ({
    pid, tid, tasks: events.filter((each) => each.pid === pid && each.tid === tid && /RunTask$/.test(each.name) && each.ph === 'X'),
  }));
  return works.sort((a, b) => b.tasks.length - a.tasks.length)[0];
}

/** @param {number[]} values sorted @param {number} share */
const quantile = (values, share) => values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

/**
 * @param {import('playwright-core').Browser} browser @param {import('playwright-core').Page} page
 * @param {() => Promise<void>} run
 */
export async function traced(browser, page, run) {
  await browser.startTracing(page, { categories: CATEGORIES });
  const began = performance.now();
  await run();
  const wall_ms = performance.now() - began;
  /** @type {TraceEvent[]} */
  const events = JSON.parse(String(await browser.stopTracing())).traceEvents;
  const { pid, tid, tasks } = main_thread(events);
  // A task within another is counted with it.
  const outer = [];
  let ends_at = -Infinity;
  for (const task of tasks.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    if (task.ts < ends_at) continue;
    ends_at = task.ts + (task.dur ?? 0);
    outer.push(task);
  }
  const begins = events.filter((each) => each.pid === pid && each.tid === tid && each.name === 'BeginMainThreadFrame')
    .map(({ ts }) => ts).sort((a, b) => a - b);
  const work = begins.map(() => 0);
  let frame = -1;
  for (const { ts, tdur = 0 } of outer) {
    while (frame + 1 < begins.length && begins[frame + 1] <= ts) frame++;
    if (frame >= 0) work[frame] += tdur / 1_000;
  }
  work.sort((a, b) => a - b);
  const drawn = events.filter(({ name, pid: of }) => name === 'DrawFrame' && of === pid).length;
  const dropped = events.filter(({ name, pid: of }) => name === 'DroppedFrame' && of === pid).length;
  const busy_ms = outer.reduce((sum, { tdur = 0 }) => sum + tdur / 1_000, 0);
  return {
    wall_ms, busy_ms, drawn, dropped, main_frames: begins.length,
    frame_ms: { median: quantile(work, 0.5), p95: quantile(work, 0.95), max: work.at(-1) ?? 0 }, events,
  };
}

// Roving focus for a list: one tab stop, arrows move within. Whatever carries `data-rove` takes
// part, in the order of the page.

import { useCallback, useRef } from 'preact/hooks';

const STEPS = /** @type {Record<string, number>} */ ({
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
});

/** @param {HTMLElement} list @returns {HTMLElement[]} */
const stops = (list) =>
  [...list.querySelectorAll('[data-rove]')].map((each) => /** @type {HTMLElement} */ (each));

/**
 * Keeps exactly one stop in the tab order: the focused one, else the one before, else the first.
 * @param {HTMLElement} list
 * @param {Element | null} chosen
 */
function set_stop(list, chosen) {
  const all = stops(list);
  const stop =
    all.find((each) => each === chosen) ??
    // The attribute: a button that was never touched has the property 0 too.
    all.find((each) => each.getAttribute('tabindex') === '0') ??
    all[0];
  for (const each of all) each.setAttribute('tabindex', each === stop ? '0' : '-1');
}

/** @param {HTMLElement} list @returns {() => void} what undoes it */
function attach(list) {
  const on_focus = (/** @type {FocusEvent} */ event) => {
    const target = /** @type {Element} */ (event.target).closest('[data-rove]');
    if (target) set_stop(list, target);
  };
  const on_key = (/** @type {KeyboardEvent} */ event) => {
    const all = stops(list);
    const from = all.indexOf(/** @type {HTMLElement} */ (event.target));
    if (from < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    let to = from + (STEPS[event.key] ?? 0);
    if (event.key === 'Home') to = 0;
    if (event.key === 'End') to = all.length - 1;
    if (to === from || !all[to]) return;
    event.preventDefault();
    all[to].focus();
  };
  const watch = new MutationObserver(() => set_stop(list, document.activeElement));
  watch.observe(list, { childList: true, subtree: true });
  list.addEventListener('focusin', on_focus);
  list.addEventListener('keydown', on_key);
  set_stop(list, null);
  return () => {
    watch.disconnect();
    list.removeEventListener('focusin', on_focus);
    list.removeEventListener('keydown', on_key);
  };
}

/** A ref for the list. @returns {(list: HTMLElement | null) => void} */
export function use_roving() {
  const detach = useRef(/** @type {(() => void) | null} */ (null));
  return useCallback((list) => {
    detach.current?.();
    detach.current = list ? attach(list) : null;
  }, []);
}

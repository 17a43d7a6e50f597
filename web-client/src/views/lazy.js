// A view whose code is fetched when it is first opened.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../app/text.js';

/**
 * @param {{load: () => Promise<any>, silent?: boolean, [more: string]: any}} props `silent` where
 *   nothing was asked for and so nothing is missed while it loads
 */
export function Lazy({ load, silent = false, ...props }) {
  const [view, set_view] = useState(/** @type {{component: any} | null} */ (null));
  const [failed, set_failed] = useState(false);
  const fetch_view = () => {
    set_failed(false);
    load().then(
      (component) => set_view({ component }),
      () => set_failed(true),
    );
  };
  useEffect(fetch_view, [load]);
  if (view) return html`<${view.component} ...${props} />`;
  if (silent && !failed) return null;
  if (!failed) return html`<p class="quiet pad" role="status">${t('lazy.loading')}</p>`;
  return html`<div class="pad" role="alert"><p>${t('lazy.failed')}</p>
    <button type="button" class="button small" onClick=${fetch_view}>${t('door.try_again')}</button>
      </div>`;
}

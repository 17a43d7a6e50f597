// Builds the client: one bundle with hashed names, compressed ahead of time, and a manifest from
// which the server embeds the files. Fails when what a first visit loads grows past its bound.

import { build } from 'esbuild';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
// CMake builds into its own folder, so that two builds never share one.
const DIST = process.env.HALLWAY_DIST ?? join(ROOT, 'dist');
const INITIAL_BYTES_MAX = 60_000;
// What is fetched with the views that need it; the page says where it stands.
const LATER_STYLES = ['later', 'rounds', 'console', 'moderation', 'account'];

const TYPES = /** @type {Record<string, string>} */ ({
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
});

/** `icon:NAME` is the inside of Lucide's SVG of that name. @type {import('esbuild').Plugin} */
const icon_plugin = {
  name: 'icon',
  setup(build) {
    build.onResolve({ filter: /^icon:/ }, ({ path }) => ({
      path: path.slice(5),
      namespace: 'icon',
    }));
    build.onLoad({ filter: /.*/, namespace: 'icon' }, async ({ path }) => {
      const svg = await readFile(
        join(ROOT, `node_modules/lucide-static/icons/${path}.svg`),
        'utf8',
      );
      const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
      return { contents: inner.replace(/\s+/g, ' ').trim(), loader: 'text' };
    });
  },
};

/**
 * Indentation within markup templates is for us to read, not for anyone to fetch.
 * @type {import('esbuild').Plugin}
 */
const indent_plugin = {
  name: 'indent',
  setup(build) {
    build.onLoad({ filter: /src\/views\/.*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/\n[ \t]+/g, '\n'),
      loader: 'js',
    }));
  },
};

/** @returns {Promise<import('esbuild').Metafile>} */
async function bundle() {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: {
      main: 'src/main.js',
      style: 'src/style/style.css',
      icon: 'src/icon.svg',
      ...Object.fromEntries(LATER_STYLES.map((name) => [name, `src/style/${name}.css`])),
    },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: ['es2022', 'chrome109', 'firefox115', 'safari16.4'],
    minify: true,
    legalComments: 'none',
    loader: { '.svg': 'copy' },
    entryNames: 'assets/[name]-[hash]',
    chunkNames: 'assets/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    outdir: DIST,
    metafile: true,
    plugins: [icon_plugin, indent_plugin],
    logLevel: 'warning',
  });
  return metafile;
}

/**
 * The outputs of each entry point, and what the first of them loads before anything runs.
 * @param {import('esbuild').Metafile} metafile
 */
function outputs_of(metafile) {
  const entries = Object.entries(metafile.outputs);
  const output_of = (/** @type {string} */ entry) => {
    const found = entries.find(([, output]) => output.entryPoint === entry);
    if (!found) throw new Error(`no output for ${entry}`);
    return found[0];
  };
  const main = output_of('src/main.js');
  const initial = new Set([main]);
  for (const path of initial) {
    for (const each of metafile.outputs[path].imports) {
      if (each.kind === 'import-statement') initial.add(each.path);
    }
  }
  return {
    main,
    style: output_of('src/style/style.css'),
    icon: output_of('src/icon.svg'),
    initial,
    later_styles: LATER_STYLES.map((name) => [name, output_of(`src/style/${name}.css`)]),
  };
}

/** @param {ReturnType<typeof outputs_of>} outputs */
async function write_page(outputs) {
  const url = (/** @type {string} */ path) => `/${relative(DIST, join(ROOT, path))}`;
  const preloads = [...outputs.initial]
    .filter((path) => path !== outputs.main)
    .map((path) => `<link rel="modulepreload" href="${url(path)}">`)
    .join('\n    ');
  const styles = outputs.later_styles
    .map(([name, path]) => `<meta name="style-${name}" content="${url(path)}">`)
    .join('\n    ');
  const template = await readFile(join(ROOT, 'src/index.html'), 'utf8');
  const page = template
    .replace('{{style}}', url(outputs.style))
    .replace('{{icon}}', url(outputs.icon))
    .replace('{{styles}}', styles)
    .replace('{{preloads}}', preloads)
    .replace('{{main}}', url(outputs.main));
  await writeFile(join(DIST, 'index.html'), page);
}

/** @param {Buffer} bytes */
const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

/**
 * Compresses every file and lists it.
 * @returns {Promise<Record<string, number>>} brotli sizes by path
 */
async function compress_all() {
  /** @type {Record<string, number>} */
  const sizes = {};
  /** @type {Record<string, {type: string, hashed: boolean}>} */
  const manifest = {};
  const paths = [
    'index.html',
    ...(await readdir(join(DIST, 'assets'))).map((name) => `assets/${name}`),
  ];
  for (const path of paths.sort()) {
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)];
    if (!type) throw new Error(`no content type for ${path}`);
    const bytes = await readFile(join(DIST, path));
    const small = brotli(bytes);
    await writeFile(join(DIST, `${path}.br`), small);
    await writeFile(join(DIST, `${path}.gz`), gzipSync(bytes, { level: 9 }));
    manifest[path] = { type, hashed: path.startsWith('assets/') };
    sizes[path] = small.length;
  }
  await writeFile(join(DIST, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return sizes;
}

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST, { recursive: true });
const outputs = outputs_of(await bundle());
await write_page(outputs);
const sizes = await compress_all();

const initial_bytes = [...outputs.initial, outputs.style].reduce(
  (sum, path) => sum + sizes[relative(DIST, join(ROOT, path))],
  0,
);
const kb = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;
console.log(`first visit: ${kb(initial_bytes)} of script and style, with brotli`);
if (initial_bytes > INITIAL_BYTES_MAX) {
  console.error(`that is more than ${kb(INITIAL_BYTES_MAX)}`);
  process.exitCode = 1;
}

// Puts together what the server serves: hashes, style, boot script, service worker, compressed siblings, shell.json.
//
// node bundle.mjs ROOT DIST BINDINGS PROFILE
//   BINDINGS  folder with app.js, app_bg.wasm and, where pages stand apart, __wasm_split.js and a wasm file for each part
//   PROFILE   release: minified, with .br and .gz beside every file that shrinks; dev: neither
//
// A file with a hash in its name never changes. Those of the last builds stay: an installed app may still ask for them.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, extname, join, relative } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import esbuild from "esbuild";
import { injectManifest } from "workbox-build";

const builds_kept = 3;
// Workbox leaves out what is larger than 2 MiB, which the wasm is; with debug information much larger.
const precached_bytes_max = { release: 8 << 20, dev: 256 << 20 };
const compressed = new Set([".js", ".mjs", ".css", ".wasm", ".svg", ".json", ".webmanifest", ".html", ".txt"]);
const scripts = ["boot.js", "service-worker.js"]; // in public/, but bundled instead of copied
const target = ["chrome111", "firefox111", "safari16.4"];

const [root, dist, bindings, profile] = process.argv.slice(2);
const is_release = profile === "release";
const assets = join(dist, "assets");
const publics = join(root, "public");

/** url("/icons/…") is an address on the server, not a file here. */
const addresses = {
  name: "addresses",
  setup(build) {
    build.onResolve({ filter: /^\// }, ({ kind }) => (kind === "url-token" ? { external: true } : undefined));
  },
};

/** Where each part of the app is fetched from: the splitter names files without a hash. */
const parts = new Map();
const part_addresses = {
  name: "part_addresses",
  setup(build) {
    build.onLoad({ filter: /__wasm_split\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source.replaceAll(/new URL\("\.\/([^"]+)", import\.meta\.url\)/g, (_, name) => {
        if (!parts.has(name)) throw new Error(`__wasm_split.js asks for ${name}, which was not built`);
        return JSON.stringify(parts.get(name));
      });
      return { contents, loader: "js" };
    });
  },
};

const bundle = async (entry, format, define = {}, footer = "") => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format,
    define,
    footer: footer ? { js: footer } : {},
    target,
    minify: is_release,
    charset: "utf8",
    plugins: [addresses, part_addresses],
    logLevel: "warning",
    // wasm-bindgen names one module once for every function it takes from it.
    logOverride: { "duplicate-object-key": "silent" },
    absWorkingDir: root,
  });
  return outputFiles[0].contents;
};

const hash = (...parts) => {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest("hex").slice(0, 16);
};

const kept = []; // of this build, under assets/
async function keep(name, extension, contents) {
  const file = `${name}-${hash(contents)}${extension}`;
  await write(join(assets, file), contents);
  kept.push(file);
  return `/assets/${file}`;
}

/** Whole or not at all: a server may be reading. */
async function write(path, contents) {
  await writeFile(`${path}.new`, contents);
  await rename(`${path}.new`, path);
}

async function files_under(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
}

await mkdir(assets, { recursive: true });

const main_wasm = "app_bg.wasm";
for (const file of (await readdir(bindings)).sort()) {
  if (extname(file) !== ".wasm" || file === main_wasm) continue;
  parts.set(file, await keep(basename(file, ".wasm"), ".wasm", await readFile(join(bindings, file))));
}
const js = await keep("app", ".js", await bundle(join(bindings, "app.js"), "esm"));
const wasm = await keep("app", ".wasm", await readFile(join(bindings, main_wasm)));
const css = await keep("app", ".css", await bundle(join(root, "style/all.css"), undefined));

const copied = (await files_under(publics)).filter((file) => !scripts.includes(file));
const contents = await Promise.all(copied.map((file) => readFile(join(publics, file))));
const boot_source = await bundle(join(publics, "boot.js"), "iife");
const worker_source = await bundle(join(publics, "service-worker.js"), "iife");
const version = hash(js, wasm, css, boot_source, worker_source, ...contents);
const define = { __VERSION__: JSON.stringify(version) };
const reload = is_release ? "" : await readFile(join(root, "xtask/node/reload.js"), "utf8");
const boot = await keep("boot", ".js", await bundle(join(publics, "boot.js"), "iife", define, reload));

for (const file of copied) await cp(join(publics, file), join(dist, file), { recursive: true });

const worker = join(dist, "service-worker.js");
const worker_bundled = join(bindings, "service-worker.js");
await writeFile(worker_bundled, await bundle(join(publics, "service-worker.js"), "iife", define));
const precached = [...kept.map((file) => `assets/${file}`), ...copied];
const { count, size, warnings } = await injectManifest({
  swSrc: worker_bundled,
  swDest: `${worker}.new`,
  globDirectory: dist,
  globPatterns: precached,
  dontCacheBustURLsMatching: /^assets\/.+-[0-9a-f]{16}\./,
  maximumFileSizeToCacheInBytes: precached_bytes_max[profile],
  additionalManifestEntries: [{ url: "/app/", revision: version }],
});
const missing = precached.length + 1 - count;
if (warnings.length > 0 || missing !== 0) {
  console.error(`the service worker's list lacks ${missing} files`, ...warnings);
  process.exit(1);
}
await rename(`${worker}.new`, worker);

// What an older build left, youngest first.
const journal = join(dist, ".builds.json");
const earlier = await readFile(journal, "utf8").then(JSON.parse, () => []);
const builds = [kept, ...earlier.filter((files) => `${files}` !== `${kept}`)].slice(0, builds_kept);
await write(journal, JSON.stringify(builds));
const wanted = new Set(builds.flat());
for (const file of await readdir(assets)) {
  if (!wanted.has(file.replace(/\.(br|gz)$/, ""))) await rm(join(assets, file), { recursive: true });
}

const sizes = {};
await Promise.all([...precached, basename(worker)].map(async (file) => {
  const path = join(dist, file);
  const plain = await readFile(path);
  sizes[file] = { plain: plain.length, brotli: plain.length };
  await Promise.all([".br", ".gz"].map((suffix) => rm(path + suffix, { force: true })));
  if (!is_release || !compressed.has(extname(file))) return;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    }),
    promisify(gzip)(plain, { level: 9 }),
  ]);
  // A server that finds no sibling sends the file as it is.
  if (br.length >= plain.length) return;
  sizes[file].brotli = br.length;
  await write(`${path}.br`, br);
  await write(`${path}.gz`, gz);
}));

// Which files each part of the app needs beside the wasm, for whoever measures.
const needs = await readFile(join(bindings, "parts.json"), "utf8").then(JSON.parse, () => ({}));
const needed = Object.entries(needs).map(([part, names]) => [part, names.map((name) => parts.get(`${name}.wasm`))]);
const shell = { version, js, wasm, css, boot, parts: Object.fromEntries(needed) };
await write(join(dist, "shell.json"), `${JSON.stringify(shell, null, 2)}\n`);

const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
const total = (kind) => Object.values(sizes).reduce((sum, one) => sum + one[kind], 0);
const app = sizes[wasm.slice(1)];
console.error(
  `           version ${version}: wasm ${kB(app.plain)}, all ${kB(total("plain"))} in ${precached.length + 1} files` +
    (is_release ? `; in brotli wasm ${kB(app.brotli)}, all ${kB(total("brotli"))}` : ""),
);

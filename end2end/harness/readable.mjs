// What someone reads who finds the tablet: the bytes of the profile folder, and the browser's stores opened one by one.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Every way the browser writes a text: UTF-8, UTF-16, and inside a URL or JSON. */
function spellings(text) {
  const escaped = [...text].map((c) => `\\u${c.codePointAt(0).toString(16).padStart(4, "0")}`).join("");
  return [Buffer.from(text), Buffer.from(text, "utf16le"), Buffer.from(encodeURIComponent(text)), Buffer.from(escaped)];
}

/** Files of the profile in which any of the texts can be read: `file: text`. */
export async function read_from_disk(profile, texts) {
  const wanted = texts.flatMap((text) => spellings(text).map((bytes) => ({ text, bytes })));
  const found = new Set();
  const entries = await readdir(profile, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.path, entry.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0)); // a socket or a lock
    for (const one of wanted) if (bytes.includes(one.bytes)) found.add(`${path.slice(profile.length)}: ${one.text}`);
  }
  return [...found];
}

/** Pictures in the stores of pages: a JPEG, PNG or WebP begins in the clear. */
export async function pictures_on_disk(profile) {
  const starts = [Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from([0xff, 0xd8, 0xff, 0xe1]), Buffer.from("WEBPVP8")];
  const found = [];
  const entries = await readdir(profile, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.path, entry.name);
    if (!/IndexedDB|Cache|File System|Storage/.test(path)) continue;
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (starts.some((start) => bytes.includes(start))) found.push(path.slice(profile.length));
  }
  return found;
}

/** The same texts in IndexedDB, local and session storage and the caches, past any compression on disk. */
export function read_from_stores(page, texts) {
  return page.evaluate(async (texts) => {
    const found = new Set();
    const decoders = ["utf-8", "utf-16le"].map((name) => new TextDecoder(name));
    const look = (where, value, depth = 0) => {
      if (value === null || value === undefined || depth > 12) return;
      if (typeof value === "string") {
        for (const text of texts) if (value.includes(text)) found.add(`${where}: ${text}`);
      } else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
        const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
        for (const decoder of decoders) {
          for (const shift of [0, 1]) look(where, decoder.decode(bytes.subarray(shift)), depth + 1);
        }
      } else if (value instanceof CryptoKey) {
        found.add(`${where}: a key left on the disk`);
      } else if (value instanceof Map || value instanceof Set || Array.isArray(value)) {
        for (const one of value) look(where, one, depth + 1);
      } else if (typeof value === "object") {
        for (const [key, one] of Object.entries(value)) {
          look(where, key, depth + 1);
          look(where, one, depth + 1);
        }
      }
    };
    const ask = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    let records = 0;
    for (const { name } of await indexedDB.databases()) {
      // Comes and goes at every start: opened when it has gone it would be made anew, empty, and stay.
      if (name === "rounds-log-ending") continue;
      const database = await ask(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([ask(objects.getAllKeys()), ask(objects.getAll())]);
        records += values.length;
        for (const value of values) look(`${name}/${store}`, value instanceof Blob ? await value.arrayBuffer() : value);
        look(`${name}/${store} keys`, keys);
      }
      database.close();
    }
    look("localStorage", { ...localStorage });
    look("sessionStorage", { ...sessionStorage });
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        look(`${name}${request.url}`, await (await cache.match(request)).text());
      }
    }
    return { found: [...found], records };
  }, texts);
}

/** Names under which the tablet holds something of a kind: `blobs`, `records`. */
function names_held(page, kind) {
  return page.evaluate(async (kind) => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const names = [];
    for (const { name } of await indexedDB.databases()) {
      if (!name.startsWith("rounds-store")) continue;
      const database = await done(indexedDB.open(name));
      if (database.objectStoreNames.contains(kind)) {
        names.push(...(await done(database.transaction(kind).objectStore(kind).getAllKeys())));
      }
      database.close();
    }
    return names;
  }, kind);
}

/** Names of the photos whose bytes the tablet holds. */
export async function photos_held(page) {
  const names = await names_held(page, "blobs");
  return names.filter((name) => name.startsWith("photo/")).map((name) => name.slice("photo/".length));
}

/** How many photos it holds beside the draft of a customer's visit. */
export async function photos_beside_draft(page, customer_id) {
  const names = await names_held(page, "records");
  return names.filter((name) => name.startsWith(`draft/visit/${customer_id}/photo/`)).length;
}

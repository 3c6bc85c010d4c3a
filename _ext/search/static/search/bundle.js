// @ts-check
/**
 * Loads what `bundle.py` has written: Pagefind's engine, and the words of the site.
 *
 * Pagefind has each first search load a list of the names and lengths of all records. Here the
 * browser makes it: names are numbers, and as the records are in the order of their lengths, it is
 * enough to know how many there are of each.
 */

/** @typedef {typeof import("./query.js")} Layer */
/** @typedef {{ index: string, folder: string, lengths: [number, number][], most: number }} Records */
/**
 * @typedef {object} Start
 * @property {Records} records of which index, their folder, how many there are of each length, and
 *   how many are kept for each word at most
 * @property {{ folder: string, starts: string[] }} words their folder, and how each file begins
 * @property {string[][]} synonyms
 */

// Kinds of values in CBOR (RFC 8949, section 3.1), and the greatest number that stands in the
// first byte.
const [NUMBER, TEXT, ARRAY] = [0x00, 0x60, 0x80];
const GREATEST_INSIDE = 23;

/**
 * Load the engine from a folder, with the query layer before it.
 * @param {URL} folder
 * @param {Layer} layer
 */
export async function load(folder, { Search }) {
  const [{ createInstance, PagefindInstance }, start] = await Promise.all([
    // In the version of this module, for it needs what is added to Pagefind's.
    import(new URL(`pagefind.js${new URL(import.meta.url).search}`, folder).href),
    loadStart(folder),
  ]);
  /** @param {string} name */
  PagefindInstance.prototype.loadMeta = async function (name) {
    if (name !== start.records.index) throw new Error("the index was made anew meanwhile");
    const response = await fetch(`${this.basePath}pagefind.${name}.pf_meta`);
    const description = this.decompress(new Uint8Array(await response.arrayBuffer()));
    this.searchMeta = withRecords(description, start.records);
  };
  const engine = createInstance({ basePath: folder.pathname, noWorker: true });
  return { engine, search: new Search(engine, vocabulary(folder, start)) };
}

/**
 * Load what the query layer needs of the site's language.
 * @param {URL} folder
 * @returns {Promise<import("./query.js").Vocabulary>}
 */
export async function loadVocabulary(folder) {
  return vocabulary(folder, await loadStart(folder));
}

/**
 * @param {URL} folder
 * @param {Start} start
 */
function vocabulary(folder, { records, words, synonyms }) {
  /** @param {string} name */
  const part = name => unpacked(new URL(`words/${words.folder}/${name}.bin`, folder));
  return { synonyms, starts: words.starts, part, most: records.most };
}

/**
 * What all searches need; it names the folders of the rest, so it must not be an older one.
 * @param {URL} folder
 * @returns {Promise<Start>}
 */
function loadStart(folder) {
  return unpacked(new URL("start.bin", folder), { cache: "no-cache" });
}

/**
 * @param {URL} address
 * @param {RequestInit} [options]
 */
async function unpacked(address, options) {
  const response = await fetch(address, options);
  if (!response.ok || !response.body) throw new Error(`${response.url}: ${response.status}`);
  return new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json();
}

/**
 * Put the list of records into Pagefind's description of an index: an array of which the first
 * value is a version and the second this list, which is written empty.
 * @param {Uint8Array} description
 * @param {Records} records
 */
export function withRecords(description, { folder, lengths }) {
  const at = 2 + description[1] - TEXT;
  if (description[at] !== ARRAY) throw new Error("the index does not leave the list of records to be made");
  const all = lengths.flatMap(([length, count]) => Array(count).fill(length));
  const list = head(ARRAY, all.length);
  const encoder = new TextEncoder();
  all.forEach((length, number) => {
    const name = encoder.encode(`${folder}/${number}`);
    list.push(ARRAY + 2, ...head(TEXT, name.length), ...name, ...head(NUMBER, length));
  });
  const made = new Uint8Array(description.length - 1 + list.length);
  made.set(description.subarray(0, at));
  made.set(list, at);
  made.set(description.subarray(at + 1), at + list.length);
  return made;
}

/**
 * The first bytes of a value: its kind, and a number that stands there or in the next 1, 2 or 4.
 * @param {number} kind
 * @param {number} value
 */
function head(kind, value) {
  if (value <= GREATEST_INSIDE) return [kind + value];
  const sizes = [0xff, 0xffff, 0xffffffff];
  const size = sizes.findIndex(most => value <= most);
  const bytes = [24, 16, 8, 0].slice(-(2 ** size)).map(shift => (value >>> shift) & 0xff);
  return [kind + GREATEST_INSIDE + 1 + size, ...bytes];
}

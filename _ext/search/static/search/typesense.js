// @ts-check
/**
 * The query layer between a reader's words and a Typesense cluster, which finds what Pagefind
 * would: the same interface as `query.js`, whose reading of the words and standing of the records
 * it shares. Fields, weights and synonyms are the server's, loaded with the records.
 */

/** @typedef {{ nodes: string[], collection: string, key: string }} Address */
/** @typedef {{ site: string, place: string, title: string, names: string[], way: string[], kind: string[] }} Found */
/** @typedef {{ field: string, snippet?: string, snippets?: string[], matched_tokens: (string | string[])[] }} Highlight */
/** @typedef {{ document: Found, highlights: Highlight[], text_match_info: { tokens_matched: number } }} Hit */
/** @typedef {{ found: number, hits: Hit[], facet_counts: { field_name: string, counts: { value: string, count: number }[] }[] }} Answer */
/** @typedef {import("./query.js")} Layer */
/** @typedef {import("./query.js").Word} Word */
/** @typedef {import("./query.js").Piece} Piece */

/** So many records are asked for at a time. */
const PAGE = 20;
/** A node that takes longer is taken for one that is down. */
const PATIENCE_MS = 3000;
/** After so long, nodes that were not ready are asked again: a cluster chooses a new leader. */
const PAUSE_MS = 200;
const NOT_READY = 503;
const FACETS = "kind,topic,subject,grade";
/** Of private use, so no text of a site has them. */
const [START, END] = ["\ue000", "\ue001"];
const SHOWN = {
  include_fields: "site,place,title,names,way,kind",
  highlight_fields: "lead,text,code,folded",
  highlight_affix_num_tokens: 12,
  highlight_start_tag: START,
  highlight_end_tag: END,
};
/** How much the place in the server's ranking counts beside kind and title: the less, the more. */
const HEAD_START = 8;
/** A record must hold this part of the words. */
const LEAST_COVERED = 0.4;

export class Server {
  /**
   * @param {Address} address
   * @param {import("./query.js").Vocabulary} vocabulary
   * @param {Layer} layer
   */
  constructor(address, vocabulary, layer) {
    this.address = address;
    this.layer = layer;
    this.reader = new layer.Reader(vocabulary);
    /** The node that has answered last. */
    this.at = 0;
  }

  /**
   * Search. With `literal` no word is corrected.
   * @param {string} text
   * @param {{ filters?: Record<string, string>, literal?: boolean }} [options]
   * @returns {Promise<import("./query.js").Outcome>}
   */
  async search(text, { filters = {}, literal = false } = {}) {
    const { words, unknown, corrected, searched } = await this.reader.read(text, literal);
    const telling = words.some(word => !word.stop) ? words.filter(word => !word.stop) : words;
    const ask = strictly => page =>
      this.#ask({ ...this.#query(telling, strictly), filter_by: filter(filters), ...SHOWN, per_page: PAGE, page });
    const nothing = { found: 0, hits: [], facet_counts: [] };
    const strict = telling.length ? await ask(true)(1) : nothing;
    const few = strict.found < PAGE && telling.length > 1;
    const loose = few ? await ask(false)(1) : nothing;
    const held = hit => hit.text_match_info.tokens_matched / telling.length;
    const some = without(loose.hits, strict.hits);
    const most = some.filter(hit => held(hit) >= LEAST_COVERED);
    const partial = !strict.found && !most.length && some.length > 0;
    const first = this.#compare([...strict.hits, ...(partial ? some : most)], words);
    return {
      count: Math.max(strict.found, first.length),
      more: false,
      show: async (from, to) => {
        const hits = [...first];
        for (let page = 2; hits.length < Math.min(to, strict.found); page++) hits.push(...(await ask(true)(page)).hits);
        return hits.slice(from, to).map(shown);
      },
      searched,
      corrected: corrected ? searched : "",
      unknown,
      partial,
    };
  }

  /** The values of each filter and how many records have them. */
  async filters() {
    const { facet_counts } = await this.#ask({ q: "*", facet_by: FACETS, max_facet_values: 100, per_page: 0 });
    return Object.fromEntries(
      facet_counts
        .filter(({ counts }) => counts.length)
        .map(({ field_name, counts }) => [
          field_name,
          Object.fromEntries(counts.map(({ value, count }) => [value, count])),
        ]),
    );
  }

  /**
   * What to ask for: all words, or as many as there are. The server leaves out the last one
   * first, so the rarest stand in front.
   * @param {Word[]} words
   * @param {boolean} strictly
   */
  #query(words, strictly) {
    const { ranks } = this.reader.spelling;
    const rank = word => ranks.get(word.text) ?? 0;
    const ordered = strictly ? words : [...words].sort((a, b) => rank(a) - rank(b));
    return {
      q: ordered.map(word => word.text).join(" "),
      // The reader may still be typing the last word.
      prefix: ordered.at(-1) === words.at(-1),
      num_typos: 0, // the spelling is corrected already
      drop_tokens_threshold: strictly ? 0 : PAGE,
    };
  }

  /**
   * Rank the best anew by kind and title.
   * @param {Hit[]} hits
   * @param {Word[]} words
   */
  #compare(hits, words) {
    return hits
      .map((hit, place) => {
        const { title, names, way, kind } = hit.document;
        const named = { names: [title, ...names], way: way.join(" › "), kind: kind[0] };
        return { hit, score: this.layer.standing(named, words) / (HEAD_START + place) };
      })
      .sort((a, b) => b.score - a.score)
      .map(({ hit }) => hit);
  }

  /**
   * Ask the nodes in turn, from the one that has answered last, until one answers. Those that say
   * they are not ready are asked again for a while.
   * @param {Record<string, any>} search
   * @returns {Promise<Answer>}
   */
  async #ask(search) {
    const { nodes, collection, key } = this.address;
    const until = performance.now() + PATIENCE_MS;
    let asked = nodes.map((_, tried) => (this.at + tried) % nodes.length);
    /** @type {unknown} */
    let failure;
    do {
      const waiting = [];
      for (const at of asked) {
        try {
          const answer = await one(nodes[at], key, { collection, preset: collection, ...search });
          this.at = at;
          return answer;
        } catch (error) {
          failure = error;
          if (error instanceof NotReady) waiting.push(at);
        }
      }
      asked = waiting;
      if (asked.length) await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
    } while (asked.length && performance.now() < until);
    throw failure;
  }
}

class NotReady extends Error {}

/**
 * Ask one node. The key stands in the address and the body is plain text, so that the browser
 * need not ask first whether it may send them to another host.
 * @param {string} node
 * @param {string} key
 * @param {Record<string, any>} search
 * @returns {Promise<Answer>}
 */
async function one(node, key, search) {
  const target = new URL("multi_search", node.endsWith("/") ? node : `${node}/`);
  target.searchParams.set("x-typesense-api-key", key);
  const response = await fetch(target, {
    method: "POST",
    body: JSON.stringify({ searches: [search] }),
    credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (response.status === NOT_READY) throw new NotReady(`${node} is not ready`);
  if (!response.ok) throw new Error(`${node}: ${response.status}`);
  const [answer] = (await response.json()).results;
  if (answer.error) throw new Error(`${node}: ${answer.error}`);
  return answer;
}

/** @param {Record<string, string>} filters */
function filter(filters) {
  return Object.entries(filters)
    .map(([name, value]) => `${name}:=\`${value.replaceAll("`", "")}\``)
    .join(" && ");
}

/**
 * @param {Hit[]} hits
 * @param {Hit[]} others
 */
function without(hits, others) {
  const address = ({ document: { site, place } }) => site + place;
  const known = new Set(others.map(address));
  return hits.filter(hit => !known.has(address(hit)));
}

/** @param {Hit} hit */
function shown({ document, highlights }) {
  const { site, place, title, way, kind } = document;
  return { place: site + place, title, way: way.join(" › "), kind: kind[0], excerpt: excerpt(highlights) };
}

/**
 * The part of a record with the most marked words.
 * @param {Highlight[]} highlights
 * @returns {Piece[]}
 */
function excerpt(highlights) {
  const snippets = highlights.flatMap(({ snippet, snippets }) => snippets ?? snippet ?? []);
  const marks = text => new Set(pieces(text).filter(one => one.marked).map(one => one.text.toLowerCase())).size;
  const best = snippets.reduce((best, text) => (marks(text) > marks(best) ? text : best), snippets[0] ?? "");
  return pieces(best);
}

/**
 * @param {string} text
 * @returns {Piece[]}
 */
function pieces(text) {
  return text
    .split(START)
    .flatMap((part, index) => {
      const [marked, ...plain] = index ? part.split(END) : ["", part];
      return [{ text: marked, marked: true }, { text: plain.join(""), marked: false }];
    })
    .filter(one => one.text);
}

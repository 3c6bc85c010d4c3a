// @ts-check
/**
 * A search over Sphinx's own index, for where Pagefind can't run: titles first, then text.
 *
 * Sphinx's `searchindex.js` calls `Search.setIndex`; its `language_data.js` defines `Stemmer` and
 * `stopwords`, and `DOCUMENTATION_OPTIONS` names the builder. A question finds what holds the most
 * of it, so that no word has to be there.
 */
/* global DOCUMENTATION_OPTIONS, Stemmer, stopwords */
(() => {
  "use strict";

  // How much a word counts by where it stands.
  const TITLE = 6;
  const HEADING = 4;
  const TEXT = 1;
  /** The name of a section or entry that says all that was asked for. */
  const WHOLE = 2;

  /** @type {any} */
  let index;
  /** @type {{ title: string, docs: number, anchor: string, words: Set<string> }[]} */
  let names;
  const stemmer = new Stemmer();

  /** @param {string} text */
  const stems = text =>
    (text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [])
      .filter(word => !stopwords.has(word))
      .map(word => stemmer.stemWord(word));

  const collect = () => {
    const found = [];
    const add = (title, docs, anchor) =>
      found.push({ title, docs, anchor, words: new Set(stems(title)) });
    for (const [title, places] of Object.entries(index.alltitles))
      for (const [docs, anchor] of places) add(title, docs, anchor ?? "");
    for (const [title, places] of Object.entries(index.indexentries))
      for (const [docs, anchor] of places) add(title, docs, anchor);
    for (const [prefix, objects] of Object.entries(index.objects))
      for (const [docs, , , anchor, name] of objects) {
        // Sphinx splits a name at its last dot.
        const whole = prefix && name ? `${prefix}.${name}` : prefix || name;
        const plain = new DOMParser().parseFromString(whole, "text/html").body.textContent ?? "";
        add(plain, docs, anchor === "" ? "" : anchor === "-" ? plain : anchor);
      }
    return found;
  };

  /** The pages that hold a word or, if none does, one that begins so. @param {string} stem */
  const pages = (table, stem) => {
    const get = key => [table[key] ?? []].flat();
    if (Object.hasOwn(table, stem)) return get(stem);
    if (stem.length < 3) return [];
    return [...new Set(Object.keys(table).filter(key => key.startsWith(stem)).flatMap(get))];
  };

  /** Where a page is: in a folder of its own, if that is how the site is built. @param {string} name */
  const address = name =>
    DOCUMENTATION_OPTIONS.BUILDER === "dirhtml" ? `${name}/`.replace(/(^|\/)index\/$/, "$1") : `${name}.html`;

  globalThis.Search = {
    /** @param {any} given */
    setIndex(given) {
      index = given;
      names = collect();
    },
  };

  /** @param {string} text */
  globalThis.siteSearchFallback = async text => {
    const asked = [...new Set(stems(text.slice(0, 1000)))].slice(0, 24);
    const count = index.docnames.length;
    const scores = new Float64Array(count);
    const covered = new Float64Array(count);
    let all = 0;
    const weights = new Map();
    for (const stem of asked) {
      const inTitle = new Set(pages(index.titleterms, stem));
      const inText = new Set([...pages(index.terms, stem), ...inTitle]);
      const weight = Math.log(1 + (count + 1) / (inText.size + 0.5));
      weights.set(stem, weight);
      all += weight;
      for (const page of inText) {
        scores[page] += weight * (inTitle.has(page) ? TITLE : TEXT);
        covered[page] += weight;
      }
    }
    // The best-named section of each page leads to it; others follow as results of their own.
    const results = [];
    for (const { title, docs, anchor, words } of names) {
      const held = asked.filter(stem => words.has(stem));
      if (!held.length || !covered[docs]) continue;
      const weight = held.reduce((sum, stem) => sum + weights.get(stem), 0);
      const likeness = held.length / words.size;
      const whole = held.length === asked.length && likeness === 1 ? WHOLE : 1;
      const score = HEADING * weight * likeness * whole * (weight / all) + scores[docs] * (covered[docs] / all) ** 2;
      results.push({ docs, anchor, title, score });
    }
    for (let docs = 0; docs < count; docs++)
      if (covered[docs])
        results.push({ docs, anchor: "", title: index.titles[docs], score: scores[docs] * (covered[docs] / all) ** 2 });
    results.sort((a, b) => b.score - a.score);
    const seen = new Set();
    const shown = [];
    for (const { docs, anchor, title } of results) {
      const page = address(index.docnames[docs]);
      const place = anchor ? `${page}#${anchor}` : page;
      if (seen.has(place)) continue;
      seen.add(place);
      const way = anchor ? index.titles[docs] : "";
      shown.push({ place, title, way, kind: "", excerpt: [] });
    }
    return {
      count: shown.length,
      more: false,
      show: async (from, to) => shown.slice(from, to),
      searched: text,
      corrected: "",
      unknown: [],
      partial: false,
    };
  };
})();

// @ts-check
/**
 * Finds an engine for the search boxes of a page, and builds what they show.
 *
 * A classic script, for browsers load no modules from files. Pagefind answers where the site is
 * served; from files, or where WebAssembly is refused, Sphinx's own index does, and says so. Where
 * a search server is configured it answers instead, and while it doesn't, these do.
 */
globalThis.siteSearch = (() => {
  "use strict";

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = new URL(document.documentElement.dataset.content_root ?? "./", document.baseURI);
  const here = new URL(".", script.src);
  const version = script.dataset.version ?? "";
  /** What the build has indexed. */
  const index = new URL("_pagefind/", root);
  /** The page of results. */
  const results = new URL(script.dataset.results ?? "", root);
  /** @type {{ nodes: string[], collection: string, key: string } | null} */
  const server = JSON.parse(script.dataset.server ?? "null");
  // The smallest module: whether it may be compiled tells whether the engine may.
  const SMALLEST = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

  /** @param {URL} address */
  const run = address => new Promise((resolve, reject) => {
    const one = document.createElement("script");
    one.src = address.href;
    one.addEventListener("load", resolve);
    one.addEventListener("error", () => reject(new Error(`${address} is missing`)));
    document.head.append(one);
  });

  /** Why Pagefind can't run here, or nothing. */
  const obstacle = () => {
    if (location.protocol === "file:")
      return "These pages are opened from files, so the search is a simple one: it corrects no spelling and has no filters.";
    try {
      new WebAssembly.Module(SMALLEST);
      return "";
    } catch {
      return "This browser runs no WebAssembly here, so the search is a simple one: it corrects no spelling and has no filters.";
    }
  };

  /** @param {string} name */
  const layer = name => import(new URL(`${name}.js?v=${version}`, here).href);

  /** @typedef {{ note: string, search: Function, facets: () => Promise<Record<string, Record<string, number>>> }} Engine */

  /** @returns {Promise<Engine>} */
  const pagefind = async () => {
    const [{ load }, query] = await Promise.all([layer("bundle"), layer("query")]);
    const { engine, search } = await load(index, query);
    return { note: "", search: search.search.bind(search), facets: () => engine.filters() };
  };

  /**
   * An engine of which another takes the place, for good, as soon as it fails.
   * @param {Omit<Engine, "note">} first
   * @param {() => Promise<Engine>} other
   * @param {string} note why, for what the other one says
   * @returns {Engine}
   */
  const backed = (first, other, note) => {
    /** @type {Promise<Engine> | undefined} */
    let instead;
    const take = () => {
      instead ??= other();
      instead.catch(() => { instead = undefined; }); // the next search tries again
      return instead;
    };
    const engine = {
      note: "",
      search: async (...query) => {
        try {
          if (!instead) return await first.search(...query);
        } catch (error) {
          console.warn(error);
        }
        const own = await take();
        engine.note = `${note}${own.note}`;
        return own.search(...query);
      },
      facets: () => first.facets().catch(async () => (await take()).facets()),
    };
    return engine;
  };

  /** @param {string} note @returns {Promise<Engine>} */
  const simple = async note => {
    await run(new URL("../language_data.js", here));
    await run(new URL(`fallback.js?v=${version}`, here));
    await run(new URL("searchindex.js", root));
    return { note, search: globalThis.siteSearchFallback, facets: async () => ({}) };
  };

  /** What answers without a search server. @returns {Promise<Engine>} */
  const ownIndex = async () => {
    const note = obstacle();
    if (note) return simple(note);
    const instead = () => simple("The index of the search could not be loaded, so the search is a simple one.");
    return pagefind().then(found => backed(found, instead, ""), instead);
  };

  /**
   * The search server; as soon as none of its nodes answers, the site's own index takes its place.
   * @returns {Promise<Engine>}
   */
  const cluster = async () => {
    const layers = ["typesense", "bundle", "query"].map(layer);
    const [{ Server }, { loadVocabulary }, query] = await Promise.all(layers);
    const asked = new Server(server, await loadVocabulary(index), query);
    const nodes = { search: asked.search.bind(asked), facets: () => asked.filters() };
    return backed(nodes, ownIndex, "The search server does not answer, so this site's own index does. ");
  };

  const find = () => (server ? cluster().catch(ownIndex) : ownIndex());

  /** @type {ReturnType<typeof find> | undefined} */
  let found;

  /**
   * Make an element; its content is text or other elements, never markup.
   * @param {string} name
   * @param {Record<string, string>} attributes
   * @param {...(Node | string)} content
   */
  const element = (name, attributes = {}, ...content) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...content);
    return made;
  };

  /** @param {{ excerpt: { text: string, marked: boolean }[] }} result */
  const excerpt = ({ excerpt }) =>
    excerpt.map(({ text, marked }) => (marked ? element("mark", {}, text) : text));

  /**
   * What the search did with the reader's words, in words.
   * @param {{ corrected: string, unknown: string[], partial: boolean }} outcome
   * @param {(text: string) => void} literally
   * @param {string} text
   */
  const explained = (outcome, text, literally) => {
    const said = [];
    if (outcome.corrected) {
      const button = element("button", { type: "button", class: "search-literally" });
      button.append("Search instead for ", element("bdi", {}, text));
      button.addEventListener("click", () => literally(text));
      said.push("Searched for ", element("bdi", {}, element("b", {}, outcome.corrected)), ". ", button, ". ");
    }
    if (outcome.unknown.length) {
      const words = outcome.unknown.flatMap((word, index) => [index ? ", " : "", element("bdi", {}, `“${word}”`)]);
      said.push("Not on this site: ", ...words, ". ");
    }
    if (outcome.partial) said.push("Nothing holds most of the words; these hold some of them. ");
    return said;
  };

  /** Where a result stands, and what it is if that is not plain. @param {{ way: string, kind: string }} result */
  const where = ({ way, kind }) => [way, kind === "Page" || kind === way ? "" : kind].filter(Boolean).join(" · ");

  return {
    results,
    where,
    engine: () => (found ??= find()),
    element,
    excerpt,
    explained,
    /** Wait as long as it takes to type on, so that only what is wanted is searched for. */
    pause: () => new Promise(resolve => setTimeout(resolve, 20)),
    address: result => new URL(result.place, root).href,
    /** @param {{ count: number, more: boolean }} outcome */
    counted: ({ count, more }) => `${more ? "At least " : ""}${count} result${count === 1 ? "" : "s"}`,
  };
})();

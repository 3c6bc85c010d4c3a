// @ts-check
/**
 * The page of results: its address holds the words and the filters, so that it can be kept, sent
 * and gone back to.
 */
(() => {
  "use strict";

  const { engine, element, excerpt, explained, address, counted, pause, where } = globalThis.siteSearch;
  const FACETS = ["kind", "topic", "subject", "grade"];
  const STEP = 10;

  const page = /** @type {HTMLElement} */ (document.getElementById("search-page"));
  const field = element("input", {
    type: "search",
    name: "q",
    "aria-label": "Search for",
    autocomplete: "off",
    spellcheck: "false",
    dir: "auto",
  });
  const filters = element("div", { class: "search-filters" });
  const form = element("form", { class: "search-form" }, field, filters);
  const status = element("p", { class: "search-status", role: "status" });
  const list = element("ol", { class: "search-results" });
  const more = element("button", { type: "button", class: "search-more" }, "Show more");
  const nearest = /** @type {HTMLElement} */ (document.getElementById("search-nearest"));
  let asked = 0;

  const read = () => {
    const given = new URLSearchParams(location.search);
    field.value = given.get("q") ?? "";
    for (const select of filters.querySelectorAll("select")) {
      select.value = given.get(select.name) ?? "";
      if (select.selectedIndex < 0) select.value = "";
    }
    return given.has("exact");
  };

  /** @param {boolean} literal */
  const target = literal => {
    const given = new URLSearchParams();
    if (field.value) given.set("q", field.value.slice(0, 1000));
    for (const select of filters.querySelectorAll("select"))
      if (select.value) given.set(select.name, select.value);
    if (literal) given.set("exact", "1");
    return given.size ? `?${given}` : location.pathname;
  };

  const chosen = () =>
    Object.fromEntries([...filters.querySelectorAll("select")]
      .filter(select => select.value)
      .map(select => [select.name, select.value]));

  /** @param {boolean} literal */
  const search = async literal => {
    const text = field.value;
    const own = ++asked;
    if (!text.trim()) {
      status.replaceChildren();
      list.replaceChildren();
      more.hidden = true;
      nearest.hidden = true;
      return;
    }
    const found = await engine();
    await pause();
    if (own !== asked) return; // the reader has typed on
    const outcome = await found.search(text, { filters: chosen(), literal });
    const first = await outcome.show(0, STEP);
    if (own !== asked) return;
    const { note } = found;
    const filtered = Object.keys(chosen()).length > 0;
    const tried = note
      ? "Tried: each word and other forms of it, in titles, headings and text. "
      : "Tried: each word, other forms and spellings of it, synonyms, and parts of names of code. ";
    status.replaceChildren(
      outcome.count ? `${counted(outcome)}. ` : "No results. ",
      ...explained(outcome, text, () => go(true)),
      ...(outcome.count ? [] : [tried]),
      ...(filtered && !outcome.count ? [unfilter()] : []),
      ...(note ? [element("span", { class: "search-note" }, note)] : []),
    );
    list.replaceChildren(...first.map(item));
    nearest.hidden = outcome.count > 0;
    more.hidden = outcome.count <= STEP;
    more.onclick = async () => {
      const from = list.children.length;
      const next = (await outcome.show(from, from + STEP)).map(item);
      list.append(...next);
      next[0]?.querySelector("a")?.focus();
      more.hidden = list.children.length >= outcome.count;
    };
  };

  const unfilter = () => {
    const button = element("button", { type: "button", class: "search-literally" }, "Search without filters");
    button.addEventListener("click", () => {
      for (const select of filters.querySelectorAll("select")) select.value = "";
      go(false);
    });
    return button;
  };

  const item = result =>
    element(
      "li",
      {},
      element("a", { class: "search-title", href: address(result) }, result.title),
      element("p", { class: "search-way" }, where(result)),
      element("p", { class: "search-excerpt" }, ...excerpt(result)),
    );

  /** Search for what the form says, as a new entry of the history. @param {boolean} literal */
  const go = literal => {
    history.pushState(null, "", target(literal));
    search(literal);
  };

  const offer = facets => {
    for (const name of FACETS.filter(one => facets[one])) {
      const title = name[0].toUpperCase() + name.slice(1);
      const select = element("select", { name });
      select.append(element("option", { value: "" }, "All"));
      for (const value of Object.keys(facets[name]).sort()) select.append(element("option", { value }, value));
      select.addEventListener("change", () => go(false));
      filters.append(element("label", {}, element("span", {}, title), select));
    }
  };

  const start = async () => {
    page.replaceChildren(form, status, list, more);
    more.hidden = true;
    const literal = read();
    if (!field.value) field.focus();
    form.addEventListener("submit", event => {
      event.preventDefault();
      go(false);
    });
    field.addEventListener("input", () => {
      history.replaceState(null, "", target(false));
      search(false);
    });
    addEventListener("popstate", () => search(read()));
    offer(await (await engine()).facets());
    // The reader may have typed while the filters were on their way.
    if (new URLSearchParams(location.search).get("q") === (field.value || null)) search(read() || literal);
    else search(false);
  };

  start();
})();

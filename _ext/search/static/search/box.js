// @ts-check
/**
 * The search boxes: the one in the sidebar, and a dialog that "/" and Ctrl-K open.
 *
 * Each is a combobox as the ARIA Authoring Practices describe it: the focus stays in the field,
 * arrow keys choose a result, Enter opens it, or the page with all results if none is chosen.
 */
(() => {
  "use strict";

  const { engine, element, excerpt, explained, address, counted, pause, results, where } = globalThis.siteSearch;
  const SHOWN = 8;
  let boxes = 0;

  class Box {
    /**
     * @param {HTMLInputElement} field
     * @param {HTMLElement} panel is shown while there is something to show
     * @param {(open: boolean) => void} toggle shows the panel or hides it
     */
    constructor(field, panel, toggle) {
      boxes += 1;
      this.field = field;
      this.toggle = toggle;
      this.chosen = -1;
      this.asked = 0;
      /** The search that is under way; the next one begins when it has ended. */
      this.running = Promise.resolve();
      this.status = element("p", { class: "search-status", role: "status" });
      this.list = element("div", {
        class: "search-list",
        role: "listbox",
        id: `search-list-${boxes}`,
        "aria-label": "Results",
      });
      panel.append(this.status, this.list);
      const attributes = {
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-controls": this.list.id,
        "aria-expanded": "false",
        autocomplete: "off",
        autocapitalize: "off",
        spellcheck: "false",
        dir: "auto",
      };
      for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
      field.addEventListener("focus", () => engine(), { once: true });
      field.addEventListener("input", () => this.search(false));
      field.addEventListener("keydown", event => this.key(event));
      // A press on a result must not take the focus, which would hide the result before the click.
      panel.addEventListener("mousedown", event => event.preventDefault());
      this.list.addEventListener("click", () => this.close());
    }

    get options() {
      return /** @type {HTMLAnchorElement[]} */ ([...this.list.children]);
    }

    close() {
      this.asked += 1;
      this.choose(-1);
      this.field.setAttribute("aria-expanded", "false");
      this.toggle(false);
    }

    /** @param {boolean} literal */
    async search(literal) {
      const text = this.field.value;
      const asked = ++this.asked;
      if (!text.trim()) {
        this.list.replaceChildren();
        this.close();
        return;
      }
      const found = await engine();
      await pause();
      await this.running;
      if (asked !== this.asked) return; // the reader has typed on
      const search = (async () => {
        const outcome = await found.search(text, { literal });
        return { outcome, results: await outcome.show(0, SHOWN) };
      })();
      this.running = search.then(() => {}, () => {});
      const { outcome, results } = await search;
      if (asked !== this.asked) return;
      this.show(text, outcome, results, found.note);
    }

    show(text, outcome, results, note) {
      this.chosen = -1;
      this.field.removeAttribute("aria-activedescendant");
      this.list.replaceChildren(...results.map((result, number) => this.option(result, number)));
      const all = element("a", { href: allResults(text) }, "All results");
      const told = outcome.count ? [`${counted(outcome)}. `] : ["No results. "];
      this.status.replaceChildren(
        ...told,
        ...explained(outcome, text, () => {
          this.search(true);
          this.field.focus();
        }),
        ...(outcome.count > SHOWN || !outcome.count ? [all] : []),
        ...(note ? [element("span", { class: "search-note" }, ` ${note}`)] : []),
      );
      this.field.setAttribute("aria-expanded", String(results.length > 0));
      this.toggle(true);
    }

    option(result, number) {
      return element(
        "a",
        {
          class: "search-option",
          role: "option",
          id: `${this.list.id}-${number}`,
          "aria-selected": "false",
          tabindex: "-1",
          href: address(result),
        },
        element("span", { class: "search-title" }, result.title),
        element("span", { class: "search-way" }, where(result)),
        element("span", { class: "search-excerpt" }, ...excerpt(result)),
      );
    }

    /** @param {number} number */
    choose(number) {
      this.options[this.chosen]?.setAttribute("aria-selected", "false");
      this.chosen = number;
      const option = this.options[number];
      if (!option) {
        this.field.removeAttribute("aria-activedescendant");
        return;
      }
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.field.setAttribute("aria-activedescendant", option.id);
    }

    /** @param {KeyboardEvent} event */
    key(event) {
      if (event.isComposing) return; // the keys belong to an input method
      const open = this.field.getAttribute("aria-expanded") === "true";
      const count = this.options.length + 1; // the field itself is a stop
      if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.choose(((this.chosen + 1 + step + count) % count) - 1);
        event.preventDefault();
      } else if (open && event.key === "Enter" && this.options[this.chosen]) {
        this.options[this.chosen].click();
        event.preventDefault();
      }
    }
  }

  /** @param {string} text */
  const allResults = text => {
    const target = new URL(results);
    target.searchParams.set("q", text);
    return target.href;
  };

  /** The box of the sidebar, with its results in a panel over the page. */
  const sidebar = () => {
    const form = document.querySelector("form.search-box");
    const field = form?.querySelector("input");
    if (!form || !field) return;
    const panel = element("div", { class: "search-panel", popover: "manual" });
    form.after(panel);
    const place = () => {
      const { left, bottom } = field.getBoundingClientRect();
      const narrow = innerWidth < 640;
      panel.style.setProperty("left", narrow ? "0.5rem" : `${left}px`);
      panel.style.setProperty("top", `${bottom + 4}px`);
      panel.style.setProperty("width", `min(40rem, ${innerWidth - (narrow ? 0 : left)}px - 1rem)`);
      panel.style.setProperty("max-height", `calc(100dvh - ${bottom + 4}px - 0.5rem)`);
    };
    const box = new Box(field, panel, open => {
      if (open) place();
      panel.togglePopover(open);
    });
    addEventListener("resize", () => panel.matches(":popover-open") && place());
    field.addEventListener("keydown", event => {
      if (event.key === "Escape" && panel.matches(":popover-open")) {
        box.close();
        event.preventDefault();
      }
    });
    field.addEventListener("blur", event => {
      const target = /** @type {Node | null} */ (event.relatedTarget);
      if (!panel.contains(target)) box.close();
    });
    document.addEventListener("pointerdown", event => {
      const target = /** @type {Node} */ (event.target);
      if (!panel.contains(target) && target !== field) box.close();
    });
  };

  /** The dialog; it is made when it is opened first. */
  const dialog = () => {
    /** @type {HTMLDialogElement | undefined} */
    let made;
    const make = () => {
      const field = element("input", { type: "search", name: "q", "aria-label": "Search", placeholder: "Search" });
      const close = element("button", { type: "button", class: "search-close" }, "Close");
      const form = element("form", { action: results.href, role: "search" }, field, close);
      const panel = element("div", { class: "search-found" });
      made = /** @type {HTMLDialogElement} */ (
        element("dialog", { class: "search-dialog", "aria-label": "Search" }, form, panel));
      const shown = made;
      const box = new Box(/** @type {HTMLInputElement} */ (field), panel, open => {
        panel.hidden = !open;
      });
      panel.hidden = true;
      close.addEventListener("click", () => shown.close());
      box.list.addEventListener("click", () => shown.close());
      shown.addEventListener("click", event => event.target === shown && shown.close());
      shown.addEventListener("keydown", event => {
        // A field of this type would keep the first Escape to empty itself.
        if (event.key === "Escape" && !event.isComposing) {
          shown.close();
          event.preventDefault();
        }
      });
      document.body.append(shown);
      return shown;
    };
    const open = () => {
      const shown = made ?? make();
      if (!shown.open) shown.showModal();
      /** @type {HTMLInputElement} */ (shown.querySelector("input")).select();
    };
    document.addEventListener("keydown", event => {
      const target = /** @type {HTMLElement} */ (event.target);
      const writing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      const control = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (control || (slash && !(writing && !/** @type {HTMLInputElement} */ (target).type?.match(/checkbox|radio/)))) {
        event.preventDefault();
        open();
      }
    });
    // On a phone the sidebar is out of view, so the head of the page gets a button.
    const head = document.querySelector(".mobile-header .header-right");
    const button = element("button", { type: "button", class: "search-open" }, "Search");
    button.addEventListener("click", open);
    head?.prepend(button);
  };

  sidebar();
  dialog();
})();

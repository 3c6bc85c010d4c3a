// @ts-check
/**
 * The query layer between a reader's words and Pagefind.
 *
 * Pagefind answers with the records that hold all words. Here each word is asked for by itself
 * and the answers are added up, so that a long question still finds: a record counts by how much
 * of the question it holds, and more if it holds the words next to each other. Words that the
 * site does not use are corrected, or left out if none is near; names of code are kept whole, and
 * synonyms count less than the words themselves. Knows the engine's interface and no page.
 */

/** @typedef {{ id: string, score: number, words: number[], data: () => Promise<Fragment> }} Hit */
/** @typedef {{ content: string, meta: Record<string, string> }} Fragment */
/** @typedef {{ results: Hit[], unfilteredResultCount: number }} Answer */
/** @typedef {Record<string, any>} Filters */
/**
 * @typedef {object} Engine
 * @property {(text: string | null, options?: { filters: Filters }) => Promise<Answer>} search
 */
/**
 * @typedef {object} Vocabulary
 * @property {string[][]} synonyms
 * @property {string[]} starts the first word of each part
 * @property {Part} part
 * @property {number} most how many records the index keeps for each word at most
 */
/**
 * Loads words of the site: those from the start with this number to the next one, or "all". They
 * come in lists by the binary logarithm of how many records hold them.
 * @typedef {(name: string) => Promise<string[]>} Part
 */
/** @typedef {{ text: string, whole: string, stop: boolean }} Word */
/** @typedef {{ own: Word[], others: Word[][] }} Unit */
/** @typedef {{ text: string, marked: boolean }} Piece */
/** @typedef {{ place: string, title: string, way: string, kind: string, excerpt: Piece[] }} Shown */
/** @typedef {{ words: Word[], unknown: string[], corrected: boolean, searched: string }} Read */
/** @typedef {{ hits: Map<string, Hit>, unfiltered: number }} Answered */
/** @typedef {{ hits: Map<string, Hit>, weight: number, full: boolean }} Asked */
/** @typedef {{ score: number, covered: number, spots: Set<number>, some: Hit }} Found */
/**
 * @typedef {object} Outcome
 * @property {number} count how many records were found
 * @property {boolean} more whether there may be more, by words that the index does not keep all of
 * @property {(from: number, to: number) => Promise<Shown[]>} show the records from rank to rank
 * @property {string} searched the words that were searched for
 * @property {string} corrected the same if they differ from the reader's, else empty
 * @property {string[]} unknown words that the site does not use and nothing is close to
 * @property {boolean} partial whether no record holds enough of what the words weigh
 */

const STOP = new Set(
  ("a about an and any are as at be been before but by can could did do does for from get had has "
    + "have how i if in into is it its me my no not of on one or our out over should so some such "
    + "than that the their them then there these they this to too up us use used using was we were "
    + "what when where which while who whose why will with without would you your vs versus").split(" "),
);
const ENDINGS = ["ations", "ation", "ings", "ing", "ers", "ies", "ied", "er", "ed", "es", "ly", "s", "e", "y"];

/** Longer questions are cut: nobody means all of a pasted page. */
const MOST_WORDS = 24;
const MOST_LETTERS = 400;
/** How a question begins; other texts with stop words may be messages, to be found as written. */
const QUESTION = /^(are|can|could|do|does|how|is|should|what|when|where|which|who|why|will|would)\b/i;
/** How much a synonym counts beside the word itself. */
const SYNONYM = 0.7;
/** A record must hold this part of what the question weighs. */
const LEAST_COVERED = 0.4;
/** So many of the best are loaded to compare their titles and kinds. */
const COMPARED = 24;
const EXCERPT_WORDS = 30;
/** Forms of a word have so many letters in common; with no more of them too many words begin. */
const FIRST_LETTERS = 3;
/** Stands behind all letters. */
const LAST_LETTER = "\uffff";
/** What stands behind this mark in a record is there to be found, not to be shown. */
const END_OF_TEXT = "␟";
const KINDS = { Source: 0.35, Page: 1, Glossary: 1, Claim: 0.9, Program: 1, Measurement: 0.7 };

/**
 * Return what a token is searched by: its parts, in small letters.
 * @param {string} token
 * @returns {Word[]}
 */
function parts(token) {
  const names = token.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const whole = names.join("").toLowerCase();
  const plain = names.length === 1 || /^[\p{L}'’-]+$/u.test(token);
  return names
    .map(name => name.toLowerCase())
    .filter(name => names.length === 1 || name.length > 1)
    .map(text => ({
      text,
      whole: names.length > 1 ? whole : "",
      stop: plain && STOP.has(text),
    }));
}

/**
 * The number of letters to add, drop, change or swap to make one word of the other; counted up
 * to `most` ("optimal string alignment", L. Boytsov, 2011).
 * @param {string} one
 * @param {string} other
 * @param {number} most
 */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, before[j - 2] + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[other.length];
}

/** @param {string} word */
function stem(word) {
  const plain = word.replace(/bly$/, "ble"); // "mutably"
  const ending = ENDINGS.find(one => plain.endsWith(one) && plain.length - one.length >= 3);
  return ending ? plain.slice(0, -ending.length) : plain;
}

/** The words of the site, of which only those are loaded that a search has to do with. */
export class Spelling {
  /** @param {Vocabulary} vocabulary */
  constructor({ starts, part, most }) {
    this.starts = starts;
    this.part = part;
    this.most = most;
    /** @type {Map<string, number>} */
    this.ranks = new Map();
    this.stems = new Set();
    /** @type {Map<string, Promise<void>>} */
    this.loaded = new Map();
  }

  /** Load all that can be known of words: what begins as they do. @param {string[]} words */
  async learn(words) {
    const known = words.filter(word => /^[a-z_]/.test(word));
    await Promise.all(known.map(word => this.#loadFrom(word.slice(0, FIRST_LETTERS))));
  }

  /** Load the words that begin so. @param {string} start */
  async #loadFrom(start) {
    const all = this.loaded.get("all");
    if (all) return all;
    const names = this.starts.flatMap((first, number) => {
      const next = this.starts[number + 1] ?? LAST_LETTER;
      return first <= start + LAST_LETTER && next > start ? [String(number)] : [];
    });
    await Promise.all(names.map(name => this.#load(name)));
  }

  /** @param {string} name */
  #load(name) {
    let loading = this.loaded.get(name);
    if (!loading) {
      loading = this.part(name).then(lists => lists.forEach((words, rank) => this.#add(words, rank)));
      loading.catch(() => this.loaded.delete(name)); // to be tried again
      this.loaded.set(name, loading);
    }
    return loading;
  }

  /**
   * @param {string} words
   * @param {number} rank
   */
  #add(words, rank) {
    for (const word of words.split(" ")) {
      if (!word) continue;
      this.ranks.set(word, rank);
      this.stems.add(stem(word));
    }
  }

  /** Whether the site uses a word or another form of it; codes count as used. @param {string} word */
  knows(word) {
    return this.ranks.has(word) || this.stems.has(stem(word)) || !/^[a-z_]{3,}$/.test(word);
  }

  /** Whether a word of the site begins so. @param {string} start */
  begins(start) {
    for (const word of this.ranks.keys()) if (word.startsWith(start)) return true;
    return false;
  }

  /**
   * Return what to ask the engine for to find a word, the next if it finds nothing by the first.
   *
   * It finds what begins so; what is in quotation marks, exactly, but then it tells only the first
   * place in a record, and not which records are the best. A short word, or the beginning of too
   * many others, is asked for exactly; if it is no word, the commonest of those is meant.
   * @param {string} word
   * @returns {string[]}
   */
  asked(word) {
    const short = word.length <= FIRST_LETTERS && /^\w+$/.test(word);
    const known = this.ranks.has(word);
    if (short && known) return [`"${word}"`];
    // What is a word itself is likelier to be meant as it is, so it may take longer.
    if (!short && this.#held(word) <= (known ? 4 : 2) * this.most) return [word];
    const meant = known ? "" : this.#commonest(word);
    return [`"${word}"`, ...(meant ? this.asked(meant) : [])];
  }

  /**
   * How many records the engine goes through for a word, at the least: it finds all words that begin
   * as this one does without its ending.
   * @param {string} word
   */
  #held(word) {
    const start = word.replace(/(s|ed|ing)$/, "");
    /** @type {Map<string, number>} */
    const held = new Map();
    for (const [other, rank] of this.ranks) {
      if (!other.startsWith(start)) continue;
      const forms = held.get(stem(other)) ?? 0;
      held.set(stem(other), Math.min(this.most, forms + 2 ** rank));
    }
    return [...held.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The word that begins so and stands in the most records. @param {string} start */
  #commonest(start) {
    let commonest = "";
    let most = -1;
    for (const [word, rank] of this.ranks) {
      if (!word.startsWith(start) || STOP.has(word)) continue;
      if (rank > most || (rank === most && word < commonest)) [commonest, most] = [word, rank];
    }
    return commonest;
  }

  /** Return the word of the site that is meant, or an empty string. @param {string} word */
  async correct(word) {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return "";
    // Few mistakes are in a first letter, so a word with the same one and one mistake is enough.
    await this.#loadFrom(word[0]);
    const near = this.#nearest(word, word[0]);
    if (near && distance(word, near, 1) === 1) return near;
    await this.#load("all");
    return this.#nearest(word, "");
  }

  /**
   * @param {string} word
   * @param {string} start what the words to choose from begin with
   */
  #nearest(word, start) {
    const most = word.length > 6 ? 2 : 1;
    let best = "";
    let least = Infinity;
    for (const [other, rank] of this.ranks) {
      if (!other.startsWith(start)) continue;
      if (other.length < 4 || Math.abs(other.length - word.length) > most) continue;
      const far = distance(word, other, most);
      // Two mistakes, one of them in the first letter, make another word: "immutable".
      if (far > most || (far > 1 && other[0] !== word[0])) continue;
      const cost = 8 * far - rank - (other[0] === word[0] ? 3 : 0);
      if (cost < least || (cost === least && other < best)) [best, least] = [other, cost];
    }
    return best;
  }
}

/** Reads what was typed, by the site's own vocabulary. */
export class Reader {
  /** @param {Vocabulary} vocabulary */
  constructor(vocabulary) {
    this.spelling = new Spelling(vocabulary);
    this.named = new Set(vocabulary.synonyms.flat().flatMap(parts).map(word => word.text));
  }

  /**
   * Return the words to search for. With `literal` no word is corrected.
   * @param {string} text
   * @param {boolean} literal
   * @returns {Promise<Read>}
   */
  async read(text, literal) {
    const tokens = text.slice(0, MOST_LETTERS).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
    /** @type {Word[]} */
    const words = [];
    const unknown = [];
    let corrected = false;
    const telling = tokens.flatMap(parts).filter(word => !word.stop);
    await this.spelling.learn(telling.map(word => word.text));
    for (const [index, token] of tokens.entries()) {
      for (const word of parts(token)) {
        if (word.stop || this.used(word.text) || this.named.has(word.text)) {
          words.push(word);
          continue;
        }
        const better = literal ? "" : await this.spelling.correct(word.text);
        if (!better) {
          unknown.push(word.text);
          continue;
        }
        corrected = true;
        const now = tokens[index];
        const at = now.toLowerCase().indexOf(word.text);
        tokens[index] = now.slice(0, at) + better + now.slice(at + word.text.length);
        words.push({ ...word, text: better, whole: "" });
      }
    }
    return { words, unknown, corrected, searched: tokens.join(" ") };
  }

  /** Whether the site uses a word that was learnt, or one that begins so. @param {string} text */
  used(text) {
    return this.spelling.knows(text) || this.spelling.begins(text);
  }
}

export class Search {
  /**
   * @param {Engine} engine
   * @param {Vocabulary} vocabulary
   */
  constructor(engine, vocabulary) {
    this.engine = engine;
    this.reader = new Reader(vocabulary);
    this.synonyms = vocabulary.synonyms.map(names => names.map(name => name.split(/\s+/).flatMap(parts)));
    /** @type {Map<string, Promise<Answered>>} */
    this.asked = new Map();
  }

  /**
   * Search. With `literal` no word is corrected.
   * @param {string} text
   * @param {{ filters?: Filters, literal?: boolean }} [options]
   * @returns {Promise<Outcome>}
   */
  async search(text, { filters = {}, literal = false } = {}) {
    const read = await this.reader.read(text, literal);
    const [asked, whole] = await Promise.all([
      this.#ask(read.words, filters),
      this.#whole(read.words, filters),
    ]);
    const units = this.#units(read.words, asked);
    const all = this.#add(units, asked, whole, read.words);
    const most = all.filter(one => one.covered >= LEAST_COVERED);
    const partial = !most.length && all.length > 0;
    const found = partial ? all : most;
    const ranked = found.sort((a, b) => b.score - a.score);
    const compared = await this.#compare(ranked, read);
    return {
      count: compared.length,
      more: [...asked.values()].some(({ full }) => full),
      show: (from, to) => Promise.all(compared.slice(from, to).map(shown)),
      searched: read.searched,
      corrected: read.corrected ? read.searched : "",
      unknown: read.unknown,
      partial,
    };
  }

  /**
   * Ask the engine for one word; the answers are kept, for the next letter asks again.
   * @param {string} text
   * @param {Filters} filters
   * @returns {Promise<Answered>}
   */
  #word(text, filters) {
    // For a word that is nowhere, the engine answers with words that share its first letters.
    if (/^\w+$/.test(text) && this.reader.named.has(text) && !this.reader.used(text))
      return Promise.resolve({ hits: new Map(), unfiltered: 0 });
    const key = JSON.stringify([text, filters]);
    let answer = this.asked.get(key);
    if (!answer) {
      answer = this.#find(this.reader.spelling.asked(text), filters);
      answer.catch(() => this.asked.delete(key)); // to be tried again
      this.asked.set(key, answer);
    }
    return answer;
  }

  /**
   * @param {string[]} texts are asked for one after the other until one is a word
   * @param {Filters} filters
   * @returns {Promise<Answered>}
   */
  async #find([text, ...others], filters) {
    const { results, unfilteredResultCount } = await this.engine.search(text, { filters });
    if (!unfilteredResultCount && others.length) return this.#find(others, filters);
    return { hits: new Map(results.map(hit => [hit.id, hit])), unfiltered: unfilteredResultCount };
  }

  /**
   * Ask for all words that tell something, and for those of their synonyms.
   * @param {Word[]} words
   * @param {Filters} filters
   * @returns {Promise<Map<string, Asked>>}
   */
  async #ask(words, filters) {
    const telling = words.some(word => !word.stop) ? words.filter(word => !word.stop) : words;
    const others = this.#synonymsIn(words).flatMap(({ others }) => others.flat());
    const texts = [...new Set([...telling, ...others].map(word => word.text))];
    await this.reader.spelling.learn(texts);
    const answers = await Promise.all(texts.map(text => this.#word(text, filters)));
    const held = new Set(answers.flatMap(({ hits }) => [...hits.keys()])).size;
    return new Map(texts.map((text, index) => {
      const { hits, unfiltered } = answers[index];
      const weight = Math.log(1 + (held + 1) / (hits.size + 0.5));
      return [text, { hits, weight, full: unfiltered >= this.reader.spelling.most }];
    }));
  }

  /**
   * The spans of the words that are a name with synonyms, and these.
   * @param {Word[]} words
   */
  #synonymsIn(words) {
    const spans = [];
    for (const names of this.synonyms)
      for (const name of names)
        for (let start = 0; start + name.length <= words.length; start++)
          if (name.every((word, index) => stem(word.text) === stem(words[start + index].text)))
            spans.push({ start, length: name.length, others: names.filter(one => one !== name) });
    return spans;
  }

  /**
   * Group the words: those of a name with synonyms are one unit, each other one is its own.
   * @param {Word[]} words
   * @param {Map<string, Asked>} asked
   * @returns {Unit[]}
   */
  #units(words, asked) {
    const spans = this.#synonymsIn(words).sort((a, b) => b.length - a.length);
    /** @type {Unit[]} */
    const units = [];
    for (let at = 0; at < words.length;) {
      const span = spans.find(({ start }) => start === at);
      const own = words.slice(at, at + (span?.length ?? 1)).filter(word => asked.has(word.text));
      if (own.length) units.push({ own, others: span?.others ?? [] });
      at += span?.length ?? 1;
    }
    return units;
  }

  /**
   * The records that hold names of code as they were written.
   * @param {Word[]} words
   * @param {Filters} filters
   */
  async #whole(words, filters) {
    const texts = new Set(words.map(word => word.whole).filter(Boolean));
    const answers = await Promise.all([...texts].map(text => this.#word(text, filters)));
    return answers.map(({ hits }) => hits);
  }

  /**
   * Add up what the records hold.
   * @param {Unit[]} units
   * @param {Map<string, Asked>} asked
   * @param {Map<string, Hit>[]} whole
   * @param {Word[]} words
   * @returns {Found[]}
   */
  #add(units, asked, whole, words) {
    /** @type {Map<string, { score: number, covered: number, hits: Map<string, Hit>, some: Hit }>} */
    const sums = new Map();
    const all = units.reduce((sum, unit) => sum + weigh(unit.own, asked), 0);
    for (const unit of units) {
      /** @type {Map<string, { score: number, covered: number }>} */
      const best = new Map();
      [unit.own, ...unit.others].forEach((alternative, number) => {
        const own = number === 0;
        const share = weigh(unit.own, asked) / (own ? weigh(alternative, asked) : 1);
        const ids = new Set(alternative.flatMap(word => [...(asked.get(word.text)?.hits.keys() ?? [])]));
        for (const id of ids) {
          const hits = alternative.map(word => asked.get(word.text)?.hits.get(id));
          if (!own && hits.includes(undefined)) continue;
          let score = 0;
          let covered = own ? 0 : share * SYNONYM;
          hits.forEach((hit, index) => {
            if (!hit) return;
            const { text } = alternative[index];
            score += saturated(hit.score) * (own ? 1 : SYNONYM) * (asked.get(text)?.weight ?? 0);
            if (own) covered += share * (asked.get(text)?.weight ?? 0);
            const sum = sums.get(id) ?? { score: 0, covered: 0, hits: new Map(), some: hit };
            sum.hits.set(text, hit);
            sums.set(id, sum);
          });
          const so = best.get(id);
          if (!so || so.score < score) best.set(id, { score, covered });
        }
      });
      for (const [id, { score, covered }] of best) {
        const sum = /** @type {NonNullable<ReturnType<typeof sums.get>>} */ (sums.get(id));
        sum.score += score;
        sum.covered += covered;
      }
    }
    return [...sums].map(([id, { score, covered, hits, some }]) => {
      const part = Math.min(1, covered / all);
      const written = whole.filter(one => one.has(id)).length / (whole.length || 1);
      const factor = part ** 2 * (1 + adjacent(words, hits)) * (1 + written);
      const spots = new Set([...hits.values()].flatMap(hit => hit.words));
      return { score: score * factor, covered: part, spots, some };
    });
  }

  /**
   * Load the best and rank them anew by what only they themselves tell: kind and title, and whether
   * they hold a message as it was written. One of stop words alone makes no record one of the best.
   * @param {Found[]} ranked
   * @param {Read} read
   */
  async #compare(ranked, { words, searched }) {
    const best = ranked.slice(0, COMPARED);
    const stops = words.length > 1 && words.some(word => word.stop);
    const message = stops && !QUESTION.test(searched) ? inWords(searched) : "";
    const compared = await Promise.all(best.map(async one => {
      const { content, meta } = await one.some.data();
      const named = { names: meta.names.split(" · "), way: meta.way, kind: meta.kind };
      const written = message && inWords(content).includes(message) ? 2 : 1;
      return { one, score: one.score * written * standing(named, words) };
    }));
    compared.sort((a, b) => b.score - a.score);
    return [...compared.map(({ one }) => one), ...ranked.slice(COMPARED)];
  }
}

/** The words of a text alone, each between blanks. @param {string} text */
function inWords(text) {
  return ` ${text.toLowerCase().match(/[\p{L}\p{N}_]+/gu)?.join(" ") ?? ""} `;
}

/**
 * How much a record counts by what it is and how it is called.
 * @param {{ names: string[], way: string, kind: string }} record
 * @param {Word[]} words
 */
export function standing({ names, way, kind }, words) {
  const asked = new Set(words.filter(word => !word.stop).map(word => stem(word.text)));
  const named = Math.max(...names.map(name => likeness(name, asked)));
  const top = named === 2 && way === "" ? 1 : 0;
  return (KINDS[/** @type {keyof KINDS} */ (kind)] ?? 1) * (1 + named + top);
}

/**
 * How much of a name was asked for, from 0 to 1; 2 if nothing else was.
 * @param {string} name
 * @param {Set<string>} asked stems of words
 */
function likeness(name, asked) {
  const words = (name.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).filter(word => !STOP.has(word));
  const held = words.filter(word => asked.has(stem(word))).length;
  if (!words.length) return 0;
  return held === words.length && held >= asked.size ? 2 : held / words.length;
}

/**
 * @param {Word[]} words
 * @param {Map<string, Asked>} asked
 */
function weigh(words, asked) {
  return words.reduce((sum, word) => sum + (asked.get(word.text)?.weight ?? 0), 0);
}

/** @param {number} score */
function saturated(score) {
  return score / (score + 10);
}

/**
 * How many of the pairs of neighbouring words stand so in a record too, from 0 to 1. The parts
 * of a name of code stand at one place.
 * @param {Word[]} words
 * @param {Map<string, Hit>} hits
 */
function adjacent(words, hits) {
  let pairs = 0;
  let held = 0;
  let last = -1;
  words.forEach((word, index) => {
    if (word.stop) return;
    if (last >= 0) {
      pairs += 1;
      const apart = index - last;
      const before = new Set(hits.get(words[last].text)?.words);
      const joined = words[last].whole !== "" && words[last].whole === word.whole;
      if (hits.get(word.text)?.words.some(spot => before.has(spot - apart) || (joined && before.has(spot))))
        held += 1;
    }
    last = index;
  });
  return pairs ? held / pairs : 0;
}

/**
 * @param {Found} found
 * @returns {Promise<Shown>}
 */
async function shown(found) {
  const { content, meta } = await found.some.data();
  const all = content.split(/\s+/);
  const end = all.indexOf(END_OF_TEXT);
  const visible = end < 0 ? all : all.slice(0, end);
  const { place, title, way, kind } = meta;
  const spots = new Set([...found.spots].filter(spot => spot < visible.length));
  return { place, title, way, kind, excerpt: excerpt(visible, spots) };
}

/**
 * The part of a text with the most marked words.
 * @param {string[]} words
 * @param {Set<number>} spots
 * @returns {Piece[]}
 */
function excerpt(words, spots) {
  let best = 0;
  let most = -1;
  let inside = 0;
  for (let end = 0; end < words.length; end++) {
    if (spots.has(end)) inside += 1;
    if (spots.has(end - EXCERPT_WORDS)) inside -= 1;
    const start = Math.max(0, end - EXCERPT_WORDS + 1);
    if (inside > most) [best, most] = [start, inside];
  }
  // A few words before the first marked one, so that it can be understood.
  const first = [...spots].filter(spot => spot >= best).sort((a, b) => a - b)[0] ?? best;
  const start = Math.max(0, first - 3);
  const pieces = [];
  for (let at = start; at < Math.min(words.length, start + EXCERPT_WORDS); at++) {
    const marked = spots.has(at);
    const space = at + 1 < start + EXCERPT_WORDS ? " " : "";
    pieces.push({ text: words[at], marked }, { text: space, marked: false });
  }
  if (start > 0) pieces.unshift({ text: "… ", marked: false });
  if (start + EXCERPT_WORDS < words.length) pieces.push({ text: " …", marked: false });
  return pieces;
}

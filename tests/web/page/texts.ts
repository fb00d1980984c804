// Where the texts of a page are, and which of them stand on one another. A text is what one reads as one: a formula, a
// text of a drawing, a line of words.
import type { Page } from 'playwright-core';

/** Pairs of visible texts that overlap, figures of two cells that run together, and texts that are cut by a box of their own, a line each. */
export async function clashes(page: Page): Promise<string[]> {
  await page.evaluate('globalThis.__name ??= (f) => f'); // what compiles tests keeps the names of functions with it
  return page.evaluate(() => {
    /** A box of ink: of a formula each of its glyphs, of words a line. */
    interface Ink {
      words: string; // of the whole text
      left: number;
      right: number;
      top: number;
      bottom: number;
      text: object; // what one reads as one
      of: Element;
    }
    const inks: Ink[] = [];
    const found: string[] = [];
    const words = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').trim().slice(0, 40);
    const shown = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.sr, [hidden]');

    const APART = 2; // between figures side by side, in pixels
    const LEADING = 1; // between figures one above the other
    interface Box {
      /** What it leaves of what is in it, and which way the rest can be brought into sight. */
      clips: { inside: DOMRect; sideways: boolean; upwards: boolean } | null;
      fixed: boolean;
      floats: boolean; // over what scrolls beneath it
    }
    // Hundreds of texts have the same ancestors.
    const boxes = new Map<Element, Box>();
    function boxOf(at: Element): Box {
      let box = boxes.get(at);
      if (!box) {
        const { overflowX, overflowY, position } = getComputedStyle(at);
        box = { clips: null, fixed: position === 'fixed', floats: /fixed|sticky/.test(position) };
        if (overflowX !== 'visible' || overflowY !== 'visible') {
          const edge = at.getBoundingClientRect();
          const scrolls = (overflow: string, more: boolean) => /auto|scroll/.test(overflow) && more;
          box.clips = {
            inside:
              at instanceof SVGElement ? edge : new DOMRect(edge.x, edge.y, at.clientWidth + 2, at.clientHeight + 2),
            sideways: scrolls(overflowX, at.scrollWidth > at.clientWidth),
            // Pages of words are turned.
            upwards:
              scrolls(overflowY, at.scrollHeight > at.clientHeight) || at.parentElement?.matches('.cut') === true,
          };
        }
        boxes.set(at, box);
      }
      return box;
    }

    /** The part of a box that its scrolling and clipping ancestors leave, and whether what they take can never be seen. */
    function visible(of: Element, box: DOMRect) {
      let { left, right, top, bottom } = box;
      let cut = false;
      // What can be brought into sight by scrolling, each way.
      let [sideways, upwards] = [false, false];
      const lost = (a: number, b: number) => Math.abs(a - b) > 2;
      for (let at: Element | null = of; at && at !== document.body; at = at.parentElement) {
        const { clips, fixed } = boxOf(at);
        if (clips) {
          const before = { left, right, top, bottom };
          left = Math.max(left, clips.inside.left);
          right = Math.min(right, clips.inside.right);
          top = Math.max(top, clips.inside.top);
          bottom = Math.min(bottom, clips.inside.bottom);
          sideways ||= clips.sideways;
          upwards ||= clips.upwards;
          if (!sideways && (lost(left, before.left) || lost(right, before.right))) cut = true;
          if (!upwards && (lost(top, before.top) || lost(bottom, before.bottom))) cut = true;
        }
        if (fixed) return { left, right, top, bottom, cut };
      }
      const { clientWidth, clientHeight, scrollHeight } = document.documentElement;
      if (!sideways && (box.left < -1 || box.right > clientWidth + 1)) cut = true;
      if (!upwards && (box.top + scrollY < -1 || box.bottom + scrollY > Math.max(clientHeight, scrollHeight) + 1))
        cut = true;
      return { left, right, top, bottom, cut };
    }
    const measure = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    const known = new Map<string, { above: number; below: number }>();
    /** How much of a line's height these words leave empty above and below, as parts of it. */
    function empty(of: Element, words: string) {
      const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(of);
      const font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
      const key = `${font} ${words}`;
      let found = known.get(key);
      if (!found) {
        measure.font = font;
        const m = measure.measureText(words);
        const line = m.fontBoundingBoxAscent + m.fontBoundingBoxDescent;
        found = {
          above: (m.fontBoundingBoxAscent - m.actualBoundingBoxAscent) / line,
          below: (m.fontBoundingBoxDescent - m.actualBoundingBoxDescent) / line,
        };
        known.set(key, found);
      }
      return found;
    }
    function add(of: Element, says: string, box: DOMRect, text: object) {
      const { left, right, top, bottom, cut } = visible(of, box);
      if (cut) found.push(`“${says}” is cut`);
      if (right - left < 1 || bottom - top < 1) return;
      inks.push({ words: says, left, right, top, bottom, text, of });
    }
    /** All the words within, as one text, or each line of them as one. */
    function addWords(of: Node, whole: boolean) {
      const says = words(of.textContent);
      const nodes = document.createTreeWalker(of, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      for (let node = of instanceof Text ? of : nodes.nextNode(); node; node = nodes.nextNode()) {
        const parent = node.parentElement as Element;
        const own = (node.textContent ?? '').replace(/[\u200b\s]+/g, ' ').trim();
        if (own === '') continue;
        const { above, below } = empty(parent, own);
        range.selectNodeContents(node);
        for (const line of range.getClientRects()) {
          if (of instanceof SVGTextElement && of.hasAttribute('textLength')) {
            const { x, width } = of.getBoundingClientRect(); // a range knows nothing of its length
            [line.x, line.width] = [x, width];
          }
          const height = line.height * (1 - above - below);
          if (line.width < 0.5 || height < 0.5) continue;
          add(parent, says, new DOMRect(line.x, line.y + line.height * above, line.width, height), whole ? of : line);
        }
        if (of instanceof Text) break;
      }
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
      if (node instanceof Text) return NodeFilter.FILTER_ACCEPT;
      const element = node as Element;
      if (/^(script|style|canvas|select|option)$/i.test(element.tagName)) return NodeFilter.FILTER_REJECT;
      if (!shown(element)) return NodeFilter.FILTER_REJECT;
      if (element.matches('.chip, .now')) {
        add(element, words(element.textContent), element.getBoundingClientRect(), element);
        return NodeFilter.FILTER_REJECT;
      }
      if (element instanceof SVGTextElement) {
        addWords(element, true);
        return NodeFilter.FILTER_REJECT;
      }
      if (element.classList.contains('katex')) {
        // a formula breaks between its bases
        for (const base of element.querySelectorAll('.katex-base, .base')) addWords(base, true);
        return NodeFilter.FILTER_REJECT;
      }
      return NodeFilter.FILTER_SKIP;
    });
    for (let node = walker.nextNode(); node; node = walker.nextNode()) addWords(node, false);

    // What is fixed over the page (the phone's clocks) lies over what scrolls beneath it.
    const layer = (of: Element) => {
      for (let at: Element | null = of; at; at = at.parentElement)
        if (boxOf(at).floats || at.tagName === 'DIALOG') return at;
      return null;
    };
    const layers = new Map(inks.map((ink) => [ink, layer(ink.of)]));
    inks.sort((a, b) => a.left - b.left);
    for (const [i, a] of inks.entries())
      for (let j = i + 1; j < inks.length; j++) {
        const b = inks[j] as Ink;
        if (b.left >= a.right + APART) break;
        if (a.text === b.text || layers.get(a) !== layers.get(b)) continue;
        const wide = Math.min(a.right, b.right) - b.left;
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        const cells = a.of.matches('.cv') && b.of.matches('.cv');
        if (cells && (wide > 1 ? high > -LEADING : high > 2))
          found.push(
            `“${a.words}” and “${b.words}” run together, ${(-wide).toFixed(1)} and ${(-high).toFixed(1)} apart`,
          );
        if (wide > 1 && high > 1)
          found.push(`“${a.words}” and “${b.words}” by ${wide.toFixed(0)} × ${high.toFixed(0)}`);
      }
    return [...new Set(found)];
  });
}

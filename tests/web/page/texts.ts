// Where the texts of a page are, and which of them stand on one another. A text is what one reads as one: a formula, a
// text of a drawing, a line of words.
import type { Page } from 'playwright-core';

/** Pairs of visible texts that overlap, and texts that are cut by a box of their own, a line each. */
export async function clashes(page: Page): Promise<string[]> {
  await page.evaluate('globalThis.__name ??= (f) => f'); // what compiles tests keeps the names of functions with it
  return page.evaluate(() => {
    interface Text {
      words: string;
      /** Of the ink, about: digits and letters fill less than their line. */
      left: number;
      right: number;
      top: number;
      bottom: number;
      of: Element;
    }
    const texts: Text[] = [];
    const found: string[] = [];
    const words = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').trim().slice(0, 40);
    const shown = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.sr, [hidden]');

    /** The part of a box that its scrolling and clipping ancestors leave, and whether one that does not scroll cuts it. */
    function visible(of: Element, box: DOMRect) {
      let { left, right, top, bottom } = box;
      let cut = false;
      for (let at: Element | null = of; at && at !== document.body; at = at.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(at);
        if (overflowX !== 'visible' || overflowY !== 'visible') {
          const edge = at.getBoundingClientRect();
          const inside =
            at instanceof SVGElement ? edge : new DOMRect(edge.x, edge.y, at.clientWidth + 2, at.clientHeight + 2);
          const whole = left < right && top < bottom;
          const before = [left, right, top, bottom];
          left = Math.max(left, inside.left);
          right = Math.min(right, inside.right);
          top = Math.max(top, inside.top);
          bottom = Math.min(bottom, inside.bottom);
          const scrolls = /auto|scroll/.test(overflowX + overflowY);
          const lost = Math.max(...[left, right, top, bottom].map((side, i) => Math.abs(side - (before[i] as number))));
          if (whole && !scrolls && lost > 2 && left < right && top < bottom) cut = true;
        }
        if (position === 'fixed') break;
      }
      return { left, right, top, bottom, cut };
    }
    function add(of: Element, text: string | null, box: DOMRect, ink: number) {
      const says = words(text);
      if (says === '' || box.width < 1 || box.height < 1) return;
      const room = (box.height * (1 - ink)) / 2;
      const trimmed = new DOMRect(box.x, box.y + room, box.width, box.height - 2 * room);
      const { left, right, top, bottom, cut } = visible(of, trimmed);
      if (right - left < 1 || bottom - top < 1) return;
      if (cut) found.push(`“${says}” is cut`);
      texts.push({ words: says, left, right, top, bottom, of });
    }

    /** Of a formula: its glyphs, without the struts that hold its lines apart. */
    function inkOf(formula: Element): DOMRect {
      const glyphs = document.createTreeWalker(formula, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
      for (let glyph = glyphs.nextNode(); glyph; glyph = glyphs.nextNode()) {
        range.selectNodeContents(glyph);
        const box = range.getBoundingClientRect();
        if (box.width < 0.5) continue;
        const room = box.height * 0.25;
        left = Math.min(left, box.left);
        right = Math.max(right, box.right);
        top = Math.min(top, box.top + room);
        bottom = Math.max(bottom, box.bottom - room);
      }
      return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
      if (node instanceof Text) return NodeFilter.FILTER_ACCEPT;
      const element = node as Element;
      if (/^(script|style|canvas|select|option)$/i.test(element.tagName)) return NodeFilter.FILTER_REJECT;
      if (!shown(element)) return NodeFilter.FILTER_REJECT;
      if (element instanceof SVGTextElement) {
        add(element, element.textContent, element.getBoundingClientRect(), 0.55);
        return NodeFilter.FILTER_REJECT;
      }
      if (element.classList.contains('katex')) {
        // a formula breaks between its bases
        for (const base of element.querySelectorAll('.base')) add(element, base.textContent, inkOf(base), 1);
        return NodeFilter.FILTER_REJECT;
      }
      if (element.classList.contains('chip') && element instanceof SVGElement) {
        add(element, element.textContent, element.getBoundingClientRect(), 1);
        return NodeFilter.FILTER_REJECT;
      }
      return NodeFilter.FILTER_SKIP;
    });
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement as Element;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const line of range.getClientRects()) add(parent, node.textContent, line, 0.55);
    }

    // What is fixed over the page (the phone's clocks) lies over what scrolls beneath it.
    const layer = (of: Element) => {
      for (let at: Element | null = of; at; at = at.parentElement)
        if (/fixed|sticky/.test(getComputedStyle(at).position) || at.tagName === 'DIALOG') return at;
      return null;
    };
    const layers = new Map(texts.map((text) => [text, layer(text.of)]));
    texts.sort((a, b) => a.left - b.left);
    for (const [i, a] of texts.entries())
      for (let j = i + 1; j < texts.length; j++) {
        const b = texts[j] as Text;
        if (b.left >= a.right - 1) break;
        if (layers.get(a) !== layers.get(b)) continue;
        const wide = Math.min(a.right, b.right) - b.left;
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 3.5 && high > 1.5)
          found.push(`“${a.words}” and “${b.words}” by ${wide.toFixed(0)} × ${high.toFixed(0)}`);
      }
    return [...new Set(found)];
  });
}

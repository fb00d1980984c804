// Paper: what is on screen keeps its layout and is scaled to the sheet, for drawings are not laid out anew in print.
import { signal } from '@preact/signals';

/** True while a sheet is made: paper is light. */
export const printing = signal(false);

const SHEET = { width: 688, figure: 440, side: 360, questions: 340 }; // CSS pixels on A4 within its margins

function measure(): void {
  const { style } = document.documentElement;
  const set = (name: string, width: number, height: number, scale: number) => {
    style.setProperty(`--${name}-width`, `${width}px`);
    style.setProperty(`--${name}-height`, `${height}px`);
    style.setProperty(`--${name}-scale`, String(scale));
  };
  const figure = document.querySelector<HTMLElement>('.canvas');
  if (figure) {
    const { offsetWidth: width, offsetHeight: height } = figure;
    set('paper-figure', width, height, Math.min(SHEET.width / width, SHEET.figure / height));
  }
  const side = document.querySelector<HTMLElement>('.side');
  if (side) {
    const bottoms = [...side.children].map((part) => part.getBoundingClientRect().bottom);
    const height = Math.max(1, ...bottoms) - side.getBoundingClientRect().top + side.scrollTop;
    const width = side.offsetWidth;
    set('paper-side', width, height, Math.min(SHEET.side / height, (SHEET.width - SHEET.questions) / width, 1));
  }
  style.setProperty('--paper-link', JSON.stringify(decodeURI(location.href)));
}

addEventListener('beforeprint', () => {
  measure();
  printing.value = true;
});
addEventListener('afterprint', () => {
  printing.value = false;
});

/** Waits until what is drawn in the colours of the screen is drawn in those of paper. */
export async function print(): Promise<void> {
  printing.value = true;
  await new Promise((resolve) => setTimeout(resolve, 250));
  window.print();
  printing.value = false;
}

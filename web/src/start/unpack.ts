// The start of the page in one file: the watch, and then the code, which stands there compressed (web/build/packed.ts).
// The file may have been cut on its way; what is left of it is in the document when that is read.
import { fromBase64, inflated } from '../../../wasm/bridge/inflate';
import { start as words } from '../i18n/en.start';
import { tell } from './tell';
import './watch';

function run(packed: Element, code: string): void {
  const script = document.createElement('script');
  script.type = 'module';
  script.textContent = code;
  packed.parentNode?.replaceChild(script, packed);
}
document.addEventListener('DOMContentLoaded', () => {
  const packed = document.querySelector('script[type="application/gzip"]');
  const damaged = () => tell(words['start.damaged'], false);
  if (typeof DecompressionStream === 'undefined') tell(words['start.old'], false);
  else if (!packed) damaged();
  else {
    Promise.resolve(packed.textContent ?? '')
      .then((text) => inflated(fromBase64(text)).text())
      .then((code) => run(packed, code), damaged);
  }
});

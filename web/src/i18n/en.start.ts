// What is said when the page does not start. The watch in the page's head says some of it, before anything else is there.
export const start = {
  'start.slow': '**Unroll is starting.** If this stays, load the page again, or try another browser: {browsers}.',
  'start.browsers': 'Firefox 121, Chrome or Edge 111, Safari 16.4, or a later one',
  'start.again': 'Load the page again',
  'start.own': 'Open it on its own: {address}',

  'start.waiting': 'The core is being loaded.',
  'start.script':
    '**The page needs JavaScript.** Everything is computed here, in the browser. Allow it, then load the page again.',
  'start.old': '**This browser is too old for the page.** It runs in {browsers}.',
  'start.frame':
    '**The server does not let the page load inside this frame.** With every file of the page it must send the header `Access-Control-Allow-Origin: *`. Or embed the page as one file, `unroll.html`, which needs no header.',
  'start.disk':
    '**From a disk this folder does not start.** Open the file `unroll.html`, which is the same page in one, or let a server show the folder.',
  'start.part':
    '**A part of the page did not come:** `{name}`. The server may have a newer version by now, or the network failed. Load the page again.',
  'start.damaged':
    '**This file is damaged: part of it is missing, or is not as it was.** Get `unroll.html` again from where it came.',
  'start.broke':
    '**The page stopped while it was starting.** {message} Load it again, or try another browser: {browsers}.',

  'start.wasm':
    '**WebAssembly is switched off in this browser, and the core is made of it.** Allow it for this page (Lockdown Mode and some companies switch it off), or try another browser.',
  'start.compile':
    '**The browser could not compile the core.** What came may be damaged, or the browser too old: {browsers} can. Load the page again. ({message})',
  'start.memory':
    '**There is not enough memory for the core.** Close other tabs or programs, then load the page again.',
  'start.worker':
    '**The browser refused the worker in which the core computes.** Where the page is in a frame, open it on its own; else load it again, or try another browser. {message}',
  'start.core': '**The page could not start its core.** {message} Load the page again, or try another browser.',
} as const;

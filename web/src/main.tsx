import 'katex/dist/katex-swap.css';
import 'virtual:formulae.css';
import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/marks.css';
import './styles/shell.css';
import './styles/text.css';
import './styles/words.css';
import './styles/claim.css';
import './styles/exhibit.css';
import './styles/views.css';
import './styles/dock.css';
import './styles/tablet.css';
import './styles/phone.css';
import './styles/thumb.css';
import './styles/projector.css';
import './styles/print.css';
import { render } from 'preact';
import { App, fetchHome } from './App';
import { fetchDrawing } from './app/drawing';
import { createPage } from './app/page';

const root = document.getElementById('app');
if (root) render(<App page={createPage({ fetchDrawing, fetchHome })} />, root);
// The watch in the page's head has nothing more to tell, unless the stylesheet did not come: a page without its looks is no
// page, though it runs. Whether that was heard of yet does not matter.
const looks = getComputedStyle(document.documentElement).getPropertyValue('--paper') !== '';
if (looks) document.getElementById('starting')?.remove();

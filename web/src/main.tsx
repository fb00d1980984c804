import 'katex/dist/katex-swap.css';
import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/marks.css';
import './styles/home.css';
import './styles/dock.css';
import './styles/exhibit.css';
import './styles/views.css';
import { render } from 'preact';
import { App } from './app/App';
import { createPage } from './app/page';

const root = document.getElementById('app');
if (root) render(<App page={createPage()} />, root);

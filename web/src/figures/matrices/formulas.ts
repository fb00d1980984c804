// Formulas of queries, keys and values, rendered when the page is built. ⟦i⟧ is the row, ⟦j⟧ the column of the cell.

import { tex } from '../../components/tex.ts';

export const valueFormulas: Record<string, string> = {
  x: tex`\a{x}_{⟦i⟧⟦j⟧} = \p{E}_{⟦j⟧,⟦x⟧}`,
  y: tex`\a{y}_{⟦i⟧⟦j⟧} = \p{E}_{⟦j⟧,w_{⟦i⟧}}`,
  q: tex`\a{q}_{⟦i⟧⟦j⟧} = \sum_{j'} \p{Q}_{⟦j⟧j'}\, \a{x}_{⟦i⟧j'}`,
  k: tex`\a{k}_{⟦i⟧⟦j⟧} = \sum_{j'} \p{K}_{⟦j⟧j'}\, \a{x}_{⟦i⟧j'}`,
  v: tex`\a{v}_{⟦i⟧⟦j⟧} = \sum_{j'} \p{V}_{⟦j⟧j'}\, \a{x}_{⟦i⟧j'}`,
  e: tex`\a{e}_{⟦i⟧⟦j⟧} = \a{q}_{⟦i⟧}^\top \a{k}_{⟦j⟧}`,
  s: tex`\a{s}_{⟦i⟧⟦j⟧} = \a{e}_{⟦i⟧⟦j⟧} / \sqrt{d}`,
  a: tex`\a{\alpha}_{⟦i⟧⟦j⟧} = \frac{\exp(\a{s}_{⟦i⟧⟦j⟧})}{\sum_{j'} \exp(\a{s}_{⟦i⟧j'})}`,
  plain: tex`\a{\alpha}_{⟦i⟧⟦j⟧} = \frac{\exp(\a{e}_{⟦i⟧⟦j⟧})}{\sum_{j'} \exp(\a{e}_{⟦i⟧j'})}`,
  o: tex`\a{o}_{⟦i⟧⟦j⟧} = \sum_{j'} \a{\alpha}_{⟦i⟧j'}\, \a{v}_{j'⟦j⟧}`,
  last: tex`\text{the row that is asked for}`,
  slice: tex`\text{its number that is asked for}`,
  J: tex`J = \text{that number}`,
};

/** How a gradient comes back, by the part and the input that it comes to. */
export const backFormulas: Record<string, string> = {
  'q.0': tex`\p{Q}^\top \frac{\g{\partial J}}{\partial \a{q}_i}`,
  'q.1': tex`\sum_i \frac{\g{\partial J}}{\partial \a{q}_i}\, \a{x}_i^\top`,
  'k.0': tex`\p{K}^\top \frac{\g{\partial J}}{\partial \a{k}_j}`,
  'k.1': tex`\sum_j \frac{\g{\partial J}}{\partial \a{k}_j}\, \a{x}_j^\top`,
  'v.0': tex`\p{V}^\top \frac{\g{\partial J}}{\partial \a{v}_j}`,
  'v.1': tex`\sum_j \frac{\g{\partial J}}{\partial \a{v}_j}\, \a{x}_j^\top`,
  'e.0': tex`\sum_j \frac{\g{\partial J}}{\partial \a{e}_{ij}}\, \a{k}_j`,
  'e.1': tex`\sum_i \frac{\g{\partial J}}{\partial \a{e}_{ij}}\, \a{q}_i`,
  's.0': tex`\frac{\g{\partial J}}{\partial \a{s}_{ij}} / \sqrt{d}`,
  'a.0': tex`\a{\alpha}_{ij} \Bigl( \frac{\g{\partial J}}{\partial \a{\alpha}_{ij}} - \sum_{j'} \a{\alpha}_{ij'} \frac{\g{\partial J}}{\partial \a{\alpha}_{ij'}} \Bigr)`,
  'o.0': tex`\frac{\g{\partial J}}{\partial \a{o}_i} \cdot \a{v}_j`,
  'o.1': tex`\sum_i \a{\alpha}_{ij} \frac{\g{\partial J}}{\partial \a{o}_i}`,
  'last.0': tex`1 \text{ at that row}`,
  'slice.0': tex`1 \text{ at that number}`,
  'J.0': tex`1`,
};

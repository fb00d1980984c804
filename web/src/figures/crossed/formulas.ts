// Formulas of what is made of matrices, a row a word: ⟦i⟧ is the row, ⟦j⟧ the column of the cell. Rendered when the page is
// built.

import { tex } from '../../components/tex.ts';

export const valueFormulas: Record<string, string> = {
  embedding: tex`\mathrm{out}_{⟦i⟧⟦j⟧} = \p{E}_{⟦j⟧,⟦x⟧}`,
  add: tex`\mathrm{out}_{⟦i⟧⟦j⟧} = \mathrm{in}_{1,⟦i⟧⟦j⟧} + \mathrm{in}_{2,⟦i⟧⟦j⟧}`,
  read: tex`\a{\bar x}_{⟦i⟧⟦j⟧} = \text{word}_{⟦i⟧⟦j⟧} + \text{place}_{⟦i⟧⟦j⟧}`,
  written: tex`\a{x}_{⟦i⟧⟦j⟧} = \text{word}_{⟦i⟧⟦j⟧} + \text{place}_{⟦i⟧⟦j⟧}`,
  states: tex`\a{\bar h}_{⟦i⟧⟦j⟧} = \text{scaled}_{⟦i⟧⟦j⟧} + \p{\text{shift}}_{⟦j⟧}`,
  q: tex`\a{q}_{⟦i⟧⟦j⟧} = (\p{Q}\, \text{row } ⟦i⟧)_{⟦j⟧} + \p{b}_{⟦j⟧}`,
  k: tex`\a{k}_{⟦i⟧⟦j⟧} = (\p{K}\, \text{row } ⟦i⟧)_{⟦j⟧} + \p{b}_{⟦j⟧}`,
  v: tex`\a{v}_{⟦i⟧⟦j⟧} = (\p{V}\, \text{row } ⟦i⟧)_{⟦j⟧} + \p{b}_{⟦j⟧}`,
  bias: tex`\mathrm{out}_{⟦i⟧⟦j⟧} = \mathrm{in}_{⟦i⟧⟦j⟧} + \p{b}_{⟦j⟧}`,
  mul: tex`\mathrm{out}_{⟦i⟧⟦j⟧} = \mathrm{in}_{⟦i⟧⟦j⟧}\, \p{\text{gain}}_{⟦j⟧}`,
  matmul: tex`\mathrm{out}_{⟦i⟧⟦j⟧} = \sum_{j'} \p{W}_{⟦j⟧j'}\, \mathrm{in}_{⟦i⟧j'}`,
  center: tex`\mathrm{out}_{⟦i⟧⟦j⟧} = \mathrm{in}_{⟦i⟧⟦j⟧} - \frac{1}{d} \sum_{j'} \mathrm{in}_{⟦i⟧j'}`,
  normalize: tex`\mathrm{out}_{⟦i⟧⟦j⟧} = \mathrm{in}_{⟦i⟧⟦j⟧} / \sqrt{\frac{1}{d} \sum_{j'} \mathrm{in}_{⟦i⟧j'}^2 + \text{a little}}`,
  relu: tex`\mathrm{out}_{⟦i⟧⟦j⟧} = \max(0, \mathrm{in}_{⟦i⟧⟦j⟧})`,
  slice: tex`\text{a part of row } ⟦i⟧`,
  concat: tex`\text{heads side by side, row } ⟦i⟧`,
  dots: tex`\a{e}_{⟦i⟧⟦j⟧} = \a{q}_{⟦i⟧}^\top \a{k}_{⟦j⟧}`,
  scale: tex`\a{s}_{⟦i⟧⟦j⟧} = \a{e}_{⟦i⟧⟦j⟧} / \sqrt{d}`,
  mask: tex`\a{s}_{⟦i⟧⟦j⟧} \text{, or nothing at all where } ⟦j⟧ \text{ is ahead of } ⟦i⟧`,
  softmax: tex`\a{\alpha}_{⟦i⟧⟦j⟧} = \exp(\a{s}_{⟦i⟧⟦j⟧}) / \sum_{j'} \exp(\a{s}_{⟦i⟧j'})`,
  weighted_sum: tex`\a{o}_{⟦i⟧⟦j⟧} = \sum_{j'} \a{\alpha}_{⟦i⟧j'}\, \a{v}_{j'⟦j⟧}`,
  guess: tex`\hat y_{⟦i⟧⟦j⟧} = \exp(\mathrm{in}_{⟦i⟧⟦j⟧}) / \sum_{j'} \exp(\mathrm{in}_{⟦i⟧j'})`,
  nll: tex`J_{⟦i⟧} = -\log \hat y_{⟦i⟧⟦x⟧}`,
  mean_loss: tex`J = \frac{1}{⟦T⟧} \sum_i J_i`,
  sinusoid: tex`\a{p}_{⟦i⟧} \text{: waves of place } ⟦i⟧`,
};

export const backFormulas: Record<string, string> = {
  'dots.0': tex`\sum_{j} \frac{\g{\partial J}}{\partial \a{e}_{ij}}\, \a{k}_j`,
  'dots.1': tex`\sum_{i} \frac{\g{\partial J}}{\partial \a{e}_{ij}}\, \a{q}_i`,
  softmax: tex`\a{\alpha}_{ij} \Bigl( \frac{\g{\partial J}}{\partial \a{\alpha}_{ij}} - \sum_{j'} \a{\alpha}_{ij'} \frac{\g{\partial J}}{\partial \a{\alpha}_{ij'}} \Bigr)`,
  'weighted_sum.0': tex`\frac{\g{\partial J}}{\partial \a{o}_i} \cdot \a{v}_j`,
  'weighted_sum.1': tex`\sum_i \a{\alpha}_{ij} \frac{\g{\partial J}}{\partial \a{o}_i}`,
  embedding: tex`\frac{\g{\partial J}}{\partial \mathrm{out}_{⟦i⟧⟦j⟧}}`,
  'center.0': tex`\frac{\g{\partial J}}{\partial \mathrm{out}_{ij}} - \frac{1}{d} \sum_{j'} \frac{\g{\partial J}}{\partial \mathrm{out}_{ij'}}`,
  'normalize.0': tex`\frac{1}{\text{deviation}_i} \Bigl( \frac{\g{\partial J}}{\partial \mathrm{out}_{ij}} - \mathrm{out}_{ij} \frac{1}{d} \sum_{j'} \mathrm{out}_{ij'} \frac{\g{\partial J}}{\partial \mathrm{out}_{ij'}} \Bigr)`,
  nll: tex`-\frac{1}{\hat y_{⟦i⟧⟦x⟧}}\, \frac{\g{\partial J}}{\partial J_{⟦i⟧}}`,
  mean_loss: tex`\frac{1}{⟦T⟧}`,
};

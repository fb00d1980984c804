// Formulas of encoder and decoder with the letters of the figure, rendered when the page is built.

import { tex } from '../../components/tex.ts';

/** Of the look back, by its part and, of the scores, by the way in which they are made. */
export const valueFormulas: Record<string, string> = {
  'scores.dot': tex`\a{s}_{⟦i⟧}^{(⟦t⟧)} = \a{h}^{(⟦t⟧)} \cdot \a{\bar{h}}_{⟦i⟧} @@ \a{s}_{⟦t⟧,⟦i⟧} = \a{h}_{⟦t⟧} \cdot \a{\bar{h}}_{⟦i⟧}`,
  'scores.scaled': tex`\a{s}_{⟦i⟧}^{(⟦t⟧)} = \a{h}^{(⟦t⟧)} \cdot \a{\bar{h}}_{⟦i⟧} / \sqrt{d} @@ \a{s}_{⟦t⟧,⟦i⟧} = \a{h}_{⟦t⟧} \cdot \a{\bar{h}}_{⟦i⟧} / \sqrt{d}`,
  'scores.general': tex`\a{s}_{⟦i⟧}^{(⟦t⟧)} = (\p{W_a} \a{h}^{(⟦t⟧)}) \cdot \a{\bar{h}}_{⟦i⟧} @@ \a{s}_{⟦t⟧,⟦i⟧} = (\p{W_a} \a{h}_{⟦t⟧}) \cdot \a{\bar{h}}_{⟦i⟧}`,
  'scores.additive': tex`\a{s}_{⟦i⟧}^{(⟦t⟧)} = \p{v} \cdot \tanh(\p{W_1} \a{\bar{h}}_{⟦i⟧} + \p{W_2} \a{h}^{(⟦t⟧)}) @@ \a{s}_{⟦t⟧,⟦i⟧} = \p{v} \cdot \tanh(\p{W_1} \a{\bar{h}}_{⟦i⟧} + \p{W_2} \a{h}_{⟦t⟧})`,
  products: tex`\a{h}^{(⟦t⟧)} \cdot \a{\bar{h}}_{⟦i⟧} @@ \a{h}_{⟦t⟧} \cdot \a{\bar{h}}_{⟦i⟧}`,
  weights: tex`\a{\alpha}_{⟦i⟧}^{(⟦t⟧)} = \frac{\exp(\a{s}_{⟦i⟧}^{(⟦t⟧)})}{\sum_j \exp(\a{s}_j^{(⟦t⟧)})} @@ \a{\alpha}_{⟦t⟧,⟦i⟧} = \frac{\exp(\a{s}_{⟦t⟧,⟦i⟧})}{\sum_j \exp(\a{s}_{⟦t⟧,j})}`,
  context: tex`\a{c}_{⟦i⟧}^{(⟦t⟧)} = \sum_j \a{\alpha}_j^{(⟦t⟧)} (\a{\bar{h}}_j)_{⟦i⟧} @@ \a{c}_{⟦t⟧,⟦i⟧} = \sum_j \a{\alpha}_{⟦t⟧,j} (\a{\bar{h}}_j)_{⟦i⟧}`,
  both: tex`[\a{c}^{(⟦t⟧)}; \a{h}^{(⟦t⟧)}]_{⟦i⟧} @@ [\a{c}_{⟦t⟧}; \a{h}_{⟦t⟧}]_{⟦i⟧}`,
  product: tex`(\p{U} [\a{c}; \a{h}])_{⟦i⟧} = \sum_j \p{U}_{⟦i⟧,j} [\a{c}; \a{h}]_j @@ (\p{W_{hy}^\top} [\a{c}; \a{h}])_{⟦i⟧} = \sum_j (\p{W_{hy}})_{j,⟦i⟧} [\a{c}; \a{h}]_j`,
  logits: tex`\a{s}_{⟦i⟧}^{(⟦t⟧)} = (\p{U} [\a{c}; \a{h}])_{⟦i⟧} + (\p{b_2})_{⟦i⟧} @@ \a{s}_{⟦t⟧,⟦i⟧} = (\p{W_{hy}^\top} [\a{c}; \a{h}])_{⟦i⟧} + (\p{b_y})_{⟦i⟧}`,
  handed: tex`\a{h}^{(0)}_{⟦i⟧} = \text{the last } \a{\bar{h}} @@ \a{h}_{0,⟦i⟧} = \text{the last } \a{\bar{h}}`,
  'gate.tanh': tex`\mathrm{out}_{⟦i⟧} = \tanh \mathrm{in}_{⟦i⟧}`,
  'source.embedding': tex`(\a{\bar{e}}_{⟦t⟧})_{⟦i⟧} = \p{\bar{E}}_{⟦i⟧,⟦x⟧} @@ (\a{\bar{x}}_{⟦t⟧})_{⟦i⟧} = \p{\bar{E}}_{⟦i⟧,⟦x⟧}`,
  'target.embedding': tex`\a{e}_{⟦i⟧}^{(⟦t⟧)} = \p{E}_{⟦i⟧,⟦x⟧} @@ \a{x}_{⟦t⟧,⟦i⟧} = \p{E}_{⟦i⟧,⟦x⟧}`,
  'target.loss': tex`\a{J}^{(⟦t⟧)} = -\log \hat y^{(⟦t⟧)}_{y} @@ \a{J}_{⟦t⟧} = -\log \hat y_{⟦t⟧,y}`,
};

/** How a gradient comes back, by the part of the look and the input that it comes to. */
export const backFormulas: Record<string, string> = {
  'weights.0': tex`\a{\alpha}_{⟦i⟧} \Bigl( \frac{\g{\partial J}}{\partial \a{\alpha}_{⟦i⟧}} - \sum_j \a{\alpha}_j \frac{\g{\partial J}}{\partial \a{\alpha}_j} \Bigr)`,
  'context.0': tex`\a{\bar{h}}_{⟦i⟧} \cdot \frac{\g{\partial J}}{\partial \a{c}^{(⟦t⟧)}} @@ \a{\bar{h}}_{⟦i⟧} \cdot \frac{\g{\partial J}}{\partial \a{c}_{⟦t⟧}}`,
  'context.1': tex`\a{\alpha}_j^{(⟦t⟧)} \frac{\g{\partial J}}{\partial \a{c}^{(⟦t⟧)}} @@ \a{\alpha}_{⟦t⟧,j} \frac{\g{\partial J}}{\partial \a{c}_{⟦t⟧}}`,
  'gate.tanh': tex`(1 - \mathrm{out}_{⟦i⟧}^2)\, \frac{\g{\partial J}}{\partial \mathrm{out}_{⟦i⟧}}`,
  'both.0': tex`1 \cdot \frac{\g{\partial J}}{\partial [\a{c}; \a{h}]_{⟦i⟧}}`,
  'both.1': tex`1 \cdot \frac{\g{\partial J}}{\partial [\a{c}; \a{h}]_{⟦i⟧}}`,
};

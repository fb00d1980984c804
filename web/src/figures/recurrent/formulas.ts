// Formulae of steps in time, by the node's name where the course has letters for it, else by its op. (a) @@ (b), slots as
// in inspector/formulas.ts.

import { tex } from '../../components/tex.ts';

export const valueFormulas: Record<string, string> = {
  e: tex`\a{e}_{⟦i⟧}^{(⟦t⟧)} = (\p{E} x^{(⟦t⟧)})_{⟦i⟧} = \p{E}_{⟦i⟧,⟦x⟧} @@ \a{x}_{⟦t⟧,⟦i⟧} = (\p{E} w_{⟦t⟧})_{⟦i⟧} = \p{E}_{⟦i⟧,⟦x⟧}`,
  We_e: tex`(\p{W_e}\a{e}^{(⟦t⟧)})_{⟦i⟧} = \sum_j (\p{W_e})_{⟦i⟧,j}\, \a{e}_j^{(⟦t⟧)} @@ (\p{W_{xh}^\top}\a{x}_{⟦t⟧})_{⟦i⟧} = \sum_j (\p{W_{xh}})_{j,⟦i⟧}\, \a{x}_{⟦t⟧,j}`,
  Wh_h: tex`(\p{W_h}\a{h}^{(⟦s⟧)})_{⟦i⟧} = \sum_j (\p{W_h})_{⟦i⟧,j}\, \a{h}_j^{(⟦s⟧)} @@ (\p{W_{hh}^\top}\a{h}_{⟦s⟧})_{⟦i⟧} = \sum_j (\p{W_{hh}})_{j,⟦i⟧}\, \a{h}_{⟦s⟧,j}`,
  sum: tex`(\p{W_h}\a{h}^{(⟦s⟧)})_{⟦i⟧} + (\p{W_e}\a{e}^{(⟦t⟧)})_{⟦i⟧} @@ (\p{W_{hh}^\top}\a{h}_{⟦s⟧})_{⟦i⟧} + (\p{W_{xh}^\top}\a{x}_{⟦t⟧})_{⟦i⟧}`,
  a: tex`\a{a}_{⟦i⟧}^{(⟦t⟧)} = (\p{W_h}\a{h}^{(⟦s⟧)} + \p{W_e}\a{e}^{(⟦t⟧)})_{⟦i⟧} + \p{b}_{1,⟦i⟧} @@ \a{a}_{⟦t⟧,⟦i⟧} = (\p{W_{hh}^\top}\a{h}_{⟦s⟧} + \p{W_{xh}^\top}\a{x}_{⟦t⟧})_{⟦i⟧} + \p{b}_{h,⟦i⟧}`,
  Uh: tex`(\p{U}\a{h}^{(⟦t⟧)})_{⟦i⟧} = \sum_j \p{U}_{⟦i⟧,j}\, \a{h}_j^{(⟦t⟧)} @@ (\p{W_{hy}^\top}\a{h}_{⟦t⟧})_{⟦i⟧} = \sum_j (\p{W_{hy}})_{j,⟦i⟧}\, \a{h}_{⟦t⟧,j}`,
  logits: tex`\a{s}_{⟦i⟧}^{(⟦t⟧)} = (\p{U}\a{h}^{(⟦t⟧)})_{⟦i⟧} + \p{b}_{2,⟦i⟧} @@ \a{s}_{⟦t⟧,⟦i⟧} = (\p{W_{hy}^\top}\a{h}_{⟦t⟧})_{⟦i⟧} + \p{b}_{y,⟦i⟧}`,
  tanh: tex`\a{h}_{⟦i⟧}^{(⟦t⟧)} = \tanh \a{a}_{⟦i⟧}^{(⟦t⟧)} @@ \a{h}_{⟦t⟧,⟦i⟧} = \tanh \a{a}_{⟦t⟧,⟦i⟧}`,
  sigmoid: tex`\a{h}_{⟦i⟧}^{(⟦t⟧)} = \sigma(\a{a}_{⟦i⟧}^{(⟦t⟧)}) = 1/(1 + \exp(-\a{a}_{⟦i⟧})) @@ \a{h}_{⟦t⟧,⟦i⟧} = \sigma(\a{a}_{⟦t⟧,⟦i⟧})`,
  relu: tex`\a{h}_{⟦i⟧}^{(⟦t⟧)} = \max(0, \a{a}_{⟦i⟧}^{(⟦t⟧)}) @@ \a{h}_{⟦t⟧,⟦i⟧} = \max(0, \a{a}_{⟦t⟧,⟦i⟧})`,
};

/** How a gradient comes back into a cell, by the node that it comes from. */
export const backFormulas: Record<string, string> = {
  // what a product is made of, with the letters that stand in its figure
  'Wh_h.0': tex`\sum_j (\p{W_h})_{j,⟦i⟧}\, \frac{\g{\partial J}}{\partial (\p{W_h}\a{h})_j} @@ \sum_j (\p{W_{hh}})_{⟦i⟧,j}\, \frac{\g{\partial J}}{\partial (\p{W_{hh}^\top}\a{h})_j}`,
  'Wh_h.1': tex`\a{h}_{⟦j⟧}^{(⟦s⟧)}\, \frac{\g{\partial J}}{\partial (\p{W_h}\a{h})_{⟦i⟧}} @@ \a{h}_{⟦s⟧,⟦j⟧}\, \frac{\g{\partial J}}{\partial (\p{W_{hh}^\top}\a{h})_{⟦i⟧}}`,
  'We_e.0': tex`\sum_j (\p{W_e})_{j,⟦i⟧}\, \frac{\g{\partial J}}{\partial (\p{W_e}\a{e})_j} @@ \sum_j (\p{W_{xh}})_{⟦i⟧,j}\, \frac{\g{\partial J}}{\partial (\p{W_{xh}^\top}\a{x})_j}`,
  'We_e.1': tex`\a{e}_{⟦j⟧}^{(⟦t⟧)}\, \frac{\g{\partial J}}{\partial (\p{W_e}\a{e})_{⟦i⟧}} @@ \a{x}_{⟦t⟧,⟦j⟧}\, \frac{\g{\partial J}}{\partial (\p{W_{xh}^\top}\a{x})_{⟦i⟧}}`,
  'Uh.0': tex`\sum_j \p{U}_{j,⟦i⟧}\, \frac{\g{\partial J}}{\partial (\p{U}\a{h})_j} @@ \sum_j (\p{W_{hy}})_{⟦i⟧,j}\, \frac{\g{\partial J}}{\partial (\p{W_{hy}^\top}\a{h})_j}`,
  'Uh.1': tex`\a{h}_{⟦j⟧}^{(⟦t⟧)}\, \frac{\g{\partial J}}{\partial (\p{U}\a{h})_{⟦i⟧}} @@ \a{h}_{⟦t⟧,⟦j⟧}\, \frac{\g{\partial J}}{\partial (\p{W_{hy}^\top}\a{h})_{⟦i⟧}}`,
  sum: tex`1 \cdot \frac{\g{\partial J}}{\partial\, \text{sum}_{⟦i⟧}}`,
  a: tex`1 \cdot \frac{\g{\partial J}}{\partial \a{a}_{⟦i⟧}^{(⟦t⟧)}} @@ 1 \cdot \frac{\g{\partial J}}{\partial \a{a}_{⟦t⟧,⟦i⟧}}`,
  logits: tex`1 \cdot \frac{\g{\partial J}}{\partial \a{s}_{⟦i⟧}^{(⟦t⟧)}} @@ 1 \cdot \frac{\g{\partial J}}{\partial \a{s}_{⟦t⟧,⟦i⟧}}`,
  tanh: tex`(1 - \a{h}_{⟦i⟧}^2)\, \frac{\g{\partial J}}{\partial \a{h}_{⟦i⟧}} @@ (1 - \a{h}_{⟦t⟧,⟦i⟧}^2)\, \frac{\g{\partial J}}{\partial \a{h}_{⟦t⟧,⟦i⟧}}`,
  sigmoid: tex`\a{h}_{⟦i⟧}(1 - \a{h}_{⟦i⟧})\, \frac{\g{\partial J}}{\partial \a{h}_{⟦i⟧}} @@ \a{h}_{⟦t⟧,⟦i⟧}(1 - \a{h}_{⟦t⟧,⟦i⟧})\, \frac{\g{\partial J}}{\partial \a{h}_{⟦t⟧,⟦i⟧}}`,
  relu: tex`[\a{h}_{⟦i⟧} > 0]\, \frac{\g{\partial J}}{\partial \a{h}_{⟦i⟧}} @@ [\a{h}_{⟦t⟧,⟦i⟧} > 0]\, \frac{\g{\partial J}}{\partial \a{h}_{⟦t⟧,⟦i⟧}}`,
};

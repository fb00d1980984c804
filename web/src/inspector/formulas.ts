// Formulae of the inspector, rendered by KaTeX when the page is built. (a) @@ (b); ⟦i⟧ is the cell, ⟦t⟧ the time, ⟦s⟧
// the time before. By a node's name where the course has letters for it, else by its op.

import { tex } from '../components/tex.ts';

export const valueFormulas: Record<string, string> = {
  e: tex`\a{e}_{⟦i⟧}^{(⟦t⟧)} = (\p{E} x^{(⟦t⟧)})_{⟦i⟧} = \p{E}_{⟦x⟧,⟦i⟧} @@ \a{x}_{⟦t⟧,⟦i⟧} = \p{E}_{⟦x⟧,⟦i⟧}`,
  We_e: tex`(\p{W_e}\a{e}^{(⟦t⟧)})_{⟦i⟧} = \sum_j \p{w}_{⟦i⟧j}\, \a{e}_j^{(⟦t⟧)} @@ (\p{W_{xh}^\top}\a{x}_{⟦t⟧})_{⟦i⟧} = \sum_j \p{w}_{j⟦i⟧}\, \a{x}_{⟦t⟧,j}`,
  Wh_h: tex`(\p{W_h}\a{h}^{(⟦s⟧)})_{⟦i⟧} = \sum_j \p{w}_{⟦i⟧j}\, \a{h}_j^{(⟦s⟧)} @@ (\p{W_{hh}^\top}\a{h}_{⟦s⟧})_{⟦i⟧} = \sum_j \p{w}_{j⟦i⟧}\, \a{h}_{⟦s⟧,j}`,
  sum: tex`(\p{W_h}\a{h}^{(⟦s⟧)})_{⟦i⟧} + (\p{W_e}\a{e}^{(⟦t⟧)})_{⟦i⟧} @@ (\p{W_{hh}^\top}\a{h}_{⟦s⟧})_{⟦i⟧} + (\p{W_{xh}^\top}\a{x}_{⟦t⟧})_{⟦i⟧}`,
  z: tex`\a{z}_{⟦i⟧}^{(⟦t⟧)} = (\p{W_h}\a{h}^{(⟦s⟧)} + \p{W_e}\a{e}^{(⟦t⟧)})_{⟦i⟧} + \p{b}_{1,⟦i⟧} @@ \a{z}_{⟦t⟧,⟦i⟧} = (\p{W_{hh}^\top}\a{h}_{⟦s⟧} + \p{W_{xh}^\top}\a{x}_{⟦t⟧})_{⟦i⟧} + \p{b}_{h,⟦i⟧}`,
  Uh: tex`(\p{U}\a{h}^{(⟦t⟧)})_{⟦i⟧} = \sum_j \p{u}_{⟦i⟧j}\, \a{h}_j^{(⟦t⟧)} @@ (\p{W_{hy}^\top}\a{h}_{⟦t⟧})_{⟦i⟧} = \sum_j \p{w}_{j⟦i⟧}\, \a{h}_{⟦t⟧,j}`,
  logits: tex`\a{o}_{⟦i⟧}^{(⟦t⟧)} = (\p{U}\a{h}^{(⟦t⟧)})_{⟦i⟧} + \p{b}_{2,⟦i⟧} @@ \a{o}_{⟦t⟧,⟦i⟧} = (\p{W_{hy}^\top}\a{h}_{⟦t⟧})_{⟦i⟧} + \p{b}_{y,⟦i⟧}`,
  tanh: tex`\a{h}_{⟦i⟧}^{(⟦t⟧)} = \tanh \a{z}_{⟦i⟧}^{(⟦t⟧)} @@ \a{h}_{⟦t⟧,⟦i⟧} = \tanh \a{z}_{⟦t⟧,⟦i⟧}`,
  sigmoid: tex`\a{h}_{⟦i⟧}^{(⟦t⟧)} = \sigma(\a{z}_{⟦i⟧}^{(⟦t⟧)}) = 1/(1 + e^{-\a{z}_{⟦i⟧}}) @@ \a{h}_{⟦t⟧,⟦i⟧} = \sigma(\a{z}_{⟦t⟧,⟦i⟧})`,
  relu: tex`\a{h}_{⟦i⟧}^{(⟦t⟧)} = \max(0, \a{z}_{⟦i⟧}^{(⟦t⟧)}) @@ \a{h}_{⟦t⟧,⟦i⟧} = \max(0, \a{z}_{⟦t⟧,⟦i⟧})`,
  softmax: tex`\hat y_{⟦i⟧}^{(⟦t⟧)} = e^{\a{o}_{⟦i⟧}} / \sum_j e^{\a{o}_j} @@ \hat y_{⟦t⟧,⟦i⟧} = e^{\a{o}_{⟦i⟧}} / \sum_j e^{\a{o}_j}`,
  nll: tex`J^{(⟦t⟧)} = -\log \hat y^{(⟦t⟧)}_{x_{⟦n⟧}} @@ J_{⟦t⟧} = -\log \hat y_{⟦t⟧,x_{⟦n⟧}}`,
  mean_loss: tex`J = \frac{1}{⟦T⟧} \sum_t J^{(t)} @@ J = \frac{1}{⟦T⟧} \sum_t J_t`,
  matmul: tex`y_{⟦i⟧} = \sum_j \p{w}_{⟦i⟧j}\, \a{x}_j`,
  add: tex`y_{⟦i⟧} = a_{⟦i⟧} + b_{⟦i⟧}`,
  mul: tex`y_{⟦i⟧} = a_{⟦i⟧}\, b_{⟦i⟧}`,
  gate: tex`y_{⟦i⟧} = \sigma(x_{⟦i⟧})`,
  one_minus: tex`y_{⟦i⟧} = 1 - x_{⟦i⟧}`,
  slice: tex`y = (x_m, \ldots, x_n)`,
  concat: tex`y = (a, b)`,
  reverse: tex`y^{(t)} = x^{(⟦T⟧+1-t)} @@ y_t = x_{⟦T⟧+1-t}`,
  last: tex`y = x^{(⟦T⟧)} @@ y = x_{⟦T⟧}`,
  embedding: tex`e_{⟦i⟧} = \p{E}_{⟦x⟧,⟦i⟧}`,
  flatten: tex`y = (x_1, x_2, \ldots)`,
  cross_entropy: tex`J = -\log \mathrm{softmax}(\a{o})_{x}`,
  squared_error: tex`J = (\hat y - y)^2`,
  rnn: tex`\a{h}^{(t)} = f(\p{W_h}\a{h}^{(t-1)} + \p{W_e}\a{e}^{(t)} + \p{b_1}) @@ \a{h}_t = f(\p{W_{hh}^\top}\a{h}_{t-1} + \p{W_{xh}^\top}\a{x}_t + \p{b_h})`,
  lstm: tex`\a{c} = \a{f} \circ \a{c} + \a{i} \circ \a{g},\; \a{h} = \a{o} \circ \tanh \a{c}`,
  gru: tex`\a{h} = (1 - \a{z}) \circ \a{n} + \a{z} \circ \a{h}`,
};

/** How a gradient comes back into a cell, by the op of the node that it comes from. */
export const backFormulas: Record<string, string> = {
  // what a product is made of, with the letters that stand in its figure
  'Wh_h.0': tex`\sum_j \p{w}_{j⟦i⟧}\, \frac{\g{\partial J}}{\partial (\p{W_h}\a{h})_j} @@ \sum_j \p{w}_{⟦i⟧j}\, \frac{\g{\partial J}}{\partial (\p{W_{hh}^\top}\a{h})_j}`,
  'Wh_h.1': tex`\a{h}_{⟦j⟧}^{(⟦s⟧)}\, \frac{\g{\partial J}}{\partial (\p{W_h}\a{h})_{⟦i⟧}} @@ \a{h}_{⟦s⟧,⟦j⟧}\, \frac{\g{\partial J}}{\partial (\p{W_{hh}^\top}\a{h})_{⟦i⟧}}`,
  'We_e.0': tex`\sum_j \p{w}_{j⟦i⟧}\, \frac{\g{\partial J}}{\partial (\p{W_e}\a{e})_j} @@ \sum_j \p{w}_{⟦i⟧j}\, \frac{\g{\partial J}}{\partial (\p{W_{xh}^\top}\a{x})_j}`,
  'We_e.1': tex`\a{e}_{⟦j⟧}^{(⟦t⟧)}\, \frac{\g{\partial J}}{\partial (\p{W_e}\a{e})_{⟦i⟧}} @@ \a{x}_{⟦t⟧,⟦j⟧}\, \frac{\g{\partial J}}{\partial (\p{W_{xh}^\top}\a{x})_{⟦i⟧}}`,
  'Uh.0': tex`\sum_j \p{u}_{j⟦i⟧}\, \frac{\g{\partial J}}{\partial (\p{U}\a{h})_j} @@ \sum_j \p{w}_{⟦i⟧j}\, \frac{\g{\partial J}}{\partial (\p{W_{hy}^\top}\a{h})_j}`,
  'Uh.1': tex`\a{h}_{⟦j⟧}^{(⟦t⟧)}\, \frac{\g{\partial J}}{\partial (\p{U}\a{h})_{⟦i⟧}} @@ \a{h}_{⟦t⟧,⟦j⟧}\, \frac{\g{\partial J}}{\partial (\p{W_{hy}^\top}\a{h})_{⟦i⟧}}`,
  'matmul.0': tex`\sum_j \p{w}_{j⟦i⟧}\, \frac{\g{\partial J}}{\partial y_j}`,
  'matmul.1': tex`\a{x}_{⟦j⟧}\, \frac{\g{\partial J}}{\partial y_{⟦i⟧}}`,
  add: tex`1 \cdot \frac{\g{\partial J}}{\partial y_{⟦i⟧}}`,
  sum: tex`1 \cdot \frac{\g{\partial J}}{\partial\, \text{sum}_{⟦i⟧}}`,
  z: tex`1 \cdot \frac{\g{\partial J}}{\partial \a{z}_{⟦i⟧}^{(⟦t⟧)}} @@ 1 \cdot \frac{\g{\partial J}}{\partial \a{z}_{⟦t⟧,⟦i⟧}}`,
  logits: tex`1 \cdot \frac{\g{\partial J}}{\partial \a{o}_{⟦i⟧}^{(⟦t⟧)}} @@ 1 \cdot \frac{\g{\partial J}}{\partial \a{o}_{⟦t⟧,⟦i⟧}}`,
  'mul.0': tex`b_{⟦i⟧}\, \frac{\g{\partial J}}{\partial y_{⟦i⟧}}`,
  'mul.1': tex`a_{⟦i⟧}\, \frac{\g{\partial J}}{\partial y_{⟦i⟧}}`,
  gate: tex`\sigma'(x_{⟦i⟧})\, \frac{\g{\partial J}}{\partial y_{⟦i⟧}}`,
  one_minus: tex`-\frac{\g{\partial J}}{\partial y_{⟦i⟧}}`,
  slice: tex`1 \cdot \frac{\g{\partial J}}{\partial y_{⟦i⟧}}`,
  concat: tex`1 \cdot \frac{\g{\partial J}}{\partial y_{⟦i⟧}}`,
  reverse: tex`1 \cdot \frac{\g{\partial J}}{\partial y_{⟦i⟧}}`,
  last: tex`1 \cdot \frac{\g{\partial J}}{\partial y_{⟦i⟧}}`,
  flatten: tex`1 \cdot \frac{\g{\partial J}}{\partial y_{⟦i⟧}}`,
  cross_entropy: tex`\hat y_{⟦i⟧} - [⟦i⟧ = x]`,
  squared_error: tex`2(\hat y - y)`,
  rnn: tex`\sum_{t} \frac{\partial \a{h}^{(t)}}{\partial x}\, \frac{\g{\partial J}}{\partial \a{h}^{(t)}}`,
  lstm: tex`\sum_{t} \frac{\partial \a{h}^{(t)}}{\partial x}\, \frac{\g{\partial J}}{\partial \a{h}^{(t)}}`,
  gru: tex`\sum_{t} \frac{\partial \a{h}^{(t)}}{\partial x}\, \frac{\g{\partial J}}{\partial \a{h}^{(t)}}`,
  tanh: tex`(1 - \a{h}_{⟦i⟧}^2)\, \frac{\g{\partial J}}{\partial \a{h}_{⟦i⟧}}`,
  sigmoid: tex`\a{h}_{⟦i⟧}(1 - \a{h}_{⟦i⟧})\, \frac{\g{\partial J}}{\partial \a{h}_{⟦i⟧}}`,
  relu: tex`[\a{h}_{⟦i⟧} > 0]\, \frac{\g{\partial J}}{\partial \a{h}_{⟦i⟧}}`,
  softmax: tex`\hat y_{⟦i⟧} \Bigl( \frac{\g{\partial J}}{\partial \hat y_{⟦i⟧}} - \sum_j \hat y_j \frac{\g{\partial J}}{\partial \hat y_j} \Bigr)`,
  nll: tex`-\frac{1}{\hat y_{x}}\, \frac{\g{\partial J}}{\partial J^{(⟦t⟧)}} @@ -\frac{1}{\hat y_{x}}\, \frac{\g{\partial J}}{\partial J_{⟦t⟧}}`,
  mean_loss: tex`\frac{1}{⟦T⟧}`,
  embedding: tex`\frac{\g{\partial J}}{\partial \a{e}_{⟦i⟧}^{(⟦t⟧)}} @@ \frac{\g{\partial J}}{\partial \a{x}_{⟦t⟧,⟦i⟧}}`,
};

/** The whole of it: terms over all that a node goes into. */
export const gradientFormula = tex`\frac{\g{\partial J}}{\partial y} = \sum_{c} \frac{\partial c}{\partial y}\, \frac{\g{\partial J}}{\partial c}`;

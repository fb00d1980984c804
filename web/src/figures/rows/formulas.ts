// Formulae where the op's own does not say which function it is, or speaks of a text's next symbol. Slots as in
// inspector/formulas.ts.

import { tex } from '../../components/tex.ts';

export const valueFormulas: Record<string, string> = {
  'gate.tanh': tex`\mathrm{out}_{⟦i⟧} = \tanh \mathrm{in}_{⟦i⟧}`,
  nll: tex`J^{(⟦t⟧)} = -\log \hat y_{⟦x⟧} @@ J_{⟦t⟧} = -\log \hat y_{⟦x⟧}`,
};
export const backFormulas: Record<string, string> = {
  'gate.tanh': tex`(1 - \mathrm{out}_{⟦i⟧}^2)\, \frac{\g{\partial J}}{\partial \mathrm{out}_{⟦i⟧}}`,
  nll: tex`-\frac{1}{\hat y_{⟦x⟧}}\, \frac{\g{\partial J}}{\partial J^{(⟦t⟧)}} @@ -\frac{1}{\hat y_{⟦x⟧}}\, \frac{\g{\partial J}}{\partial J_{⟦t⟧}}`,
};

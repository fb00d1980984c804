// What a Transformer's block is made of: nets with it are drawn here alone. Slots as in inspector/formulas.ts.

import { tex } from '../components/tex.ts';

export const valueFormulas: Record<string, string> = {
  gelu: tex`\mathrm{out}_{⟦i⟧} = \mathrm{in}_{⟦i⟧}\, \Phi(\mathrm{in}_{⟦i⟧})`,
  dots: tex`\mathrm{out}_s = \mathrm{in}_1 \cdot \mathrm{in}_{2,s}`,
  mask: tex`\mathrm{out}_s = \mathrm{in}_s`,
  heads: tex`\mathrm{out} = \sum_s \mathrm{softmax}(\mathrm{in}_1 \cdot \mathrm{in}_2)_s\, \mathrm{in}_{3,s}`,
  extend: tex`\mathrm{out} = (\mathrm{in}_{1,1}, \ldots, \mathrm{in}_{2,1}, \ldots)`,
  center: tex`\mathrm{out}_{⟦i⟧} = \mathrm{in}_{⟦i⟧} - \frac{1}{n} \sum_j \mathrm{in}_j`,
  normalize: tex`\mathrm{out}_{⟦i⟧} = \mathrm{in}_{⟦i⟧} / \sqrt{\frac{1}{n} \sum_j \mathrm{in}_j^2 + \varepsilon}`,
  layer_norm: tex`\mathrm{out}_{⟦i⟧} = \gamma_{⟦i⟧} (\mathrm{in}_{⟦i⟧} - \bar{\mathrm{in}}) / \sqrt{\sigma^2 + \varepsilon} + \beta_{⟦i⟧}`,
  sinusoid: tex`\mathrm{out}_{2j} = \sin(t / 10000^{2j/d}),\; \mathrm{out}_{2j+1} = \cos(t / 10000^{2j/d})`,
};

export const backFormulas: Record<string, string> = {
  gelu: tex`\bigl( \Phi(\mathrm{in}_{⟦i⟧}) + \mathrm{in}_{⟦i⟧}\, \varphi(\mathrm{in}_{⟦i⟧}) \bigr)\, \frac{\g{\partial J}}{\partial \mathrm{out}_{⟦i⟧}}`,
  'dots.0': tex`\sum_s \mathrm{in}_{2,s}\, \frac{\g{\partial J}}{\partial \mathrm{out}_s}`,
  'dots.1': tex`\sum_t \mathrm{in}_1^{(t)}\, \frac{\g{\partial J}}{\partial \mathrm{out}_s^{(t)}} @@ \sum_t \mathrm{in}_{1,t}\, \frac{\g{\partial J}}{\partial \mathrm{out}_{t,s}}`,
  mask: tex`1 \cdot \frac{\g{\partial J}}{\partial \mathrm{out}_{⟦i⟧}}`,
  heads: tex`\sum_t \frac{\partial \mathrm{out}^{(t)}}{\partial \mathrm{in}}\, \frac{\g{\partial J}}{\partial \mathrm{out}^{(t)}}`,
  extend: tex`1 \cdot \frac{\g{\partial J}}{\partial \mathrm{out}_{⟦i⟧}}`,
  center: tex`\frac{\g{\partial J}}{\partial \mathrm{out}_{⟦i⟧}} - \frac{1}{n} \sum_j \frac{\g{\partial J}}{\partial \mathrm{out}_j}`,
  normalize: tex`\frac{1}{\sqrt{\overline{\mathrm{in}^2} + \varepsilon}} \Bigl( \frac{\g{\partial J}}{\partial \mathrm{out}_{⟦i⟧}} - \mathrm{out}_{⟦i⟧} \frac{1}{n} \sum_j \mathrm{out}_j \frac{\g{\partial J}}{\partial \mathrm{out}_j} \Bigr)`,
  layer_norm: tex`\frac{\partial \mathrm{out}}{\partial \mathrm{in}}\, \frac{\g{\partial J}}{\partial \mathrm{out}}`,
  sinusoid: tex`0`,
};

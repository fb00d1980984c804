/* y = f(x) of one of the parts that stand side by side in the last axis, [...,nH] gives [...,H]; or, where
 * the gate is held, the same value everywhere. */
#include "op_template.h"

typedef struct form {
  size_t part, parts, width;
  int tanh, held;
} form;

static form form_of(const ur__call *call) {
  const int *range = call->range;
  size_t parts = (size_t)range[1];
  return (form){(size_t)range[0], parts, ur__cols(call->in[0]) / parts, call->option == UR_ACT_TANH,
                call->hold[0] <= 1};
}

ur_status UR_OP(gate, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *x = call->in[0];
  int last = x->rank - 1, parts = call->range[1];
  if (!ur__is_real(x) || x->rank < 1 || ur__varies(x->axes[last]) || x->shape[last] % parts != 0)
    return ur__bad_shape(call, "the last axis must hold all the gates, each as wide as the others");
  *out = *x;
  out->shape[last] /= parts;
  out->axes[last] = 'H';
  return UR_OK;
}

ur_status UR_OP(gate, forward)(const ur__call *call) {
  form g = form_of(call);
  ur_real *y = ur__out(call);
  const ur_real *x = ur__in(call, 0) + g.part * g.width;
  for (size_t i = 0; i < call->out->cells && g.held; i++) y[i] = (ur_real)call->hold[0];
  if (g.held) return UR_OK;
  /* y = f(x) */
  for (size_t r = 0; r < ur__rows(call->out); r++, y += g.width, x += g.parts * g.width) {
    if (g.tanh)
      UR_FN(tanh)(y, x, g.width);
    else
      UR_FN(sigmoid)(y, x, g.width);
  }
  return UR_OK;
}

void UR_OP(gate, backward)(const ur__call *call, const void *dy, void *const *dx) {
  if (!dx[0]) return;
  form g = form_of(call);
  ur_real *d = dx[0];
  memset(d, 0, call->in[0]->cells * sizeof(ur_real));
  if (g.held) return;
  /* y = f(x): dx = dy f'(x), from y; flushed */
  const ur_real *up = dy, *y = ur__out(call);
  d += g.part * g.width;
  for (size_t r = 0; r < ur__rows(call->out); r++, d += g.parts * g.width, up += g.width, y += g.width) {
    if (g.tanh)
      UR_FN(tanh_backward)(d, up, y, g.width);
    else
      UR_FN(sigmoid_backward)(d, up, y, g.width);
  }
}

void UR_OP(gate, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  (void)input;
  form g = form_of(call);
  *out = (ur_cells){cell / g.width * g.parts * g.width + g.part * g.width + cell % g.width, 1, !g.held};
}

double UR_OP(gate, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  ur_cells from;
  UR_OP(gate, sources)(call, input, cell, &from);
  double y = ur__out(call)[cell];
  if (from.count == 0 || from.start != in_cell) return 0;
  return form_of(call).tanh ? 1 - y * y : y * (1 - y);
}

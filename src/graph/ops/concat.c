/* y = (a, b, ...): side by side in the last axis. [...,M], [...,N], ... give [...,M+N+...]. */
#include "op_template.h"

ur_status UR_OP(concat, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *a = call->in[0];
  const int last = a->rank - 1;
  int width = 0, same = last >= 0;
  for (int k = 0; k < call->n && same; k++) {
    const ur__tensor *x = call->in[k];
    same = ur__is_real(x) && x->rank == a->rank && !ur__varies(x->axes[last]) &&
           x->shape[last] <= INT32_MAX - width;
    for (int i = 0; i < last && same; i++) same = ur__same_axis(a, i, x, i);
    if (same) width += x->shape[last];
  }
  if (!same) return ur__bad_shape(call, "all must have one shape but for the last axis");
  *out = *a;
  out->shape[last] = width;
  return UR_OK;
}

ur_status UR_OP(concat, forward)(const ur__call *call) {
  const size_t all = ur__cols(call->out), rows = ur__rows(call->out);
  ur_real *y = ur__out(call);
  for (int k = 0; k < call->n; k++) {
    const size_t m = ur__cols(call->in[k]);
    for (size_t r = 0; r < rows; r++) memcpy(y + r * all, ur__in(call, k) + r * m, m * sizeof *y);
    y += m;
  }
  return UR_OK;
}

void UR_OP(concat, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const size_t all = ur__cols(call->out), rows = ur__rows(call->out);
  const ur_real *up = dy;
  for (int k = 0; k < call->n; k++) {
    const size_t m = ur__cols(call->in[k]);
    for (size_t r = 0; r < rows && dx[k]; r++) memcpy((ur_real *)dx[k] + r * m, up + r * all, m * sizeof *up);
    up += m;
  }
}

void UR_OP(concat, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  const size_t all = ur__cols(call->out), m = ur__cols(call->in[input]), row = cell / all;
  size_t at = cell % all;
  for (int k = 0; k < input; k++) at -= ur__cols(call->in[k]); /* wraps round where it is before this one */
  *out = at < m ? (ur_cells){row * m + at, 1, 1} : (ur_cells){row * m, 1, 0};
}

double UR_OP(concat, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  ur_cells from;
  UR_OP(concat, sources)(call, input, cell, &from);
  return from.count == 1 && from.start == in_cell ? 1 : 0;
}

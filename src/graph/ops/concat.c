/* y = (a, b): side by side in the last axis. [...,M] and [...,N] give [...,M+N]. */
#include "op_template.h"

enum { A, B };

ur_status UR_OP(concat, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *a = call->in[A], *b = call->in[B];
  int last = a->rank - 1, same = a->rank == b->rank && last >= 0;
  for (int i = 0; i < last && same; i++) same = ur__same_axis(a, i, b, i);
  if (!ur__is_real(a) || !ur__is_real(b) || !same || ur__varies(a->axes[last]) || ur__varies(b->axes[last]) ||
      a->shape[last] > INT32_MAX - b->shape[last])
    return ur__bad_shape(call, "both must have one shape but for the last axis");
  *out = *a;
  out->shape[last] += b->shape[last];
  return UR_OK;
}

ur_status UR_OP(concat, forward)(const ur__call *call) {
  size_t m = ur__cols(call->in[A]), n = ur__cols(call->in[B]);
  ur_real *y = ur__out(call);
  for (size_t r = 0; r < ur__rows(call->out); r++, y += m + n) {
    memcpy(y, ur__in(call, A) + r * m, m * sizeof *y);
    memcpy(y + m, ur__in(call, B) + r * n, n * sizeof *y);
  }
  return UR_OK;
}

void UR_OP(concat, backward)(const ur__call *call, const void *dy, void *const *dx) {
  size_t m = ur__cols(call->in[A]), n = ur__cols(call->in[B]);
  const ur_real *up = dy;
  for (size_t r = 0; r < ur__rows(call->out); r++, up += m + n) {
    if (dx[A]) memcpy((ur_real *)dx[A] + r * m, up, m * sizeof *up);
    if (dx[B]) memcpy((ur_real *)dx[B] + r * n, up + m, n * sizeof *up);
  }
}

void UR_OP(concat, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  size_t m = ur__cols(call->in[A]), n = ur__cols(call->in[B]), row = cell / (m + n), at = cell % (m + n);
  if (input == A)
    *out = (ur_cells){row * m + at, 1, at < m};
  else
    *out = (ur_cells){row * n + (at < m ? 0 : at - m), 1, at >= m};
}

double UR_OP(concat, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  ur_cells from;
  UR_OP(concat, sources)(call, input, cell, &from);
  return from.count == 1 && from.start == in_cell ? 1 : 0;
}

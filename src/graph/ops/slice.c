/* y = (x_from, ..., x_(from + size - 1)) of the last axis, lettered as asked. [...,N] gives [...,size]. */
#include "op_template.h"

ur_status UR_OP(slice, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *a = call->in[0];
  int last = a->rank - 1, from = call->range[0], size = call->range[1];
  if (!ur__is_real(a) || a->rank < 1 || ur__varies(a->axes[last]) || ur__varies((char)call->option) ||
      from < 0 || size < 1 || from > a->shape[last] - size)
    return ur__bad_shape(call, "the slice must lie within the last axis");
  *out = *a;
  out->axes[last] = (char)call->option;
  out->shape[last] = size;
  return UR_OK;
}

ur_status UR_OP(slice, forward)(const ur__call *call) {
  size_t n = ur__cols(call->in[0]), size = ur__cols(call->out);
  const ur_real *x = ur__in(call, 0) + call->range[0];
  ur_real *y = ur__out(call);
  for (size_t r = 0; r < ur__rows(call->out); r++) memcpy(y + r * size, x + r * n, size * sizeof *y);
  return UR_OK;
}

void UR_OP(slice, backward)(const ur__call *call, const void *dy, void *const *dx) {
  if (!dx[0]) return;
  size_t n = ur__cols(call->in[0]), size = ur__cols(call->out);
  ur_real *d = (ur_real *)dx[0] + call->range[0];
  const ur_real *up = dy;
  memset(dx[0], 0, call->in[0]->cells * sizeof *d);
  for (size_t r = 0; r < ur__rows(call->out); r++) memcpy(d + r * n, up + r * size, size * sizeof *d);
}

void UR_OP(slice, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  (void)input;
  size_t size = ur__cols(call->out);
  ur__same_cell(cell / size * ur__cols(call->in[0]) + (size_t)call->range[0] + cell % size, out);
}

double UR_OP(slice, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  ur_cells from;
  UR_OP(slice, sources)(call, input, cell, &from);
  return from.start == in_cell ? 1 : 0;
}

/* y_b = x^(n_b)_b: each sequence's last step. x [T,B,...] and lengths [B] give [B,...]. */
#include "op_template.h"

enum { X, LENGTHS };

ur_status UR_OP(last, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *x = call->in[X], *lengths = call->in[LENGTHS];
  if (!ur__is_real(x) || x->rank < 3 || ur__is_real(lengths) || lengths->rank != 1 ||
      !ur__same_axis(x, 1, lengths, 0))
    return ur__bad_shape(call, "[T,B,...] needs lengths [B] that are indices");
  *out = *x;
  out->rank--;
  memmove(out->axes, x->axes + 1, sizeof out->axes - 1);
  memmove(out->shape, x->shape + 1, (size_t)out->rank * sizeof *x->shape);
  return UR_OK;
}

/* The first cell of x that makes row b. */
static size_t row_of(const ur__call *call, size_t b) {
  size_t batch = (size_t)call->out->shape[0], n = call->out->cells / batch;
  return ((size_t)((const int32_t *)call->in[LENGTHS]->data)[b] - 1) * batch * n + b * n;
}

ur_status UR_OP(last, forward)(const ur__call *call) {
  size_t batch = (size_t)call->out->shape[0], n = call->out->cells / batch;
  ur_status status = ur__check_indices(call, LENGTHS, 1, call->in[X]->shape[0]);
  for (size_t b = 0; b < batch && status == UR_OK; b++)
    memcpy(ur__out(call) + b * n, ur__in(call, X) + row_of(call, b), n * sizeof(ur_real));
  return status;
}

void UR_OP(last, backward)(const ur__call *call, const void *dy, void *const *dx) {
  if (!dx[X]) return;
  size_t batch = (size_t)call->out->shape[0], n = call->out->cells / batch;
  memset(dx[X], 0, call->in[X]->cells * sizeof(ur_real));
  for (size_t b = 0; b < batch; b++)
    memcpy((ur_real *)dx[X] + row_of(call, b), (const ur_real *)dy + b * n, n * sizeof(ur_real));
}

void UR_OP(last, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  size_t n = call->out->cells / (size_t)call->out->shape[0];
  *out = (ur_cells){input == LENGTHS ? cell / n : row_of(call, cell / n) + cell % n, 1, 1};
}

double UR_OP(last, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  ur_cells from;
  UR_OP(last, sources)(call, input, cell, &from);
  return from.start == in_cell ? 1 : 0;
}

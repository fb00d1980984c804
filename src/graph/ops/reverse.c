/* Each sequence read from its end: y^(t) = x^(n+1-t) for t = 1..n, where n is the sequence's own length; what
 * lies beyond stays where it is. x [T,B,...] and lengths [B] give [T,B,...]. */
#include "op_template.h"

enum { X, LENGTHS };

ur_status UR_OP(reverse, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *x = call->in[X], *lengths = call->in[LENGTHS];
  if (!ur__is_real(x) || x->rank < 3 || ur__is_real(lengths) || lengths->rank != 1 ||
      !ur__same_axis(x, 1, lengths, 0))
    return ur__bad_shape(call, "[T,B,...] needs lengths [B] that are indices");
  *out = *x;
  return UR_OK;
}

/* Where step t of sequence b comes from. */
static size_t from_step(const ur__call *call, size_t t, size_t b) {
  size_t n = (size_t)((const int32_t *)call->in[LENGTHS]->data)[b];
  return t < n ? n - 1 - t : t;
}

static void move(const ur__call *call, ur_real *to, const ur_real *from) {
  const int *shape = call->out->shape;
  size_t steps = (size_t)shape[0], batch = (size_t)shape[1], n = call->out->cells / (steps * batch);
  for (size_t t = 0; t < steps; t++)
    for (size_t b = 0; b < batch; b++)
      memcpy(to + (t * batch + b) * n, from + (from_step(call, t, b) * batch + b) * n, n * sizeof *to);
}

ur_status UR_OP(reverse, forward)(const ur__call *call) {
  ur_status status = ur__check_indices(call, LENGTHS, 1, call->out->shape[0]);
  if (status == UR_OK) move(call, ur__out(call), ur__in(call, X));
  return status;
}

void UR_OP(reverse, backward)(const ur__call *call, const void *dy, void *const *dx) {
  /* Reading twice from the end is reading from the beginning. */
  if (dx[X]) move(call, dx[X], dy);
}

void UR_OP(reverse, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  const int *shape = call->out->shape;
  size_t steps = (size_t)shape[0], batch = (size_t)shape[1], n = call->out->cells / (steps * batch);
  size_t row = cell / n, b = row % batch;
  *out =
      (ur_cells){input == LENGTHS ? b : (from_step(call, row / batch, b) * batch + b) * n + cell % n, 1, 1};
}

double UR_OP(reverse, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  ur_cells from;
  UR_OP(reverse, sources)(call, input, cell, &from);
  return from.start == in_cell ? 1 : 0;
}

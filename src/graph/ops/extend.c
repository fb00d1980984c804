/* y = past with new in the place of its last rows: the keys or values of what was read, and then those of
 * what is read now. past [S,B,N] and new [T,B,N], T at most S, give [S,B,N]. It is made where past is, which
 * is an input, so that what is kept is not moved from step to step. */
#include "op_template.h"

enum { PAST, NEW };

ur_status UR_OP(extend, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  const ur__tensor *past = call->in[PAST], *new = call->in[NEW];
  if (!ur__is_real(past) || !ur__is_real(new) || past->rank != 3 || new->rank != 3 ||
      !ur__same_axis(past, 1, new, 1) || !ur__same_axis(past, 2, new, 2) || past->shape[0] < new->shape[0])
    return ur__bad_shape(call, "what was [S,B,N] needs what is new [T,B,N], S at least T");
  *out = *past;
  needs->work = (size_t)past->shape[1] * (size_t)past->shape[2]; /* for ur_tape_carry_rows */
  return UR_OK;
}

/* Cells of past that stay. */
static size_t kept(const ur__call *call) { return call->out->cells - call->in[NEW]->cells; }

ur_status UR_OP(extend, forward)(const ur__call *call) {
  const ur__tensor *new = call->in[NEW];
  if (new->shape[0] > call->out->shape[0])
    return ur_fail(UR_E_SHAPE, call->path, "%s: %d rows do not go into %d", call->path, new->shape[0],
                   call->out->shape[0]);
  memcpy(ur__out(call) + kept(call), new->data, new->cells * sizeof(ur_real));
  return UR_OK;
}

void UR_OP(extend, backward)(const ur__call *call, const void *dy, void *const *dx) {
  if (dx[NEW]) memcpy(dx[NEW], (const ur_real *)dy + kept(call), call->in[NEW]->cells * sizeof(ur_real));
}

void UR_OP(extend, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  const size_t from = kept(call);
  if (input == PAST)
    *out = (ur_cells){cell, 1, cell < from};
  else
    *out = (ur_cells){cell >= from ? cell - from : 0, 1, cell >= from};
}

double UR_OP(extend, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  const size_t from = kept(call);
  return input == PAST ? cell < from && cell == in_cell : cell >= from && cell - from == in_cell;
}

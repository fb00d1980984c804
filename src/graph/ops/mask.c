/* y_tbs = e_tbs where query t of sequence b sees key s, else -infinity: what a softmax makes a weight of
 * exactly 0, and what no gradient goes through. e [T,B,S], and lengths [B], 1..S, where keys are padded. */
#include "looking.h"

#include <math.h>

enum { E, LENGTHS };

ur_status UR_OP(mask, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *e = call->in[E], *lengths = call->n > LENGTHS ? call->in[LENGTHS] : NULL;
  if (!ur__is_real(e) || e->rank != 3 || (call->option & UR__CAUSAL && e->shape[2] < e->shape[0]) ||
      (lengths && (ur__is_real(lengths) || lengths->rank != 1 || !ur__same_axis(lengths, 0, e, 1))))
    return ur__bad_shape(call, "scores [T,B,S], S at least T where only what is before is seen, need lengths "
                               "[B] that are indices, or none");
  *out = *e;
  return UR_OK;
}

/* How many keys row r sees. */
static size_t seen_by(const ur__call *call, size_t r) {
  const int *shape = call->out->shape;
  const size_t B = (size_t)shape[1], S = (size_t)shape[2];
  return ur__seen(call, ur__visible(call, LENGTHS, r % B, S), r / B, (size_t)shape[0], S);
}

ur_status UR_OP(mask, forward)(const ur__call *call) {
  const size_t S = ur__cols(call->out);
  const ur_status status = ur__check_seen(call, LENGTHS, (size_t)call->out->shape[0], S);
  for (size_t r = 0; r < ur__rows(call->out) && status == UR_OK; r++) {
    ur_real *y = ur__out(call) + r * S;
    const size_t seen = seen_by(call, r);
    memcpy(y, ur__in(call, E) + r * S, seen * sizeof *y);
    for (size_t s = seen; s < S; s++) y[s] = -(ur_real)INFINITY;
  }
  return status;
}

void UR_OP(mask, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const size_t S = ur__cols(call->out);
  for (size_t r = 0; r < ur__rows(call->out) && dx[E]; r++) {
    ur_real *de = (ur_real *)dx[E] + r * S;
    const size_t seen = seen_by(call, r);
    memcpy(de, (const ur_real *)dy + r * S, seen * sizeof *de);
    memset(de + seen, 0, (S - seen) * sizeof *de);
  }
}

void UR_OP(mask, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  const size_t S = ur__cols(call->out), r = cell / S;
  if (input == LENGTHS)
    *out = (ur_cells){r % (size_t)call->out->shape[1], 1, 1};
  else
    *out = (ur_cells){cell, 1, cell % S < seen_by(call, r)};
}

double UR_OP(mask, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  const size_t S = ur__cols(call->out);
  return input == E && cell == in_cell && cell % S < seen_by(call, cell / S) ? 1 : 0;
}

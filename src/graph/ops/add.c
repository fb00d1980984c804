/* c = a + b: of one shape, or b of the last axes of a, added to all that come before. */
#include "op_template.h"

enum { A, B };

static int on_rows(const ur__call *call) { return call->in[B]->rank < call->in[A]->rank; }

ur_status UR_OP(add, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *a = call->in[A], *b = call->in[B];
  int same = a->rank == b->rank && ur__same_rows(a, b);
  int row = b->rank > 0 && b->rank < a->rank;
  for (int i = 0; i < b->rank && row; i++) row = ur__same_axis(a, a->rank - b->rank + i, b, i);
  if (!ur__is_real(a) || !ur__is_real(b) || !(same || row))
    return ur__bad_shape(call, "both must have one shape, or the second be one row of the first");
  *out = *a;
  return UR_OK;
}

ur_status UR_OP(add, forward)(const ur__call *call) {
  const ur__tensor *a = call->in[A];
  const size_t n = call->in[B]->cells;
  /* c = a + b */
  if (on_rows(call))
    UR_FN(add_rows)(ur__out(call), a->data, ur__in(call, B), a->cells / n, n);
  else
    UR_FN(add)(ur__out(call), a->data, ur__in(call, B), a->cells);
  return UR_OK;
}

void UR_OP(add, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const ur__tensor *a = call->in[A];
  const size_t n = call->in[B]->cells;
  /* c = a + b: da = dc, db = dc, summed over the rows where b is one row */
  if (dx[A]) memcpy(dx[A], dy, a->cells * sizeof(ur_real));
  if (dx[B] && on_rows(call))
    UR_FN(sum_rows)(dx[B], dy, a->cells / n, n);
  else if (dx[B])
    memcpy(dx[B], dy, a->cells * sizeof(ur_real));
}

void UR_OP(add, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  ur__same_cell(input == B && on_rows(call) ? cell % call->in[B]->cells : cell, out);
}

double UR_OP(add, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  ur_cells from;
  UR_OP(add, sources)(call, input, cell, &from);
  return from.start == in_cell ? 1 : 0;
}

/* c = a o b, cell by cell: of one shape, or b of the last axes of a, on all that come before; flushed. */
#include "op_template.h"

enum { A, B };

static int on_rows(const ur__call *call) { return call->in[B]->rank < call->in[A]->rank; }

ur_status UR_OP(mul, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  const ur__tensor *a = call->in[A], *b = call->in[B];
  int same = a->rank == b->rank && ur__same_rows(a, b);
  int row = b->rank > 0 && b->rank < a->rank;
  for (int i = 0; i < b->rank && row; i++) row = ur__same_axis(a, a->rank - b->rank + i, b, i);
  if (!ur__is_real(a) || !ur__is_real(b) || !(same || row))
    return ur__bad_shape(call, "both must have one shape, or the second be one row of the first");
  *out = *a;
  if (row) needs->work = a->cells;
  return UR_OK;
}

ur_status UR_OP(mul, forward)(const ur__call *call) {
  const size_t n = call->in[B]->cells;
  /* c = a o b; flushed */
  if (on_rows(call))
    UR_FN(gated_rows)(ur__out(call), ur__in(call, A), ur__in(call, B), call->out->cells / n, n);
  else
    UR_FN(gated)(ur__out(call), ur__in(call, A), ur__in(call, B), n);
  return UR_OK;
}

void UR_OP(mul, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const size_t n = call->in[B]->cells, cells = call->out->cells;
  /* c = a o b: da = dc o b, db = dc o a, summed over the rows where b is one row; flushed */
  if (dx[A] && on_rows(call))
    UR_FN(gated_rows)(dx[A], dy, ur__in(call, B), cells / n, n);
  else if (dx[A])
    UR_FN(gated)(dx[A], dy, ur__in(call, B), n);
  if (dx[B] && on_rows(call)) {
    UR_FN(gated)(call->work, dy, ur__in(call, A), cells);
    UR_FN(sum_rows)(dx[B], call->work, cells / n, n);
  } else if (dx[B]) {
    UR_FN(gated)(dx[B], dy, ur__in(call, A), n);
  }
}

void UR_OP(mul, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  ur__same_cell(input == B ? cell % call->in[B]->cells : cell, out);
}

double UR_OP(mul, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  ur_cells mine, other;
  UR_OP(mul, sources)(call, input, cell, &mine);
  UR_OP(mul, sources)(call, input == A ? B : A, cell, &other);
  return mine.start == in_cell ? (double)ur__in(call, input == A ? B : A)[other.start] : 0;
}

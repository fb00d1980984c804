/* y_b = sum_s a_bs v_sb: values, each as much as its weight. a [B,S] and v [S,B,N] give [B,N]. Beyond
 * the last weight that is not 0 no value is looked at. */
#include "op_template.h"

enum { A, V };

typedef struct sizes {
  size_t source, batch, n;
} sizes;

static sizes sizes_of(const ur__call *call) {
  const int *v = call->in[V]->shape;
  return (sizes){(size_t)v[0], (size_t)v[1], (size_t)v[2]};
}

ur_status UR_OP(weighted_sum, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *a = call->in[A], *v = call->in[V];
  if (!ur__is_real(a) || !ur__is_real(v) || a->rank != 2 || v->rank != 3 || ur__varies(v->axes[2]) ||
      !ur__same_axis(a, 0, v, 1) || !ur__same_axis(a, 1, v, 0))
    return ur__bad_shape(call, "weights [B,S] need values [S,B,N]");
  *out = *v;
  out->rank = 2;
  memmove(out->axes, v->axes + 1, sizeof out->axes - 1);
  memmove(out->shape, v->shape + 1, 2 * sizeof *v->shape);
  return UR_OK;
}

/* Up to the last weight that is not 0. */
static size_t count_of(const ur_real *a, size_t n) {
  while (n > 0 && a[n - 1] == 0) n--;
  return n;
}

ur_status UR_OP(weighted_sum, forward)(const ur__call *call) {
  const sizes s = sizes_of(call);
  for (size_t b = 0; b < s.batch; b++) {
    const ur_real *a = ur__in(call, A) + b * s.source;
    /* y_b = sum_s a_bs v_sb */
    UR_FN(weighted_sum)
    (ur__out(call) + b * s.n, a, ur__in(call, V) + b * s.n, s.batch * s.n, count_of(a, s.source), s.n);
  }
  return UR_OK;
}

void UR_OP(weighted_sum, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const sizes s = sizes_of(call);
  const size_t rows = s.batch * s.n;
  if (dx[V]) memset(dx[V], 0, call->in[V]->cells * sizeof(ur_real));
  for (size_t b = 0; b < s.batch; b++) {
    const ur_real *a = ur__in(call, A) + b * s.source, *dy_b = (const ur_real *)dy + b * s.n;
    /* y_b = sum_s a_bs v_sb: da_bs = dy_b . v_sb, dv_sb = a_bs dy_b */
    if (dx[A])
      UR_FN(scores)((ur_real *)dx[A] + b * s.source, dy_b, ur__in(call, V) + b * s.n, rows, s.source, s.n);
    if (dx[V]) UR_FN(add_scaled)((ur_real *)dx[V] + b * s.n, a, dy_b, rows, count_of(a, s.source), s.n);
  }
}

void UR_OP(weighted_sum, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  const sizes s = sizes_of(call);
  *out =
      input == A ? (ur_cells){cell / s.n * s.source, 1, s.source} : (ur_cells){cell, s.batch * s.n, s.source};
}

double UR_OP(weighted_sum, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  const sizes s = sizes_of(call);
  const size_t b = cell / s.n, rows = s.batch * s.n;
  if (input == A) return in_cell / s.source == b ? ur__in(call, V)[in_cell % s.source * rows + cell] : 0;
  return in_cell % rows == cell ? ur__in(call, A)[b * s.source + in_cell / rows] : 0;
}

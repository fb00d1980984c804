/* y_r = sum_s a_rs v_sb: the values of sequence b, each as much as its weight. a [B,S] or [T,B,S] and v
 * [S,B,N] give [B,N] or [T,B,N]. Beyond the last weight that is not 0 no value is looked at. */
#include "op_template.h"

enum { A, V };

typedef struct sizes {
  size_t source, batch, n, rows; /* rows: of weights, [T] by [B] */
} sizes;

static sizes sizes_of(const ur__call *call) {
  const int *v = call->in[V]->shape;
  return (sizes){(size_t)v[0], (size_t)v[1], (size_t)v[2], call->in[A]->cells / (size_t)v[0]};
}

ur_status UR_OP(weighted_sum, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *a = call->in[A], *v = call->in[V];
  if (!ur__is_real(a) || !ur__is_real(v) || a->rank < 2 || a->rank > 3 || v->rank != 3 ||
      ur__varies(v->axes[2]) || !ur__same_axis(a, a->rank - 2, v, 1) || !ur__same_axis(a, a->rank - 1, v, 0))
    return ur__bad_shape(call, "weights [T,B,S] or [B,S] need values [S,B,N]");
  *out = *a;
  out->axes[a->rank - 1] = v->axes[2];
  out->shape[a->rank - 1] = v->shape[2];
  return UR_OK;
}

/* Up to the last weight that is not 0. */
static size_t count_of(const ur_real *a, size_t n) {
  while (n > 0 && a[n - 1] == 0) n--;
  return n;
}

ur_status UR_OP(weighted_sum, forward)(const ur__call *call) {
  const sizes s = sizes_of(call);
  for (size_t r = 0; r < s.rows; r++) {
    const ur_real *a = ur__in(call, A) + r * s.source;
    /* y_r = sum_s a_rs v_sb */
    UR_FN(weighted_sum)
    (ur__out(call) + r * s.n, a, ur__in(call, V) + r % s.batch * s.n, s.batch * s.n, count_of(a, s.source),
     s.n);
  }
  return UR_OK;
}

void UR_OP(weighted_sum, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const sizes s = sizes_of(call);
  const size_t rows = s.batch * s.n;
  if (dx[V]) memset(dx[V], 0, call->in[V]->cells * sizeof(ur_real));
  for (size_t r = 0; r < s.rows; r++) {
    const ur_real *a = ur__in(call, A) + r * s.source, *dy_r = (const ur_real *)dy + r * s.n;
    const size_t b = r % s.batch;
    /* y_r = sum_s a_rs v_sb: da_rs = dy_r . v_sb, dv_sb = sum_r a_rs dy_r */
    if (dx[A])
      UR_FN(scores)((ur_real *)dx[A] + r * s.source, dy_r, ur__in(call, V) + b * s.n, rows, s.source, s.n);
    if (dx[V]) UR_FN(add_scaled)((ur_real *)dx[V] + b * s.n, a, dy_r, rows, count_of(a, s.source), s.n);
  }
}

/* The cell of the first value that makes a cell: of its sequence, in its column. */
static size_t column_of(const sizes *s, size_t cell) { return cell / s->n % s->batch * s->n + cell % s->n; }

void UR_OP(weighted_sum, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  const sizes s = sizes_of(call);
  *out = input == A ? (ur_cells){cell / s.n * s.source, 1, s.source}
                    : (ur_cells){column_of(&s, cell), s.batch * s.n, s.source};
}

double UR_OP(weighted_sum, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  const sizes s = sizes_of(call);
  const size_t r = cell / s.n, step = s.batch * s.n, from = column_of(&s, cell);
  if (input == A) return in_cell / s.source == r ? ur__in(call, V)[in_cell % s.source * step + from] : 0;
  return in_cell % step == from ? ur__in(call, A)[r * s.source + in_cell / step] : 0;
}

/* Each query looks at all keys: e_s = q . k_s, or that by sqrt(N), or v . tanh(k_s + q); a = softmax(e) over
 * the first n_b keys; y = sum_s a_s v_s. The option says which score: ur_score. q [T,B,N], k [S,B,N], values
 * [S,B,M], lengths [B], and v [N] for the last score, give y [T,B,M]. Kept for backward and for the eye: the
 * weights a [T,B,S], exactly 0 beyond a sequence's length. */
#include "op_template.h"

#include <math.h>

enum { Q, K, VALUES, LENGTHS, V };

typedef struct sizes {
  size_t steps, batch, source, n, m;
} sizes;

static sizes sizes_of(const ur__call *call) {
  const int *q = call->in[Q]->shape, *v = call->in[VALUES]->shape;
  return (sizes){(size_t)q[0], (size_t)q[1], (size_t)v[0], (size_t)q[2], (size_t)v[2]};
}

static int is_additive(const ur__call *call) { return call->option == UR_SCORE_ADDITIVE; }

ur_status UR_OP(attention, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  const int additive = is_additive(call);
  if (call->n != 4 + additive)
    return ur__bad_shape(call, "queries, keys, values and lengths, and a vector for additive scores");
  const ur__tensor *q = call->in[Q], *k = call->in[K], *values = call->in[VALUES],
                   *lengths = call->in[LENGTHS];
  if (!ur__is_real(q) || !ur__is_real(k) || !ur__is_real(values) || ur__is_real(lengths) || q->rank != 3 ||
      k->rank != 3 || values->rank != 3 || lengths->rank != 1 || ur__varies(q->axes[2]) ||
      ur__varies(values->axes[2]) || !ur__same_axis(q, 1, k, 1) || !ur__same_axis(q, 2, k, 2) ||
      !ur__same_axis(k, 0, values, 0) || !ur__same_axis(k, 1, values, 1) ||
      !ur__same_axis(lengths, 0, k, 1) ||
      (additive &&
       (!ur__is_real(call->in[V]) || call->in[V]->rank != 1 || !ur__same_axis(call->in[V], 0, q, 2))))
    return ur__bad_shape(call, "q [T,B,N] needs k [S,B,N], values [S,B,M], lengths [B], v [N]");
  *out = *q;
  out->axes[2] = values->axes[2];
  out->shape[2] = values->shape[2];
  const sizes s = sizes_of(call);
  needs->aux = ur__times(ur__times(s.steps, s.batch), s.source);
  /* scores and, additive, what v is multiplied with; backward: and one row for the gradient of a sum */
  needs->work = ur__plus(s.source, additive ? ur__times(ur__plus(s.source, 1), s.n) : 0);
  return UR_OK;
}

static ur_real factor_of(const ur__call *call, const sizes *s) {
#ifdef UR_DOUBLE
  return call->option == UR_SCORE_SCALED ? 1 / sqrt((double)s->n) : 1;
#else
  return call->option == UR_SCORE_SCALED ? 1 / sqrtf((float)s->n) : 1;
#endif
}

/* Row s of `out` = tanh(k_s + q). */
static void squash(const sizes *s, ur_real *out, const ur_real *q, const ur_real *k, size_t count) {
  for (size_t i = 0; i < count; i++) UR_FN(add)(out + i * s->n, k + i * s->batch * s->n, q, s->n);
  UR_FN(tanh)(out, out, count * s->n);
}

ur_status UR_OP(attention, forward)(const ur__call *call) {
  const sizes s = sizes_of(call);
  const ur_status status = ur__check_indices(call, LENGTHS, 1, (int)s.source);
  if (status != UR_OK) return status;
  ur_real *e = call->work, *squashed = e + s.source;
  for (size_t row = 0; row < s.steps * s.batch; row++) {
    const size_t b = row % s.batch, count = (size_t)((const int32_t *)call->in[LENGTHS]->data)[b];
    const ur_real *q = ur__in(call, Q) + row * s.n, *k = ur__in(call, K) + b * s.n;
    ur_real *a = (ur_real *)call->aux + row * s.source;
    if (is_additive(call)) {
      squash(&s, squashed, q, k, count);
      UR_FN(scores)(e, ur__in(call, V), squashed, s.n, count, s.n);
    } else {
      UR_FN(scores)(e, q, k, s.batch * s.n, count, s.n);
      if (call->option == UR_SCORE_SCALED) UR_FN(scale)(e, e, factor_of(call, &s), count);
    }
    UR_FN(softmax)(a, e, 1, count);
    memset(a + count, 0, (s.source - count) * sizeof *a);
    UR_FN(weighted_sum)
    (ur__out(call) + row * s.m, a, ur__in(call, VALUES) + b * s.m, s.batch * s.m, count, s.m);
  }
  return UR_OK;
}

/* e_s = v . tanh(k_s + q): with t_s = tanh(k_s + q), du_s = de_s v (1 - t_s^2); dv = sum_s de_s t_s,
 * dq = sum_s du_s, dk_s = du_s. */
static void back_additive(const ur__call *call, const sizes *s, size_t row, const ur_real *de, size_t count,
                          void *const *dx) {
  const size_t b = row % s->batch, step = s->batch * s->n;
  ur_real *squashed = (ur_real *)call->work + s->source, *du = squashed + s->source * s->n;
  squash(s, squashed, ur__in(call, Q) + row * s->n, ur__in(call, K) + b * s->n, count);
  for (size_t i = 0; i < count; i++) {
    const ur_real *t = squashed + i * s->n;
    if (dx[V]) UR_FN(add_scaled)(dx[V], de + i, t, 0, 1, s->n);
    UR_FN(scale)(du, ur__in(call, V), de[i], s->n);
    UR_FN(tanh_backward)(du, du, t, s->n);
    if (dx[Q]) UR_FN(add)((ur_real *)dx[Q] + row * s->n, (ur_real *)dx[Q] + row * s->n, du, s->n);
    if (dx[K]) {
      ur_real *dk = (ur_real *)dx[K] + i * step + b * s->n;
      UR_FN(add)(dk, dk, du, s->n);
    }
  }
}

void UR_OP(attention, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const sizes s = sizes_of(call);
  ur_real *de = call->work;
  for (int k = 0; k < call->n; k++)
    if (dx[k]) memset(dx[k], 0, call->in[k]->cells * sizeof(ur_real));
  for (size_t row = 0; row < s.steps * s.batch; row++) {
    const size_t b = row % s.batch, count = (size_t)((const int32_t *)call->in[LENGTHS]->data)[b];
    const ur_real *a = (const ur_real *)call->aux + row * s.source, *dy_row = (const ur_real *)dy + row * s.m;
    /* y = sum_s a_s v_s: da_s = dy . v_s, dv_s = a_s dy */
    if (dx[VALUES]) UR_FN(add_scaled)((ur_real *)dx[VALUES] + b * s.m, a, dy_row, s.batch * s.m, count, s.m);
    if (!dx[Q] && !dx[K] && (!is_additive(call) || !dx[V])) continue;
    UR_FN(scores)(de, dy_row, ur__in(call, VALUES) + b * s.m, s.batch * s.m, count, s.m);
    /* a = softmax(e): de_s = a_s (da_s - sum_j da_j a_j) */
    UR_FN(softmax_backward)(de, de, a, 1, count);
    if (is_additive(call)) {
      back_additive(call, &s, row, de, count, dx);
      continue;
    }
    if (call->option == UR_SCORE_SCALED) UR_FN(scale)(de, de, factor_of(call, &s), count);
    /* e_s = q . k_s: dq = sum_s de_s k_s, dk_s = de_s q */
    if (dx[Q]) UR_FN(weighted_sum)
    ((ur_real *)dx[Q] + row * s.n, de, ur__in(call, K) + b * s.n, s.batch * s.n, count, s.n);
    if (dx[K]) UR_FN(add_scaled)
    ((ur_real *)dx[K] + b * s.n, de, ur__in(call, Q) + row * s.n, s.batch * s.n, count, s.n);
  }
}

/* In each of A heads, of width n = N / A: e_ts = q_t . k_s, by sqrt(n) where it is scaled; a_t = softmax(e_t)
 * over the keys that are seen; o_t = sum_s a_ts v_s. q [T,B,N], k [S,B,N], v [S,B,M] give [T,B,M]; then
 * lengths [B] where keys are padded, and what multiplies the weights [A,B,T,S] where some are dropped. Kept
 * for backward and for the eye: the weights before that, [A,B,T,S], exactly 0 where nothing is seen. */
#include "looking.h"

#include <math.h>

enum { Q, K, V, MORE };

static int lengths_of(const ur__call *call) { return call->option & UR__PADDED ? MORE : -1; }
static int drop_of(const ur__call *call) {
  return call->option & UR__DROPPED ? MORE + ((call->option & UR__PADDED) != 0) : -1;
}

static int fits(const ur__call *call) {
  const ur__tensor *q = call->in[Q], *k = call->in[K], *v = call->in[V];
  const int heads = call->range[0];
  for (int i = Q; i <= V; i++)
    if (!ur__is_real(call->in[i]) || call->in[i]->rank != 3 || ur__varies(call->in[i]->axes[2])) return 0;
  if (!ur__same_axis(q, 1, k, 1) || !ur__same_axis(q, 2, k, 2) || !ur__same_axis(k, 0, v, 0) ||
      !ur__same_axis(k, 1, v, 1) || heads < 1 || q->shape[2] % heads != 0 || v->shape[2] % heads != 0)
    return 0;
  if (call->option & UR__CAUSAL && k->shape[0] < q->shape[0]) return 0;
  if (call->option & UR__PADDED) {
    const ur__tensor *lengths = call->in[lengths_of(call)];
    if (ur__is_real(lengths) || lengths->rank != 1 || !ur__same_axis(lengths, 0, k, 1)) return 0;
  }
  if (!(call->option & UR__DROPPED)) return 1;
  const ur__tensor *drop = call->in[drop_of(call)];
  return ur__is_real(drop) && drop->rank == 4 && drop->shape[0] == heads && ur__same_axis(drop, 1, q, 1) &&
         ur__same_axis(drop, 2, q, 0) && ur__same_axis(drop, 3, k, 0);
}

ur_status UR_OP(heads, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  if (!fits(call))
    return ur__bad_shape(call, "q [T,B,N], k [S,B,N], v [S,B,M], S at least T where only what is before is "
                               "seen, and heads that divide N and M, need lengths [B] or none");
  const ur__tensor *q = call->in[Q], *v = call->in[V];
  const size_t T = (size_t)q->shape[0], S = (size_t)v->shape[0], A = (size_t)call->range[0];
  *out = *q;
  out->axes[2] = v->axes[2];
  out->shape[2] = v->shape[2];
  needs->aux = ur__times(ur__times(A, (size_t)q->shape[1]), ur__times(T, S));
  needs->work = UR_FN(heads_work)(T, S, (size_t)q->shape[2] / A, (size_t)v->shape[2] / A);
  return UR_OK;
}

/* One head of one sequence, and where its first cells are. */
typedef struct place {
  UR_FN(heads) form;
  size_t q, k, v, weights;
} place;

static place place_of(const ur__call *call, size_t a, size_t b) {
  const ur__tensor *q = call->in[Q], *v = call->in[V];
  const size_t T = (size_t)q->shape[0], B = (size_t)q->shape[1], S = (size_t)v->shape[0];
  const size_t N = (size_t)q->shape[2], M = (size_t)v->shape[2], A = (size_t)call->range[0];
  place p = {.q = b * N + a * (N / A), .v = b * M + a * (M / A), .weights = (a * B + b) * T * S};
  p.k = p.q;
  p.form = (UR_FN(heads)){.queries = T,
                          .keys = S,
                          .visible = ur__visible(call, lengths_of(call), b, S),
                          .causal = call->option & UR__CAUSAL,
                          .n = N / A,
                          .m = M / A,
                          .q_step = B * N,
                          .k_step = B * N,
                          .v_step = B * M,
                          .y_step = B * M,
                          .factor = 1};
#ifdef UR_DOUBLE
  if (call->range[1]) p.form.factor = 1 / sqrt((double)p.form.n);
#else
  if (call->range[1]) p.form.factor = 1 / sqrtf((float)p.form.n);
#endif
  return p;
}

static const ur_real *dropped(const ur__call *call, const place *p) {
  const int drop = drop_of(call);
  return drop >= 0 ? ur__in(call, drop) + p->weights : NULL;
}

ur_status UR_OP(heads, forward)(const ur__call *call) {
  const int *q = call->in[Q]->shape;
  const ur_status status =
      ur__check_seen(call, lengths_of(call), (size_t)q[0], (size_t)call->in[K]->shape[0]);
  for (size_t b = 0; b < (size_t)q[1] && status == UR_OK; b++)
    for (size_t a = 0; a < (size_t)call->range[0]; a++) {
      const place p = place_of(call, a, b);
      UR_FN(heads_forward)
      (&p.form, ur__out(call) + p.v, (ur_real *)call->aux + p.weights, ur__in(call, Q) + p.q,
       ur__in(call, K) + p.k, ur__in(call, V) + p.v, dropped(call, &p), call->work);
    }
  return status;
}

void UR_OP(heads, backward)(const ur__call *call, const void *dy, void *const *dx) {
  for (size_t b = 0; b < (size_t)call->in[Q]->shape[1]; b++)
    for (size_t a = 0; a < (size_t)call->range[0]; a++) {
      const place p = place_of(call, a, b);
      UR_FN(heads_backward)
      (&p.form, dx[Q] ? (ur_real *)dx[Q] + p.q : NULL, dx[K] ? (ur_real *)dx[K] + p.k : NULL,
       dx[V] ? (ur_real *)dx[V] + p.v : NULL, (const ur_real *)dy + p.v,
       (const ur_real *)call->aux + p.weights, ur__in(call, Q) + p.q, ur__in(call, K) + p.k,
       ur__in(call, V) + p.v, dropped(call, &p), call->work);
    }
}

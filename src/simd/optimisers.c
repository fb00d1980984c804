#include "vec.h"

/* Every update is written over whole vectors through pointers; the last few cells go through copies. */

UR_NOINLINE void UR_FN(sgd)(ur_real *theta, const ur_real *grad, size_t n, ur_real rate) {
  vec by = v_set1(rate);
  size_t i = 0;
  for (; n - i >= 4; i += 4) v_store(theta + i, v_sub(v_load(theta + i), v_mul(by, v_load(grad + i))));
  if (i < n) {
    vec step = v_mul(by, v_load_part(grad + i, n - i));
    v_store_part(theta + i, v_sub(v_load_part(theta + i, n - i), step), n - i);
  }
}

/* u = mu u + g;  theta -= rate u */
UR_INLINE void momentum_step(ur_real *theta, ur_real *velocity, vec g, vec rate, vec mu) {
  vec u = v_flush(v_add(v_mul(mu, v_load(velocity)), g));
  v_store(velocity, u);
  v_store(theta, v_sub(v_load(theta), v_mul(rate, u)));
}

UR_NOINLINE void UR_FN(momentum)(ur_real *theta, ur_real *velocity, const ur_real *grad, size_t n,
                                 ur_real rate, ur_real mu) {
  vec by = v_set1(rate), keep = v_set1(mu);
  size_t i = 0;
  for (; n - i >= 4; i += 4) momentum_step(theta + i, velocity + i, v_load(grad + i), by, keep);
  if (i < n) {
    size_t left = n - i;
    ur_real t[4], u[4];
    v_store(t, v_load_part(theta + i, left));
    v_store(u, v_load_part(velocity + i, left));
    momentum_step(t, u, v_load_part(grad + i, left), by, keep);
    v_store_part(theta + i, v_load(t), left);
    v_store_part(velocity + i, v_load(u), left);
  }
}

typedef struct adam_rates {
  vec rate, b1, a1, b2, a2, eps, c1, c2;
} adam_rates; /* a = 1 - b */

/* m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2;  theta -= rate (c1 m) / (sqrt(c2 v) + eps) */
UR_INLINE void adam_step(ur_real *theta, ur_real *m, ur_real *v, vec g, const adam_rates *r) {
  vec first = v_flush(v_add(v_mul(r->b1, v_load(m)), v_mul(r->a1, g)));
  vec second = v_flush(v_add(v_mul(r->b2, v_load(v)), v_mul(r->a2, v_mul(g, g))));
  v_store(m, first);
  v_store(v, second);
  vec down = v_add(v_sqrt(v_mul(second, r->c2)), r->eps);
  vec step = v_div(v_mul(r->rate, v_mul(first, r->c1)), down);
  v_store(theta, v_sub(v_load(theta), step));
}

UR_NOINLINE void UR_FN(adam)(ur_real *theta, ur_real *m, ur_real *v, const ur_real *grad, size_t n,
                             ur_real rate, ur_real b1, ur_real b2, ur_real eps, ur_real c1, ur_real c2) {
  const adam_rates rates = {v_set1(rate),   v_set1(b1),  v_set1(1 - b1), v_set1(b2),
                            v_set1(1 - b2), v_set1(eps), v_set1(c1),     v_set1(c2)};
  size_t i = 0;
  for (; n - i >= 4; i += 4) adam_step(theta + i, m + i, v + i, v_load(grad + i), &rates);
  if (i < n) {
    size_t left = n - i;
    ur_real t[4], first[4], second[4];
    v_store(t, v_load_part(theta + i, left));
    v_store(first, v_load_part(m + i, left));
    v_store(second, v_load_part(v + i, left));
    adam_step(t, first, second, v_load_part(grad + i, left), &rates);
    v_store_part(theta + i, v_load(t), left);
    v_store_part(m + i, v_load(first), left);
    v_store_part(v + i, v_load(second), left);
  }
}

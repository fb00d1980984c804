#include "vecmath.h"

/* Four cells, or the last `left` of them. */
UR_INLINE vec take(const ur_real *p, size_t left) { return left >= 4 ? v_load(p) : v_load_part(p, left); }
UR_INLINE void give(ur_real *p, vec a, size_t left) {
  if (left >= 4)
    v_store(p, a);
  else
    v_store_part(p, a, left);
}

UR_INLINE vec product(vec a, vec b) { return v_flush(v_mul(a, b)); }
UR_INLINE vec through_sigmoid(vec dy, vec y) { return v_flush(v_mul(dy, v_mul(y, v_sub(v_set1(1), y)))); }
UR_INLINE vec through_tanh(vec dy, vec y) { return v_flush(v_mul(dy, v_sub(v_set1(1), v_mul(y, y)))); }

UR_INLINE int is_held(const double *hold, int gate) { return hold[gate] <= 1; }

typedef struct lstm_row {
  ur_real *gates, *c, *tanh_c, *h;
  const ur_real *a, *w, *b, *c_before;
} lstm_row;

/* Cells j to j + 3 of a row, or the last `left` of it; held: some gate may be. */
UR_INLINE void lstm_cells(const lstm_row *row, size_t n, size_t j, const size_t left, const int held,
                          const double *hold) {
  vec gate[4];
  for (size_t k = 0, at = j; k < 4; k++, at += n) {
    /* z = (a + w) + b */
    vec z = v_add(v_add(take(row->a + at, left), take(row->w + at, left)), take(row->b + at, left));
    if (held && is_held(hold, (int)k))
      gate[k] = v_set1((ur_real)hold[k]);
    else
      gate[k] = k == 2 ? v_tanh(z) : v_sigmoid(z);
    give(row->gates + at, gate[k], left);
  }
  /* c = f c_before + i g, h = o tanh(c) */
  vec cell = v_add(product(gate[1], take(row->c_before + j, left)), product(gate[0], gate[2]));
  vec squashed = v_tanh(cell);
  give(row->c + j, cell, left);
  give(row->tanh_c + j, squashed, left);
  give(row->h + j, product(gate[3], squashed), left);
}

UR_NOINLINE void UR_FN(lstm_step)(ur_real *gates, ur_real *c, ur_real *tanh_c, ur_real *h, const ur_real *a,
                                  const ur_real *w, const ur_real *b, const ur_real *c_before, size_t rows,
                                  size_t n, const double *hold) {
  const int held = is_held(hold, 0) || is_held(hold, 1) || is_held(hold, 2) || is_held(hold, 3);
  for (size_t r = 0; r < rows; r++) {
    const lstm_row row = {gates + 4 * r * n, c + r * n, tanh_c + r * n,  h + r * n, a + 4 * r * n,
                          w + 4 * r * n,     b,         c_before + r * n};
    size_t j = 0;
    for (; n - j >= 4 && !held; j += 4) lstm_cells(&row, n, j, 4, 0, hold);
    for (; j < n; j += 4) lstm_cells(&row, n, j, n - j, 1, hold);
  }
}

UR_NOINLINE void UR_FN(lstm_step_backward)(ur_real *dz, ur_real *dc, const ur_real *dh, const ur_real *gates,
                                           const ur_real *tanh_c, const ur_real *c_before, size_t rows,
                                           size_t n, const double *hold) {
  for (size_t r = 0; r < rows; r++, dz += 4 * n, gates += 4 * n) {
    for (size_t j = 0; j < n; j += 4) {
      const size_t left = n - j;
      const vec i = take(gates + j, left), f = take(gates + n + j, left), g = take(gates + 2 * n + j, left),
                o = take(gates + 3 * n + j, left);
      const vec squashed = take(tanh_c + j, left), above = take(dh + j, left);
      /* h = o tanh(c): do = dh tanh(c), dc = dc + dh o (1 - tanh(c)^2) */
      const vec cell = v_add(take(dc + j, left), through_tanh(product(above, o), squashed));
      /* c = f c_before + i g */
      const vec d[4] = {through_sigmoid(product(cell, g), i),
                        through_sigmoid(product(cell, take(c_before + j, left)), f),
                        through_tanh(product(cell, i), g), through_sigmoid(product(above, squashed), o)};
      for (size_t k = 0; k < 4; k++) give(dz + k * n + j, is_held(hold, (int)k) ? v_zero() : d[k], left);
      give(dc + j, product(cell, f), left);
    }
    dc += n, dh += n, tanh_c += n, c_before += n;
  }
}

UR_NOINLINE void UR_FN(gru_step)(ur_real *gates, ur_real *u, ur_real *h, const ur_real *a, const ur_real *w,
                                 const ur_real *b, const ur_real *b_n, const ur_real *h_before, size_t rows,
                                 size_t n, const double *hold) {
  for (size_t row = 0; row < rows; row++, gates += 3 * n, a += 3 * n, w += 3 * n) {
    for (size_t j = 0; j < n; j += 4) {
      const size_t left = n - j;
      vec gate[2];
      /* u before the gates: they may be where a is */
      const vec kept = v_add(take(a + 2 * n + j, left), take(b_n + j, left));
      for (size_t k = 0, at = j; k < 2; k++, at += n) {
        vec z = v_add(take(a + at, left), v_add(take(w + at, left), take(b + at, left)));
        gate[k] = is_held(hold, (int)k) ? v_set1((ur_real)hold[k]) : v_sigmoid(z);
        give(gates + at, gate[k], left);
      }
      /* n = tanh(x_n + r u) */
      const vec x = v_add(take(w + 2 * n + j, left), take(b + 2 * n + j, left));
      const vec fresh =
          is_held(hold, 2) ? v_set1((ur_real)hold[2]) : v_tanh(v_add(x, product(gate[0], kept)));
      give(gates + 2 * n + j, fresh, left);
      give(u + j, kept, left);
      /* h = (1 - z) n + z h_before */
      const vec old = take(h_before + j, left);
      give(h + j, v_add(product(v_sub(v_set1(1), gate[1]), fresh), product(gate[1], old)), left);
    }
    u += n, h += n, h_before += n;
  }
}

UR_NOINLINE void UR_FN(gru_step_backward)(ur_real *dx, ur_real *da, ur_real *dh, const ur_real *gates,
                                          const ur_real *u, const ur_real *h_before, size_t rows, size_t n,
                                          const double *hold) {
  for (size_t row = 0; row < rows; row++, dx += 3 * n, da += 3 * n, gates += 3 * n) {
    for (size_t j = 0; j < n; j += 4) {
      const size_t left = n - j;
      const vec r = take(gates + j, left), z = take(gates + n + j, left),
                fresh = take(gates + 2 * n + j, left);
      const vec above = take(dh + j, left);
      /* h = (1 - z) n + z h_before */
      vec dz = v_sub(product(above, take(h_before + j, left)), product(above, fresh));
      dz = is_held(hold, 1) ? v_zero() : through_sigmoid(dz, z);
      vec dn = product(above, v_sub(v_set1(1), z));
      dn = is_held(hold, 2) ? v_zero() : through_tanh(dn, fresh);
      /* n = tanh(x_n + r u) */
      const vec dr = is_held(hold, 0) ? v_zero() : through_sigmoid(product(dn, take(u + j, left)), r);
      give(dx + j, dr, left);
      give(dx + n + j, dz, left);
      give(dx + 2 * n + j, dn, left);
      give(da + j, dr, left);
      give(da + n + j, dz, left);
      give(da + 2 * n + j, product(dn, r), left);
      give(dh + j, product(above, z), left);
    }
    u += n, dh += n, h_before += n;
  }
}

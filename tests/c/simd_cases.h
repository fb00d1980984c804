/* tests/c/simd_cases.h: every kernel against plain loops in the canonical order, bit for bit. Included twice
 * by simd_test.c, for float and for double: ur_real, UR_FN and CASE() are then the ones of that precision.
 * The references here share no code with the kernels, but for CASE(one): a kernel's own answer for a single
 * cell. */

/* ---- memory: inputs end exactly where their block ends, outputs stand between guards ---- */

#define GUARD 3 /* cells: also makes the address odd for vectors */

static ur_real CASE(guard_value)(size_t i) { return (ur_real)(12345.5 + (double)i); }

static ur_real *CASE(input)(ur_rng *rng, size_t n) {
  ur_real *block = malloc((n + 1) * sizeof *block), *p = block + 1;
  for (size_t i = 0; i < n; i++) {
    /* Uneven sizes, some zeros of both signs, and in double more bits than a float has. */
    double x = (ur_rng_uniform(rng) - 0.5) * (1 + ur_rng_uniform(rng) * 0x1p-30);
    uint32_t kind = ur_rng_below(rng, 16);
    p[i] = (ur_real)(kind == 0 ? 0.0 : kind == 1 ? -0.0 : kind == 2 ? x * 64 : kind == 3 ? x * 1e-12 : x * 4);
  }
  return p;
}
static void CASE(free_input)(ur_real *p) { free(p - 1); }

static ur_real *CASE(output)(size_t n) {
  ur_real *block = malloc((n + 2 * GUARD) * sizeof *block);
  for (size_t i = 0; i < n + 2 * GUARD; i++) block[i] = CASE(guard_value)(i);
  return block + GUARD;
}
/* Frees it; 1 where nothing around it was touched. */
static int CASE(free_output)(ur_real *p, size_t n) {
  ur_real *block = p - GUARD;
  int ok = 1;
  for (size_t i = 0; i < n + 2 * GUARD; i++)
    if ((i < GUARD || i >= n + GUARD) && block[i] != CASE(guard_value)(i)) ok = 0;
  free(block);
  return ok;
}
static ur_real *CASE(copy)(const ur_real *from, size_t n) {
  ur_real *p = CASE(output)(n);
  if (n > 0) memcpy(p, from, n * sizeof *p);
  return p;
}

/* Bit for bit; any NaN is as good as another. */
static int CASE(same)(const ur_real *a, const ur_real *b, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (memcmp(a + i, b + i, sizeof *a) != 0 && !(a[i] != a[i] && b[i] != b[i])) {
      printf("       cell %lu of %lu: %.17g against %.17g\n", (unsigned long)i, (unsigned long)n,
             (double)a[i], (double)b[i]);
      return 0;
    }
  return 1;
}

/* ---- references ---- */

static ur_real CASE(one)(void (*kernel)(ur_real *, const ur_real *, size_t), ur_real x) {
  ur_real y;
  kernel(&y, &x, 1);
  return y;
}

static ur_real CASE(flushed)(ur_real x) {
  return sizeof x == sizeof(float) && fabs((double)x) < (double)FLT_MIN ? 0 : x;
}

static ur_real CASE(lanes)(const ur_real *a, const ur_real *b, size_t n) {
  ur_real lane[4] = {0, 0, 0, 0};
  for (size_t i = 0; i < n; i++) {
    ur_real term = b ? a[i] * b[i] : a[i];
    lane[i % 4] = lane[i % 4] + term;
  }
  ur_real even = lane[0] + lane[2], odd = lane[1] + lane[3];
  return even + odd;
}

static void CASE(product)(ur_real *C, const ur_real *A, const ur_real *B, size_t m, size_t k, size_t n,
                          int ta, int tb) {
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++) {
      ur_real sum = 0;
      for (size_t p = 0; p < k; p++) {
        ur_real term = (ta ? A[p * m + i] : A[i * k + p]) * (tb ? B[j * k + p] : B[p * n + j]);
        sum = sum + term;
      }
      C[i * n + j] = sum;
    }
}

/* ---- cases ---- */

static int CASE(product_is_right)(ur_rng *rng, size_t m, size_t k, size_t n, int ta, int tb) {
  size_t packed = UR_FN(matmul_pack_size)(k, n);
  ur_real *A = CASE(input)(rng, m * k), *B = CASE(input)(rng, k * n), *right = CASE(output)(m * n),
          *C = CASE(output)(m * n), *D = CASE(output)(m * n), *work = CASE(output)(packed),
          *again = CASE(output)(packed);
  CASE(product)(right, A, B, m, k, n, ta, tb);
  UR_FN(matmul)(C, A, B, m, k, n, ta, tb, work);
  UR_FN(matmul_pack)(again, B, k, n, tb);
  UR_FN(matmul_packed)(D, A, again, m, k, n, ta);
  int ok = CASE(same)(C, right, m * n) && CASE(same)(D, right, m * n);
  CASE(free_input)(A);
  CASE(free_input)(B);
  ok = CASE(free_output)(right, m * n) && ok;
  ok = CASE(free_output)(C, m * n) && ok;
  ok = CASE(free_output)(D, m * n) && ok;
  ok = CASE(free_output)(work, packed) && ok;
  return CASE(free_output)(again, packed) && ok;
}

static void CASE(test_matmul)(ur_rng *rng) {
  static const size_t ks[] = {0, 1, 2, 7, 16, 255, 256, 257, 513};
  static const size_t ns[] = {0, 1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 41};
  for (size_t m = 0; m <= 9; m++)
    for (size_t x = 0; x < sizeof ks / sizeof *ks; x++)
      for (size_t y = 0; y < sizeof ns / sizeof *ns; y++)
        for (int t = 0; t < 4; t++)
          if (!CHECK(CASE(product_is_right)(rng, m, ks[x], ns[y], t & 1, t >> 1)))
            printf("       m %d, k %d, n %d, ta %d, tb %d\n", (int)m, (int)ks[x], (int)ns[y], t & 1, t >> 1);
  CHECK(CASE(product_is_right)(rng, 64, 64, 64, 0, 1));
  CHECK(CASE(product_is_right)(rng, 33, 300, 65, 1, 0));
}

/* A NaN or an infinity spoils its own row or column of C and nothing else, at the edges above all. */
static void CASE(test_matmul_spoilt)(ur_rng *rng) {
  for (size_t m = 1; m <= 5; m++)
    for (size_t n = 1; n <= 18; n++) {
      const size_t k = 6;
      ur_real *A = CASE(input)(rng, m * k), *B = CASE(input)(rng, k * n), *C = CASE(output)(m * n),
              *right = CASE(output)(m * n), *work = CASE(output)(UR_FN(matmul_pack_size)(k, n));
      A[m * k - 1] = (ur_real)NAN;
      B[(k - 2) * n + n / 2] = (ur_real)INFINITY;
      CASE(product)(right, A, B, m, k, n, 0, 0);
      UR_FN(matmul)(C, A, B, m, k, n, 0, 0, work);
      CHECK(CASE(same)(C, right, m * n));
      CASE(free_input)(A);
      CASE(free_input)(B);
      CHECK(CASE(free_output)(C, m * n));
      CHECK(CASE(free_output)(right, m * n));
      CHECK(CASE(free_output)(work, UR_FN(matmul_pack_size)(k, n)));
    }
}

static ur_real CASE(plain)(int kernel, ur_real a, ur_real b) {
  ur_real one = 1, t;
  switch (kernel) {
  case 0: return a + b;
  case 1: return a * b;
  case 2:
    t = b * b;
    t = one - t;
    t = a * t;
    return CASE(flushed)(t);
  case 3:
    t = one - b;
    t = b * t;
    t = a * t;
    return CASE(flushed)(t);
  default: return b > 0 ? CASE(flushed)(a) : 0;
  }
}

static void CASE(test_pairs)(ur_rng *rng) {
  void (*const kernels[])(ur_real *, const ur_real *, const ur_real *, size_t) = {
      UR_FN(add), UR_FN(mul), UR_FN(tanh_backward), UR_FN(sigmoid_backward), UR_FN(relu_backward)};
  for (int f = 0; f < 5; f++)
    for (size_t n = 0; n <= 37; n++) {
      ur_real *a = CASE(input)(rng, n), *b = CASE(input)(rng, n), *right = CASE(output)(n);
      if (n > 2) a[n - 1] = (ur_real)1e-39, a[0] = (ur_real)-2e-38; /* to be flushed, in float */
      for (size_t i = 0; i < n; i++) right[i] = CASE(plain)(f, a[i], b[i]);
      ur_real *out = CASE(output)(n), *first = CASE(copy)(a, n), *second = CASE(copy)(b, n);
      kernels[f](out, a, b, n);
      kernels[f](first, first, b, n);
      kernels[f](second, a, second, n);
      CHECK(CASE(same)(out, right, n));
      CHECK(CASE(same)(first, right, n));
      CHECK(CASE(same)(second, right, n));
      CASE(free_input)(a);
      CASE(free_input)(b);
      CHECK(CASE(free_output)(right, n));
      CHECK(CASE(free_output)(out, n));
      CHECK(CASE(free_output)(first, n));
      CHECK(CASE(free_output)(second, n));
    }
}

/* Each cell alone gives what it gives among others, at every place of a vector; and so does an alias. */
static void CASE(test_singles)(ur_rng *rng) {
  void (*const kernels[])(ur_real *, const ur_real *, size_t) = {UR_FN(tanh), UR_FN(sigmoid), UR_FN(relu),
                                                                 UR_FN(exp), UR_FN(log)};
  for (int f = 0; f < 5; f++)
    for (size_t n = 0; n <= 37; n++) {
      ur_real *a = CASE(input)(rng, n), *right = CASE(output)(n), *out = CASE(output)(n);
      if (n > 8) a[n - 3] = (ur_real)NAN, a[2] = (ur_real)INFINITY, a[5] = -(ur_real)INFINITY;
      for (size_t i = 0; i < n; i++) {
        right[i] = CASE(one)(kernels[f], a[i]);
        if (f == 2) right[i] = a[i] <= 0 ? 0 : a[i];
      }
      ur_real *self = CASE(copy)(a, n);
      kernels[f](out, a, n);
      kernels[f](self, self, n);
      CHECK(CASE(same)(out, right, n));
      CHECK(CASE(same)(self, right, n));
      ur_real s = (ur_real)-1.7;
      for (size_t i = 0; i < n; i++) right[i] = a[i] * s;
      UR_FN(scale)(out, a, s, n);
      CHECK(CASE(same)(out, right, n));
      CASE(free_input)(a);
      CHECK(CASE(free_output)(right, n));
      CHECK(CASE(free_output)(out, n));
      CHECK(CASE(free_output)(self, n));
    }
}

static void CASE(test_rows)(ur_rng *rng) {
  void (*const activations[])(ur_real *, const ur_real *, size_t) = {UR_FN(tanh), UR_FN(sigmoid),
                                                                     UR_FN(relu)};
  for (size_t rows = 0; rows <= 4; rows++)
    for (size_t n = 0; n <= 37; n++) {
      size_t all = rows * n;
      ur_real *a = CASE(input)(rng, all), *w = CASE(input)(rng, all), *b = CASE(input)(rng, n);
      ur_real *right = CASE(output)(all), *out = CASE(output)(all), *row = CASE(output)(n),
              *right_row = CASE(output)(n);

      for (size_t i = 0; i < all; i++) right[i] = a[i] + b[i % n];
      UR_FN(add_rows)(out, a, b, rows, n);
      CHECK(CASE(same)(out, right, all));

      for (size_t j = 0; j < n; j++) {
        right_row[j] = 0;
        for (size_t r = 0; r < rows; r++) right_row[j] = right_row[j] + a[r * n + j];
      }
      UR_FN(sum_rows)(row, a, rows, n);
      CHECK(CASE(same)(row, right_row, n));

      for (int f = 0; f < 3; f++) {
        for (size_t i = 0; i < all; i++) {
          ur_real z = a[i] + w[i];
          z = z + b[i % n];
          right[i] = CASE(one)(activations[f], z);
        }
        UR_FN(rnn_step)(out, a, w, b, rows, n, f);
        CHECK(CASE(same)(out, right, all));
        if (all > 0) memcpy(out, a, all * sizeof *out);
        UR_FN(rnn_step)(out, out, w, b, rows, n, f);
        CHECK(CASE(same)(out, right, all));
        if (all > 0) memcpy(out, w, all * sizeof *out);
        UR_FN(rnn_step)(out, a, out, b, rows, n, f);
        CHECK(CASE(same)(out, right, all));
      }

      for (size_t r = 0; r < rows && n > 0; r++) {
        ur_real *y = right + r * n, most = a[r * n];
        for (size_t j = 0; j < n; j++) most = a[r * n + j] > most ? a[r * n + j] : most;
        for (size_t j = 0; j < n; j++) y[j] = CASE(one)(UR_FN(exp), a[r * n + j] - most);
        ur_real sum = CASE(lanes)(y, NULL, n);
        for (size_t j = 0; j < n; j++) y[j] = CASE(flushed)(y[j] / sum);
      }
      UR_FN(softmax)(out, a, rows, n);
      CHECK(CASE(same)(out, right, all));
      ur_real *self = CASE(copy)(a, all);
      UR_FN(softmax)(self, self, rows, n);
      CHECK(CASE(same)(self, right, all));

      for (size_t r = 0; r < rows; r++) {
        ur_real inner = CASE(lanes)(w + r * n, a + r * n, n);
        for (size_t j = 0; j < n; j++) {
          ur_real d = w[r * n + j] - inner;
          right[r * n + j] = CASE(flushed)(a[r * n + j] * d);
        }
      }
      UR_FN(softmax_backward)(out, w, a, rows, n);
      CHECK(CASE(same)(out, right, all));
      if (all > 0) memcpy(out, w, all * sizeof *out);
      UR_FN(softmax_backward)(out, out, a, rows, n);
      CHECK(CASE(same)(out, right, all));
      if (all > 0) memcpy(out, a, all * sizeof *out);
      UR_FN(softmax_backward)(out, w, out, rows, n);
      CHECK(CASE(same)(out, right, all));

      ur_real value = UR_FN(sum)(a, all), reference = CASE(lanes)(a, NULL, all);
      CHECK(CASE(same)(&value, &reference, 1));
      value = UR_FN(sum_squares)(a, all), reference = CASE(lanes)(a, a, all);
      CHECK(CASE(same)(&value, &reference, 1));
      value = UR_FN(dot)(a, w, all), reference = CASE(lanes)(a, w, all);
      CHECK(CASE(same)(&value, &reference, 1));

      CASE(free_input)(a);
      CASE(free_input)(w);
      CASE(free_input)(b);
      CHECK(CASE(free_output)(right, all));
      CHECK(CASE(free_output)(out, all));
      CHECK(CASE(free_output)(self, all));
      CHECK(CASE(free_output)(row, n));
      CHECK(CASE(free_output)(right_row, n));
    }
}

/* `count` rows that lie `step` cells apart: close together, and with others between. */
static void CASE(test_attention)(ur_rng *rng) {
  for (size_t count = 0; count <= 5; count++)
    for (size_t n = 1; n <= 37; n++)
      for (size_t step = n; step <= n + 3; step += 3) {
        const size_t all = count > 0 ? (count - 1) * step + n : 0;
        ur_real *rows = CASE(input)(rng, all), *q = CASE(input)(rng, n), *scales = CASE(input)(rng, count);
        ur_real *out = CASE(output)(count), *right = CASE(output)(count);
        for (size_t s = 0; s < count; s++) right[s] = CASE(lanes)(q, rows + s * step, n);
        UR_FN(scores)(out, q, rows, step, count, n);
        CHECK(CASE(same)(out, right, count));

        ur_real *sum = CASE(output)(n), *right_sum = CASE(output)(n);
        for (size_t i = 0; i < n; i++) {
          right_sum[i] = 0;
          for (size_t s = 0; s < count; s++) {
            const ur_real term = scales[s] * rows[s * step + i];
            right_sum[i] = right_sum[i] + term;
          }
        }
        UR_FN(weighted_sum)(sum, scales, rows, step, count, n);
        CHECK(CASE(same)(sum, right_sum, n));

        ur_real *grown = CASE(copy)(rows, all), *right_grown = CASE(copy)(rows, all);
        for (size_t s = 0; s < count; s++)
          for (size_t i = 0; i < n; i++) {
            const ur_real term = scales[s] * q[i];
            right_grown[s * step + i] = right_grown[s * step + i] + term;
          }
        UR_FN(add_scaled)(grown, scales, q, step, count, n);
        CHECK(CASE(same)(grown, right_grown, all));

        CASE(free_input)(rows);
        CASE(free_input)(q);
        CASE(free_input)(scales);
        CHECK(CASE(free_output)(out, count) && CASE(free_output)(right, count));
        CHECK(CASE(free_output)(sum, n) && CASE(free_output)(right_sum, n));
        CHECK(CASE(free_output)(grown, all) && CASE(free_output)(right_grown, all));
      }
}

static void CASE(test_softmax_ends)(void) {
  ur_real x[7] = {3, -(ur_real)INFINITY, -2000, 3, -(ur_real)INFINITY, -1e30f, 3}, y[7];
  UR_FN(softmax)(y, x, 1, 7);
  CHECK(y[1] == 0 && y[2] == 0 && y[4] == 0 && y[5] == 0);
  CHECK_NEAR((double)y[0] * 3, 1, 1e-6);
  /* e^-87 is a normal float, a third of it is not: flushed, in a whole vector and in the rest of one. */
  const ur_real tiny[7] = {0, (ur_real)-87.2, 0, (ur_real)-87.2, 0, (ur_real)-87.2, 0};
  UR_FN(softmax)(y, tiny, 1, 7);
  CHECK((y[1] == 0 && y[5] == 0) == (sizeof(ur_real) == sizeof(float)));
  const ur_real dy[7] = {1, 2, 3, 4, 5, 6, 7}, p[7] = {1, (ur_real)2e-38, 0, 0, 0, (ur_real)2e-38, 0};
  ur_real dx[7], close[7];
  for (size_t i = 0; i < 7; i++) close[i] = 1 + (dy[i] - 4) / 16;
  UR_FN(softmax_backward)(dx, close, p, 1, 7);
  CHECK((dx[1] == 0 && dx[5] == 0) == (sizeof(ur_real) == sizeof(float)));
  for (size_t bad = 0; bad < 7; bad++) {
    ur_real z[7] = {1, 2, 3, 4, 5, 6, 7};
    z[bad] = bad % 2 ? (ur_real)NAN : (ur_real)INFINITY;
    UR_FN(softmax)(y, z, 1, 7);
    for (size_t i = 0; i < 7; i++) CHECK(y[i] != y[i] || (bad % 2 == 0 && i != bad && y[i] == 0));
  }
}

static void CASE(test_first_bad)(void) {
  const ur_real most = sizeof(ur_real) == sizeof(float) ? (ur_real)FLT_MAX : (ur_real)DBL_MAX;
  const ur_real bad[] = {(ur_real)NAN, (ur_real)INFINITY, -(ur_real)INFINITY};
  for (size_t n = 0; n <= 13; n++) {
    ur_real a[13];
    for (size_t i = 0; i < n; i++) a[i] = i % 2 ? most : -most;
    CHECK(UR_FN(first_bad)(a, n) == n);
    for (size_t at = 0; at < n; at++)
      for (int kind = 0; kind < 3; kind++) {
        ur_real kept = a[at], last = a[n - 1];
        a[n - 1] = bad[2 - kind]; /* a later one is not the first */
        a[at] = bad[kind];
        CHECK(UR_FN(first_bad)(a, n) == at);
        a[at] = kept;
        a[n - 1] = at == n - 1 ? kept : last;
      }
  }
}

static void CASE(test_tables)(ur_rng *rng) {
  enum { V = 5, COUNT = 9 };
  const int32_t rows[COUNT] = {3, 0, 3, 4, 1, 3, 0, 4, 4}; /* 2 never, 3 and 4 often */
  for (size_t n = 0; n <= 21; n++) {
    ur_real *table = CASE(input)(rng, V * n), *a = CASE(input)(rng, COUNT * n);
    ur_real *out = CASE(output)(COUNT * n), *grad = CASE(output)(V * n), *right = CASE(output)(COUNT * n);
    for (size_t i = 0; i < COUNT; i++)
      for (size_t j = 0; j < n; j++) right[i * n + j] = table[(size_t)rows[i] * n + j];
    UR_FN(gather)(out, table, rows, COUNT, n);
    CHECK(CASE(same)(out, right, COUNT * n));
    for (size_t i = 0; i < V * n; i++) right[i] = 0;
    for (size_t i = 0; i < COUNT; i++)
      for (size_t j = 0; j < n; j++) right[(size_t)rows[i] * n + j] += a[i * n + j];
    UR_FN(scatter_add)(grad, V, a, rows, COUNT, n);
    CHECK(CASE(same)(grad, right, V * n));
    CASE(free_input)(table);
    CASE(free_input)(a);
    CHECK(CASE(free_output)(out, COUNT * n));
    CHECK(CASE(free_output)(grad, V * n));
    CHECK(CASE(free_output)(right, COUNT * n));
  }
}

static void CASE(test_optimisers)(ur_rng *rng) {
  const ur_real rate = (ur_real)0.003, mu = (ur_real)0.9, b1 = (ur_real)0.9, b2 = (ur_real)0.999,
                eps = (ur_real)1e-8, c1 = (ur_real)(1 / 0.271), c2 = (ur_real)(1 / 0.002997);
  for (size_t n = 0; n <= 21; n++) {
    ur_real *g = CASE(input)(rng, n), *start = CASE(input)(rng, n), *old = CASE(input)(rng, n),
            *square = CASE(input)(rng, n);
    for (size_t i = 0; i < n; i++) square[i] = square[i] * square[i];
    if (n > 1) g[n - 1] = 0, old[n - 1] = (ur_real)1.2e-38, square[n - 1] = (ur_real)1.1755e-38; /* decay */
    ur_real *theta = CASE(copy)(start, n), *m = CASE(copy)(old, n), *v = CASE(copy)(square, n);
    ur_real *right = CASE(output)(n), *right_m = CASE(output)(n), *right_v = CASE(output)(n);

    UR_FN(sgd)(theta, g, n, rate);
    for (size_t i = 0; i < n; i++) {
      ur_real step = rate * g[i];
      right[i] = start[i] - step;
    }
    CHECK(CASE(same)(theta, right, n));

    if (n > 0) memcpy(theta, start, n * sizeof *theta);
    UR_FN(momentum)(theta, m, g, n, rate, mu);
    for (size_t i = 0; i < n; i++) {
      ur_real u = mu * old[i];
      u = CASE(flushed)(u + g[i]);
      right_m[i] = u;
      u = rate * u;
      right[i] = start[i] - u;
    }
    CHECK(CASE(same)(theta, right, n));
    CHECK(CASE(same)(m, right_m, n));

    if (n > 0) memcpy(theta, start, n * sizeof *theta), memcpy(m, old, n * sizeof *m);
    UR_FN(adam)(theta, m, v, g, n, rate, b1, b2, eps, c1, c2);
    for (size_t i = 0; i < n; i++) {
      ur_real a1 = 1 - b1, a2 = 1 - b2, x = b1 * old[i], y = a1 * g[i];
      right_m[i] = CASE(flushed)(x + y);
      x = b2 * square[i], y = g[i] * g[i], y = a2 * y;
      right_v[i] = CASE(flushed)(x + y);
      x = right_v[i] * c2;
      x = (ur_real)(sizeof x == sizeof(float) ? (double)sqrtf((float)x) : sqrt((double)x));
      x = x + eps;
      y = right_m[i] * c1, y = rate * y, y = y / x;
      right[i] = start[i] - y;
    }
    CHECK(CASE(same)(theta, right, n));
    CHECK(CASE(same)(m, right_m, n));
    CHECK(CASE(same)(v, right_v, n));
    if (n > 1 && sizeof(ur_real) == sizeof(float)) CHECK(m[n - 1] == 0 && v[n - 1] == 0);

    CASE(free_input)(g);
    CASE(free_input)(start);
    CASE(free_input)(old);
    CASE(free_input)(square);
    CHECK(CASE(free_output)(theta, n));
    CHECK(CASE(free_output)(m, n));
    CHECK(CASE(free_output)(v, n));
    CHECK(CASE(free_output)(right, n));
    CHECK(CASE(free_output)(right_m, n));
    CHECK(CASE(free_output)(right_v, n));
  }
}

static void CASE(test_all)(void) {
  ur_rng rng = ur_rng_stream(1, "kernels", sizeof(ur_real));
  TEST("matmul") CASE(test_matmul)(&rng);
  TEST("matmul with a NaN and an infinity") CASE(test_matmul_spoilt)(&rng);
  TEST("elementwise, two inputs") CASE(test_pairs)(&rng);
  TEST("elementwise, one input") CASE(test_singles)(&rng);
  TEST("rows") CASE(test_rows)(&rng);
  TEST("softmax at its ends") CASE(test_softmax_ends)();
  TEST("first_bad") CASE(test_first_bad)();
  TEST("tables") CASE(test_tables)(&rng);
  TEST("optimisers") CASE(test_optimisers)(&rng);
  TEST("attention") CASE(test_attention)(&rng);
}

/* The kernels bit for bit against plain loops, the vector functions against libm in double, and one number
 * that every build must agree on. UNROLL_FULL=1 sweeps all 2^32 floats. */
#include "check.h"

#include "hash.h"
#include "unroll/rng.h"

#include <float.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"
#define CASE(name) name##_f32
#include "simd_cases.h"

/* ---- accuracy ---- */

#if defined(__SANITIZE_ADDRESS__)
#define SLOW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLOW 1
#endif
#endif
#ifdef SLOW
#define STRIDE 8209u
#else
#define STRIDE 251u
#endif

static double sigmoid(double x) { return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x)); }
static float from_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

typedef struct function {
  const char *name;
  void (*kernel)(float *, const float *, size_t);
  double (*right)(double);
} function;

/* 1 where y is what the header promises for x; the relative error, where there is one, in *error. */
static int promised(const function *f, float x, float y, double *error) {
  double right = f->right((double)x), size = fabs(right);
  *error = 0;
  if (right != right) return y != y;
  if (size > (double)FLT_MAX || right == 0 || isinf(x))
    return (double)y == right || (size > (double)FLT_MAX && isinf(y) && (y > 0) == (right > 0));
  if (size < (double)FLT_MIN) return f->kernel == ur__f32_tanh ? y == x : y == 0;
  *error = fabs((double)y - right) / size;
  return *error <= 2.5e-7 && !(f->kernel == ur__f32_tanh && fabsf(y) > 1) &&
         !(f->kernel == ur__f32_sigmoid && y > 1);
}

static void sweep(const function *f) {
  enum { CHUNK = 4096 };
  static float x[CHUNK], y[CHUNK];
  const uint64_t stride = getenv("UNROLL_FULL") ? 1 : STRIDE, all = UINT64_C(1) << 32;
  double worst = 0;
  float where = 0;
  int wrong = 0;
  for (uint64_t bits = 0; bits < all;) {
    size_t n = 0;
    for (; n < CHUNK && bits < all; n++, bits += stride) x[n] = from_bits((uint32_t)bits);
    f->kernel(y, x, n);
    for (size_t i = 0; i < n; i++) {
      double error;
      if (!promised(f, x[i], y[i], &error) && wrong++ < 5)
        printf("       %s(%a) = %a, right is %a\n", f->name, (double)x[i], (double)y[i],
               f->right((double)x[i]));
      if (error > worst) worst = error, where = x[i];
    }
  }
  printf("%-8s worst relative error %.3g at %.9g (%a), every %u of 2^32\n", f->name, worst, (double)where,
         (double)where, (unsigned)stride);
  CHECK(wrong == 0);
  CHECK(worst > 1e-9 && worst <= 2.5e-7); /* no error at all would mean that nothing was compared */
}

/* Where formulae change over, and the ends: every float for 2^12 on both sides of them. */
static void edges(const function *f) {
  static const float points[] = {0,           FLT_MIN, FLT_MAX,     1,           0.5f, 0.34657359f,
                                 0.69314718f, 10,      0.70710678f, 1.41421356f, 2,    87.336545f,
                                 88.722839f,  9.01f,   16.6f,       103.9f};
  for (size_t p = 0; p < sizeof points / sizeof *points; p++)
    for (int sign = 0; sign < 2; sign++) {
      uint32_t middle;
      memcpy(&middle, points + p, sizeof middle);
      int wrong = 0;
      for (uint32_t i = 0; i <= 8192; i++) {
        float x = from_bits((middle + i - 4096) ^ (uint32_t)sign << 31), y;
        double error;
        f->kernel(&y, &x, 1);
        if (!promised(f, x, y, &error) && wrong++ < 3)
          printf("       %s(%a) = %a\n", f->name, (double)x, (double)y);
      }
      CHECK(wrong == 0);
    }
}

static void test_accuracy(void) {
  static const function functions[] = {{"exp", ur__f32_exp, exp},
                                       {"log", ur__f32_log, log},
                                       {"tanh", ur__f32_tanh, tanh},
                                       {"sigmoid", ur__f32_sigmoid, sigmoid}};
  for (size_t i = 0; i < 4; i++) {
    TEST(functions[i].name) {
      edges(functions + i);
      sweep(functions + i);
    }
  }
  TEST("what the header's table says of no number, nothing and no end") {
    const float inf = (float)INFINITY, none = (float)NAN;
    CHECK(one_f32(ur__f32_exp, -inf) == 0 && one_f32(ur__f32_exp, inf) == inf &&
          one_f32(ur__f32_exp, 0) == 1);
    CHECK(isnan(one_f32(ur__f32_exp, none)));
    CHECK(isnan(one_f32(ur__f32_log, -inf)) && one_f32(ur__f32_log, inf) == inf);
    CHECK(one_f32(ur__f32_log, 0) == -inf && one_f32(ur__f32_log, -0.0f) == -inf &&
          one_f32(ur__f32_log, 1) == 0);
    CHECK(isnan(one_f32(ur__f32_log, none)) && isnan(one_f32(ur__f32_log, -1e-40f)));
    CHECK(one_f32(ur__f32_tanh, -inf) == -1 && one_f32(ur__f32_tanh, inf) == 1);
    CHECK(isnan(one_f32(ur__f32_tanh, none)) && signbit(one_f32(ur__f32_tanh, -0.0f)) != 0);
    CHECK(one_f32(ur__f32_sigmoid, -inf) == 0 && one_f32(ur__f32_sigmoid, inf) == 1);
    CHECK(one_f32(ur__f32_sigmoid, 0) == 0.5f && isnan(one_f32(ur__f32_sigmoid, none)));
  }
}

/* ---- the same bits everywhere ---- */

/* A golden value: the one number here that was typed in, as printed by the first build that passed all of the
 * above. Every other build (gcc, clang; scalar, SSE2, simd128; -O0, -O3) must print it too. A change of the
 * canonical arithmetic changes it, and with it the hash of every training run. */
#define BATTERY UINT64_C(0x4e5f76cf9c808cf0)

static uint64_t hashed(uint64_t hash, const float *a, size_t n) { return ur__fnv1a(hash, a, n * sizeof *a); }

static uint64_t battery(void) {
  enum { M = 13, K = 300, N = 29, MK = M * K, KN = K * N, MN = M * N };
  static float a[MK], b[KN], c[MN], d[MN], e[KN], moments[2][KN], work[(N + 7) / 8 * 8 * K];
  ur_rng rng = ur_rng_stream(7, "battery", 0);
  for (size_t i = 0; i < MK; i++) a[i] = ur_rng_normal(&rng);
  for (size_t i = 0; i < KN; i++) b[i] = ur_rng_normal(&rng) * 3;
  uint64_t hash = hashed(hashed(UR__FNV_START, a, MK), b, KN);
  for (int t = 0; t < 4; t++) {
    ur__f32_matmul(c, a, b, M, K, N, t & 1, t >> 1, work);
    hash = hashed(hash, c, MN);
  }
  void (*const singles[])(float *, const float *, size_t) = {ur__f32_tanh, ur__f32_sigmoid, ur__f32_relu,
                                                             ur__f32_exp};
  for (int f = 0; f < 4; f++) {
    singles[f](e, b, KN);
    hash = hashed(hash, e, KN);
  }
  ur__f32_log(e, e, KN); /* of exp: denormals flushed, so finite or -inf */
  hash = hashed(hash, e, KN);
  void (*const pairs[])(float *, const float *, const float *, size_t) = {
      ur__f32_tanh_backward, ur__f32_sigmoid_backward, ur__f32_relu_backward, ur__f32_add, ur__f32_mul};
  for (int f = 0; f < 5; f++) {
    pairs[f](d, a, b, MN);
    hash = hashed(hash, d, MN);
  }
  for (int f = 0; f < 3; f++) {
    ur__f32_rnn_step(d, c, a, b, M, N, f);
    hash = hashed(hash, d, MN);
  }
  ur__f32_softmax(d, c, M, N);
  hash = hashed(hash, d, MN);
  ur__f32_softmax_backward(c, a, d, M, N);
  hash = hashed(hash, c, MN);
  ur__f32_sum_rows(c, b, K, N);
  hash = hashed(hash, c, N);
  float sums[3] = {ur__f32_sum(b, KN), ur__f32_sum_squares(b, KN), ur__f32_dot(a, b, MK)};
  hash = hashed(hash, sums, 3);
  memset(moments, 0, sizeof moments);
  for (int step = 0; step < 5; step++) {
    ur__f32_adam(e, moments[0], moments[1], b, KN, 0.01f, 0.9f, 0.999f, 1e-8f, 1.5f, 20.0f);
    ur__f32_momentum(b, moments[0], e, KN, 0.01f, 0.9f);
  }
  const int32_t rows[] = {1, 0, 1, 1};
  ur__f32_scatter_add(c, 2, a, rows, 4, N);
  ur__f32_sgd(b, c, 2 * N, 0.1f);
  CHECK(ur__f32_first_bad(b, KN) == KN); /* the bits of a NaN are nobody's promise */
  return hashed(hashed(hash, b, KN), moments[1], KN);
}

void test_kernels_f64(void);

int main(void) {
  test_all_f32();
  test_kernels_f64();
  test_accuracy();
  TEST("one hash for every build") {
    uint64_t hash = battery();
    printf("battery  %08lx%08lx\n", (unsigned long)(hash >> 32), (unsigned long)(hash & 0xffffffffu));
    CHECK(hash == BATTERY);
  }
  return check_done();
}

/* ---- the same cases in double ---- */

#undef UNROLL_SIMD_KERNELS_H
#undef UR_FN
#undef CASE
#define UR_DOUBLE  1
#define ur_real    ur_real64
#define CASE(name) name##_f64
#include "kernels.h"
#include "simd_cases.h"

void test_kernels_f64(void) { test_all_f64(); }

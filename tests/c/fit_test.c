/* The course's curve: what is known of a fit, what the least training error hides, and what the normal
 * equations lose. */
#include <string.h>

#include "alloc.h"
#include "check.h"
#include "hash.h"
#include "real.h"
#include "unroll/fit.h"

enum { N = 10, TEST_POINTS = 100, SEEDS = 30, W = UR_DEGREE_MAX + 1 };

typedef struct curve {
  double x[N], t[N], test_x[TEST_POINTS], test_t[TEST_POINTS];
  ur_points train, test;
} curve;

static void draw(curve *c, uint64_t seed) {
  c->train = (ur_points){c->x, c->t, N};
  c->test = (ur_points){c->test_x, c->test_t, TEST_POINTS};
  CHECK(ur_curve_points(seed, 0, N, 0.3, 1, c->x, c->t) == UR_OK);
  CHECK(ur_curve_points(seed, 2, TEST_POINTS, 0.3, 1, c->test_x, c->test_t) == UR_OK);
}

static double size_of(const double *w, int n) {
  double most = 0;
  for (int i = 0; i < n; i++) most = fmax(most, fabs(w[i]));
  return most;
}

static void test_points(void) {
  double x[1000], t[1000], again[1000], moment = 0;
  CHECK(ur_curve_points(3, 0, 1000, 0.3, 1, x, t) == UR_OK);
  CHECK(x[0] == 0 && x[999] == 1 && x[333] == 333.0 / 999);
  for (int i = 0; i < 1000; i++) moment += pow(t[i] - sin(6.283185307179586 * x[i]), 2) / 1000;
  CHECK_NEAR(moment, 0.09, 0.015);
  CHECK(ur_curve_points(3, 1, 1000, 0.3, 1, x, again) == UR_OK && memcmp(t, again, sizeof t) != 0);
  CHECK(ur_curve_points(3, 0, 4, 0, 0, x, t) == UR_OK);
  for (int i = 0; i < 4; i++)
    CHECK(x[i] >= 0 && x[i] < 1 && fabs(t[i] - sin(6.283185307179586 * x[i])) < 1e-15);
  CHECK(ur_curve_points(3, 0, 1, 0.3, 1, x, t) == UR_OK && x[0] == 0.5);
  CHECK(ur_curve_points(3, 0, 0, 0.3, 1, x, t) == UR_E_ARGUMENT &&
        ur_curve_points(3, 0, 4, NAN, 1, x, t) == UR_E_ARGUMENT);
}

static void test_known(void) {
  /* t = 1 - 2 x + 3 x^2 comes back, and E_RMS of a constant is the spread around it. */
  double x[] = {-1, 0, 0.5, 2, 3}, t[5], w[W], rms;
  const ur_points points = {x, t, 5};
  for (int i = 0; i < 5; i++) t[i] = 1 - 2 * x[i] + 3 * x[i] * x[i];
  for (int by = 0; by < 2; by++)
    for (int degree = 2; degree <= 4; degree++) {
      CHECK(ur_fit_polynomial(&(ur_fit){.degree = degree}, (ur_fit_by)by, &points, w) == UR_OK);
      for (int j = 0; j <= degree; j++) CHECK_NEAR(w[j], j == 0 ? 1 : j == 1 ? -2 : j == 2 ? 3 : 0, 1e-11);
      CHECK_NEAR(ur_polynomial_rms(w, degree, &points), 0, 1e-11);
    }
  const ur_points two = {(double[]){0, 1}, (double[]){1, 3}, 2};
  CHECK(ur_fit_polynomial(&(ur_fit){.degree = 0}, UR_FIT_QR, &two, w) == UR_OK);
  CHECK_NEAR(w[0], 2, 1e-15);
  CHECK_NEAR(ur_polynomial_rms(w, 0, &two), 1, 1e-15);
  /* lambda 2 on w_0 alone: 2 w = (1 - w) + (3 - w); spared, nothing changes */
  CHECK(ur_fit_polynomial(&(ur_fit){.lambda = 2}, UR_FIT_QR, &two, w) == UR_OK);
  CHECK_NEAR(w[0], 1, 1e-15);
  CHECK(ur_fit_polynomial(&(ur_fit){.lambda = 2, .spare_w0 = 1}, UR_FIT_NORMAL_EQUATIONS, &two, w) == UR_OK);
  CHECK_NEAR(w[0], 2, 1e-15);
  /* leaving out one at a time: each is guessed by the other, 2 off */
  CHECK(ur_fit_validate(&(ur_fit){.degree = 0}, &two, 2, &rms) == UR_OK);
  CHECK_NEAR(rms, 2, 1e-15);
}

/* docs/measurements.md has the numbers. */
static void test_course(void) {
  int above = 0, twice = 0, cured = 0;
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    curve c;
    double w[W], train[W], test[W], size[W], last = 1e9;
    draw(&c, seed);
    for (int degree = 0; degree < W; degree++) {
      CHECK(ur_fit_polynomial(&(ur_fit){.degree = degree}, UR_FIT_QR, &c.train, w) == UR_OK);
      train[degree] = ur_polynomial_rms(w, degree, &c.train);
      test[degree] = ur_polynomial_rms(w, degree, &c.test);
      size[degree] = size_of(w, degree + 1);
      CHECK(train[degree] <= last); /* it can only fall: every polynomial is one of a higher degree too */
      last = train[degree];
    }
    CHECK(train[9] < 1e-10 && size[9] > 100 * size[3]);
    CHECK(ur_fit_polynomial(&(ur_fit){9, ur__exp(-18), 0}, UR_FIT_QR, &c.train, w) == UR_OK);
    above += test[9] > test[3];
    twice += test[9] > 2 * test[3];
    cured += ur_polynomial_rms(w, 9, &c.test) < test[9];
  }
  CHECK(above >= 29 && cured >= 29);
  CHECK(twice >= 8 && twice <= 25); /* often, not always */
}

/* M = 9 through ten points. Of sixteen digits the normal equations leave four or five of the largest weight,
 * and the curve misses the points that it goes through. */
static void test_normal_equations(void) {
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    curve c;
    double w[W], lost[W], off = 0;
    draw(&c, seed);
    CHECK(ur_fit_polynomial(&(ur_fit){.degree = 9}, UR_FIT_QR, &c.train, w) == UR_OK);
    CHECK(ur_fit_polynomial(&(ur_fit){.degree = 9}, UR_FIT_NORMAL_EQUATIONS, &c.train, lost) == UR_OK);
    for (int j = 0; j < W; j++) off = fmax(off, fabs(w[j] - lost[j]));
    CHECK(off > 3e-6 * size_of(w, W) && off < 3e-4 * size_of(w, W));
    CHECK(ur_polynomial_rms(lost, 9, &c.train) > 1e4 * ur_polynomial_rms(w, 9, &c.train));
  }
}

static int refused(ur_status status, ur_status expected, const char *node, const char *part) {
  const ur_error *error = ur_last_error();
  return status == expected && strcmp(error->node, node) == 0 && strstr(error->message, part) != NULL;
}

static void test_refused(void) {
  double w[W], rms;
  const ur_points three = {(double[]){0, 1, 1}, (double[]){1, 3, 4}, 3}, none = {NULL, NULL, 0},
                  bad = {(double[]){0, 1}, (double[]){1, NAN}, 2};
  for (int by = 0; by < 2; by++) {
    const ur_fit_by how = (ur_fit_by)by;
    CHECK(refused(ur_fit_polynomial(&(ur_fit){.degree = 10}, how, &three, w), UR_E_ARGUMENT, "degree",
                  "0 to 9"));
    CHECK(refused(ur_fit_polynomial(&(ur_fit){.degree = -1}, how, &three, w), UR_E_ARGUMENT, "degree", "-1"));
    CHECK(refused(ur_fit_polynomial(&(ur_fit){.lambda = -1}, how, &three, w), UR_E_ARGUMENT, "lambda", "-1"));
    CHECK(refused(ur_fit_polynomial(&(ur_fit){.lambda = INFINITY}, how, &three, w), UR_E_ARGUMENT, "lambda",
                  "inf"));
    CHECK(refused(ur_fit_polynomial(&(ur_fit){0}, how, &none, w), UR_E_ARGUMENT, "points", "0 points"));
    CHECK(refused(ur_fit_polynomial(&(ur_fit){0}, how, &bad, w), UR_E_NUMBER, "points", "point 2"));
    CHECK(refused(ur_fit_polynomial(&(ur_fit){.degree = 2}, how, &three, w), UR_E_NUMBER, "points",
                  "at one place"));
    CHECK(
        refused(ur_fit_polynomial(&(ur_fit){.degree = 5}, how, &three, w), UR_E_NUMBER, "points", "too few"));
    CHECK(ur_fit_polynomial(&(ur_fit){.degree = 5, .lambda = 1e-3}, how, &three, w) == UR_OK);
  }
  CHECK(refused(ur_fit_validate(&(ur_fit){0}, &three, 4, &rms), UR_E_ARGUMENT, "folds", "2 to 3"));
  CHECK(refused(ur_fit_validate(&(ur_fit){0}, &three, 1, &rms), UR_E_ARGUMENT, "folds", "1 folds"));
  CHECK(refused(ur_fit_validate(&(ur_fit){.degree = 2}, &three, 3, &rms), UR_E_NUMBER, "points", "too few"));
  for (long n = 0; n < 3; n++) {
    ur__alloc_fail_after(n);
    const ur_status fitted = ur_fit_validate(&(ur_fit){0}, &three, 3, &rms);
    ur__alloc_fail_after(-1);
    CHECK(fitted == UR_E_MEMORY);
  }
}

static void test_bits(void) {
  uint64_t hash = UR__FNV_START;
  curve c;
  double w[W], rms;
  draw(&c, 1);
  for (int degree = 0; degree < W; degree++) {
    const ur_fit fit = {degree, ur__exp(-18), 0};
    CHECK(ur_fit_polynomial(&fit, UR_FIT_QR, &c.train, w) == UR_OK);
    CHECK(ur_fit_validate(&fit, &c.train, 5, &rms) == UR_OK);
    hash = ur__fnv1a(ur__fnv1a(hash, w, (size_t)(degree + 1) * sizeof *w), &rms, sizeof rms);
  }
  if (!CHECK(hash == UINT64_C(0xa14d84c2886e7ee4))) printf("       0x%016llx\n", (unsigned long long)hash);
}

int main(void) {
  TEST("points") { test_points(); }
  TEST("known curves") { test_known(); }
  TEST("the course's curve") { test_course(); }
  TEST("normal equations lose digits") { test_normal_equations(); }
  TEST("refused") { test_refused(); }
  TEST("the same bits everywhere") { test_bits(); }
  return check_done();
}

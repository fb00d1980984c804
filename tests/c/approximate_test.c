/* A function by one hidden layer: what it can say exactly it says, what is left stands at right angles to its
 * units, and twice the hinges are never worse. */
#include "alloc.h"
#include "check.h"
#include "unroll/approximate.h"

enum { PLACES = 97 };

static void wave(double *t) {
  for (int i = 0; i < PLACES; i++) t[i] = sin(7.0 * i / (PLACES - 1)) + 0.3 * i / (PLACES - 1);
}

/* Straight between 0, 1/4, ..., 1: four hinges are enough, three are not. */
static void test_exact(void) {
  static const double heights[5] = {0.5, -1, 2, 0, 1};
  double t[PLACES], weights[5], rms;
  for (int i = 0; i < PLACES; i++) {
    const int k = i == PLACES - 1 ? 3 : 4 * i / (PLACES - 1);
    const double u = 4.0 * i / (PLACES - 1) - k;
    t[i] = heights[k] * (1 - u) + heights[k + 1] * u;
  }
  CHECK(ur_approximate(UR_LAID_HINGES, 4, t, PLACES, weights, &rms) == UR_OK && rms < 1e-13);
  CHECK_NEAR(weights[0], 0.5, 1e-12);
  /* each is the change of the slope */
  for (int j = 1; j <= 4; j++)
    CHECK_NEAR(weights[j],
               4 * (heights[j] - heights[j - 1]) - (j > 1 ? 4 * (heights[j - 1] - heights[j - 2]) : 0),
               1e-11);
  CHECK(ur_approximate(UR_LAID_HINGES, 3, t, PLACES, weights, &rms) == UR_OK && rms > 0.1);
}

static void test_least(void) {
  double t[PLACES], weights[UR_APPROXIMATE_UNITS_MAX + 1], rms;
  wave(t);
  for (int laid = 0; laid < 2; laid++)
    for (int units = 1; units <= 32; units += 3) {
      double squares = 0, with[UR_APPROXIMATE_UNITS_MAX + 1] = {0};
      CHECK(ur_approximate((ur_laid)laid, units, t, PLACES, weights, &rms) == UR_OK);
      for (int i = 0; i < PLACES; i++) {
        const double x = (double)i / (PLACES - 1);
        double off = weights[0] - t[i];
        for (int j = 1; j <= units; j++) off += weights[j] * ur_laid_unit((ur_laid)laid, units, j, x);
        squares += off * off;
        with[0] += off;
        for (int j = 1; j <= units; j++) with[j] += off * ur_laid_unit((ur_laid)laid, units, j, x);
      }
      CHECK_NEAR(rms, sqrt(squares / PLACES), 1e-10);
      for (int j = 0; j <= units; j++) CHECK_NEAR(with[j], 0, 1e-9);
    }
}

static void test_more(void) {
  double t[PLACES], weights[UR_APPROXIMATE_UNITS_MAX + 1], rms[2][7];
  wave(t);
  for (int laid = 0; laid < 2; laid++)
    for (int k = 0; k < 7; k++)
      CHECK(ur_approximate((ur_laid)laid, 1 << k, t, PLACES, weights, &rms[laid][k]) == UR_OK);
  for (int k = 1; k < 7; k++) CHECK(rms[UR_LAID_HINGES][k] <= rms[UR_LAID_HINGES][k - 1]);
  for (int laid = 0; laid < 2; laid++) CHECK(rms[laid][5] < 0.01 * rms[laid][0]);
}

static void test_units(void) {
  CHECK(ur_laid_unit(UR_LAID_STEPS, 5, 3, 0.5) == 0.5);
  CHECK_NEAR(ur_laid_unit(UR_LAID_STEPS, 5, 3, 0.6), 1 / (1 + exp(-2)), 1e-12);
  CHECK(ur_laid_unit(UR_LAID_HINGES, 4, 2, 0.25) == 0 && ur_laid_unit(UR_LAID_HINGES, 4, 2, 0.75) == 0.5);
}

static void test_refused(void) {
  double t[PLACES] = {0}, weights[UR_APPROXIMATE_UNITS_MAX + 2], rms;
  CHECK(ur_approximate(UR_LAID_STEPS, 0, t, PLACES, weights, &rms) == UR_E_ARGUMENT);
  CHECK(ur_approximate(UR_LAID_STEPS, UR_APPROXIMATE_UNITS_MAX + 1, t, PLACES, weights, &rms) ==
        UR_E_ARGUMENT);
  CHECK(ur_approximate(UR_LAID_STEPS, 5, t, 5, weights, &rms) == UR_E_ARGUMENT);
  for (int n = 0; n < 2; n++) {
    ur__alloc_fail_after(n);
    const ur_status status = ur_approximate(UR_LAID_STEPS, 5, t, PLACES, weights, &rms);
    ur__alloc_fail_after(-1);
    CHECK(status == UR_E_MEMORY);
  }
  t[3] = NAN;
  CHECK(ur_approximate(UR_LAID_STEPS, 5, t, PLACES, weights, &rms) == UR_E_NUMBER);
}

int main(void) {
  TEST("exact") { test_exact(); }
  TEST("least squares") { test_least(); }
  TEST("more units") { test_more(); }
  TEST("units") { test_units(); }
  TEST("refused") { test_refused(); }
  return check_done();
}

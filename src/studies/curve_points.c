#include "curve_points.h"

#include <math.h>

#include "real.h"

ur_status ur__curve_take(const ur_study *study, int own, ur__curve_set *out) {
  const uint64_t seed = ur__study_seed(study);
  const double noise = ur__study_setting(study, UR__CURVE_NOISE);
  const int evenly = ur__study_setting(study, UR__CURVE_EVENLY) != 0;
  int count;
  const double *numbers = ur__study_numbers(study, own, &count);
  out->tests = (ur_points){out->test_x, out->test_t, (int)ur__study_setting(study, UR__CURVE_TESTS)};
  out->points =
      (ur_points){out->x, out->t, count > 0 ? count / 2 : (int)ur__study_setting(study, UR__CURVE_POINTS)};
  if (count % 2 != 0 || (count > 0 && count < 4) || count > 2 * UR_FIT_POINTS_MAX)
    return ur_fail(UR_E_TEXT, "own", "own has %d numbers; it should be x and t of 2 to %d points", count,
                   UR_FIT_POINTS_MAX);
  ur_status status = ur_curve_points(seed, 2, out->tests.n, noise, 1, out->test_x, out->test_t);
  if (status == UR_OK && count == 0)
    status = ur_curve_points(seed, 0, out->points.n, noise, evenly, out->x, out->t);
  for (int i = 0; i < count / 2; i++) out->x[i] = numbers[2 * i], out->t[i] = numbers[2 * i + 1];
  return status;
}

void ur__curve_places(int n, double *places) {
  for (int i = 0; i < n && places != NULL; i++) places[i] = (double)i / (n - 1);
}

int ur__curve_records(int updates, int decade, double *into) {
  int count = 1, last = 0;
  if (into != NULL) into[0] = 0;
  for (int i = 0; last < updates; i++) {
    const double at = floor(ur__exp(2.302585092994046 * i / decade) + 0.5);
    if (at <= last) continue;
    last = at < updates ? (int)at : updates;
    if (into != NULL) into[count] = last;
    count++;
  }
  return count;
}

void ur__curve_line(const double *w, int degree, int n, const double *places, double *line) {
  for (int i = 0; i < n; i++) line[i] = ur_polynomial(w, degree, places[i]);
}

#include "unroll/approximate.h"

#include <math.h>

#include "alloc.h"
#include "real.h"
#include "unroll/linalg.h"

double ur_laid_unit(ur_laid laid, int units, int j, double x) {
  if (laid == UR_LAID_STEPS) return ur__sigmoid(4 * (units * x - (j - 0.5)));
  const double a = x - (double)(j - 1) / units;
  return a > 0 ? a : 0;
}

/* A [places, units+1]: 1 and what the units say. */
static void says(ur_laid laid, int units, int places, double *A) {
  for (int i = 0; i < places; i++) {
    double *row = A + i * (units + 1);
    row[0] = 1;
    for (int j = 1; j <= units; j++) row[j] = ur_laid_unit(laid, units, j, (double)i / (places - 1));
  }
}

ur_status ur_approximate(ur_laid laid, int units, const double *t, int places, double *weights, double *rms) {
  if (units < 1 || units > UR_APPROXIMATE_UNITS_MAX)
    return ur_fail(UR_E_ARGUMENT, "units", "%d units; take 1 to %d", units, UR_APPROXIMATE_UNITS_MAX);
  if (places <= units || places < 2 || places > UR_APPROXIMATE_PLACES_MAX)
    return ur_fail(UR_E_ARGUMENT, "places", "%d places for %d weights; take more, up to %d", places,
                   units + 1, UR_APPROXIMATE_PLACES_MAX);
  double squares, *A = ur__alloc_array((size_t)places * (size_t)(units + 1), sizeof *A);
  if (A == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for %d units", units);
  says(laid, units, places, A);
  const ur_status status = ur_least_squares(A, places, units + 1, t, 1, NULL, weights, &squares);
  if (status == UR_OK) *rms = sqrt(squares / places);
  ur__free(A);
  return status;
}

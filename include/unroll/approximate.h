/* unroll/approximate.h: a function on [0, 1] by one hidden layer of M units, y(x) = b + sum_j v_j z_j(x).
 * What goes into the units is laid by hand, evenly from 0 to 1; b and v are those of least squares. With
 * enough units it comes as close to any continuous function as one likes (Cybenko 1989; Hornik, Stinchcombe
 * and White 1989). In double. */
#ifndef UNROLL_APPROXIMATE_H
#define UNROLL_APPROXIMATE_H

#include "unroll/status.h"

#define UR_APPROXIMATE_UNITS_MAX  64
#define UR_APPROXIMATE_PLACES_MAX 1024

typedef enum ur_laid {
  UR_LAID_STEPS, /* z_j = sigmoid(4 M (x - (j - 1/2) / M)): off before its place, on after it */
  UR_LAID_HINGES /* z_j = relu(x - (j - 1) / M): y is straight between two places */
} ur_laid;

/* z of unit j, from 1, of so many. */
double ur_laid_unit(ur_laid laid, int units, int j, double x);
/* t [places]: the function at 0, ..., 1, evenly. weights [units+1]: b, then v; *rms: the root of the mean
 * square of y - t there. UR_E_ARGUMENT for units outside of 1 to UR_APPROXIMATE_UNITS_MAX, or not more places
 * than those, or more than UR_APPROXIMATE_PLACES_MAX; UR_E_NUMBER, UR_E_MEMORY. */
ur_status ur_approximate(ur_laid laid, int units, const double *t, int places, double *weights, double *rms);

#endif

/* unroll/plane.h: what every unit of a feed-forward net says over the plane of its two inputs, and what its
 * output sees of the points that it is trained on. In double, with the weights of the run as they are now.
 * UR_E_STATE for a model that is no such net, or has other than two inputs; UR_E_ARGUMENT; UR_E_MEMORY. */
#ifndef UNROLL_PLANE_H
#define UNROLL_PLANE_H

#include "unroll/train.h"

#define UR_PLANE_STEPS_MAX 257

typedef struct ur_plane {
  double from, to; /* of x_1, and of x_2 */
  int steps;       /* values of each, both ends among them; 2 to UR_PLANE_STEPS_MAX */
} ur_plane;

/* Rows first ... first + rows - 1 of all, by x_2 from its lower end: units [hidden, steps, steps], the hidden
 * ones in the order of their layers, and answers [outputs, steps, steps]. Other rows are not touched. */
ur_status ur_plane_rows(const ur_trainer *trainer, const ur_plane *plane, int first, int rows, double *units,
                        double *answers);

/* The points, as the first output sees them, through the wires that lead to it: across [points] is its sum a,
 * so that what it says changes at 0. up [points] is how far they lie along the direction in which what they
 * are there is spread out most, of those at right angles to the output's own, from the points' middle; 0
 * where there is none. */
ur_status ur_last_sees(const ur_trainer *trainer, double *across, double *up);

#endif

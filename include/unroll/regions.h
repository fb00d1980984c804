/* unroll/regions.h: where a net of relus is linear. In the plane each hidden unit is 0 on one side of a line
 * that bends wherever a unit before it does; what lies between all these lines are polygons, and on each the
 * net is one plane. */
#ifndef UNROLL_REGIONS_H
#define UNROLL_REGIONS_H

#include "unroll/train.h"

#define UR_REGIONS_MAX 20000

typedef struct ur_regions {
  int count, outputs;
  int *first; /* [count + 1], into corners: those of region i, counter-clockwise, are first[i] .. first[i+1]-1
               */
  double *corners; /* [first[count], 2] */
  double *planes;  /* [count, outputs, 3]: the sums of the outputs are p_0 x_1 + p_1 x_2 + p_2 */
  int hidden;
  int *after;   /* [hidden]: how many regions there are once this unit and those before it have cut */
  int *above;   /* [count]: how many hidden units are above 0; odd here is even across any line */
  uint64_t *on; /* [count]: a hash of which hidden units are above 0; equal in no two regions but by chance */
} ur_regions;

/* All regions of the run's net, as its weights are now, within a box [x_1 from, to, x_2 from, to]: cut unit
 * by unit, so exact to the rounding of a double; what is thinner than 1e-12 of the box is not cut. UR_E_STATE
 * for a model that is no mlp of relus, or of other than two inputs; UR_E_ARGUMENT for a box that is empty or
 * not finite; UR_E_MEMORY, also for more than UR_REGIONS_MAX. To be freed; empty after a failure. */
ur_status ur_regions_of(const ur_trainer *trainer, const double box[4], ur_regions *out);
void ur_regions_free(ur_regions *regions);

#endif

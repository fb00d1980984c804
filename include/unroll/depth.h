/* unroll/depth.h: nets of relus over a line, to count their pieces: one that is set by hand and folds the
 * line with each layer, and one of a single layer as it starts. Both are nets of the plane that see x_1
 * alone, so that their pieces are counted as any net's are (unroll/regions.h). */
#ifndef UNROLL_DEPTH_H
#define UNROLL_DEPTH_H

#include "unroll/train.h"

#define UR_FOLDS_MAX 6

/* h(x) = 2 relu(x) - 4 relu(x - 1/2), `layers` times, 1 to UR_FOLDS_MAX: each folds [0, 1] in the middle.
 * UR_E_ARGUMENT, UR_E_MEMORY. To be freed. */
ur_status ur_fold_net(int layers, ur_trainer **out);
/* One layer of so many units, 1 to 2 UR_FOLDS_MAX, with weights as the seed draws them. */
ur_status ur_line_net(int units, uint64_t seed, ur_trainer **out);

/* Where the pieces of such a net over [0, 1] begin and end, and what it says there: at, height [*count + 1],
 * from the left. No more than `most` of them; UR_E_MEMORY where there are. */
ur_status ur_line_pieces(const ur_trainer *trainer, int most, double *at, double *height, int *count);

#endif

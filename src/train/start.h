/* train/start.h: how the W_h of a recurrent net begins, where its settings ask for more than chance. */
#ifndef UNROLL_TRAIN_START_H
#define UNROLL_TRAIN_START_H

#include "unroll/graph.h"
#include "unroll/settings.h"

/* Applies the settings `start` and `spectral_radius`, where the model has them, to every square W_h.
 * identity: W_h = I and b_1 = 0 (Le et al. 2015); orthogonal: rows of Gaussian numbers, orthonormalised;
 * radius: Gaussian numbers, scaled so that the largest |eigenvalue| is spectral_radius. UR_E_MEMORY. */
ur_status ur__start(const ur_settings *settings, ur_params *params);

#endif

/* J_r = 1/2 sum_k (y_k - t_k)^2: targets with Gaussian noise around y. [...,C] and [...,C] give [...]. */
#include "likelihood.h"

UR_LIKELIHOOD(half_squares, (y - t) * (y - t) / 2, y - t, t - y)

/* J_r = -sum_k t_k log y_k: one of C, the k-th with probability y_k, and t is 1 there. [...,C] and [...,C]
 * give [...]. */
#include "likelihood.h"

UR_LIKELIHOOD(categorical, t != 0 ? 0 - t * ur__log_of(y) : 0, t != 0 ? 0 - t / y : 0, 0 - ur__log_of(y))

/* J_r = -sum_k (t_k log y_k + (1 - t_k) log(1 - y_k)): each target is 1 with probability y_k, by itself.
 * [...,C] and
 * [...,C] give [...]. */
#include "likelihood.h"

static ur_real surprise(ur_real y, ur_real t) {
  return (t != 0 ? 0 - t * ur__log_of(y) : 0) + (t != 1 ? 0 - (1 - t) * ur__log_of(1 - y) : 0);
}
static ur_real slope(ur_real y, ur_real t) { return (t != 1 ? (1 - t) / (1 - y) : 0) - (t != 0 ? t / y : 0); }

UR_LIKELIHOOD(bernoulli, surprise(y, t), slope(y, t), ur__log_of(1 - y) - ur__log_of(y))

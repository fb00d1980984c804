/* y = max(0, x): y' = 1 where y > 0, else 0. */
#include "activation.h"

UR_ACTIVATION(relu, y > 0 ? 1 : 0)

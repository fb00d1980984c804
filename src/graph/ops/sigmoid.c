/* y = 1 / (1 + e^-x): y' = y (1 - y). */
#include "activation.h"

UR_ACTIVATION(sigmoid, y *(1 - y))

/* y = tanh(x): y' = 1 - y^2. */
#include "activation.h"

UR_ACTIVATION(tanh, 1 - y * y)

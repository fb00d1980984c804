/* layers/layers.h: what the recurrent layers share; private to this folder. */
#ifndef UNROLL_LAYERS_LAYERS_H
#define UNROLL_LAYERS_LAYERS_H

#include "unroll/layers.h"

/* The tensor <prefix>.<name>, or <name> where prefix is "", U(-scale, scale); its number. */
int ur__layer_param(ur_params *params, const char *prefix, const char *name, const char *axes,
                    const int *shape, double scale);

#endif

/* train/looks.h: what the decoder of a model looks at in its source, as it stands after a step. */
#ifndef UNROLL_TRAIN_LOOKS_H
#define UNROLL_TRAIN_LOOKS_H

#include "net.h"

typedef struct ur__looks {
  int blocks, heads; /* of each block; both 0 for one that looks at nothing */
} ur__looks;

ur__looks ur__net_looks(const ur__net *net);
/* Of one sequence of the batch: weights [blocks,heads,S] over the source, each row adds up to 1. */
void ur__net_look(const ur__net *net, int sequence, float *out);

#endif

/* study/measure.h: how far gradients reach in any unrolled graph of recurrent layers. */
#ifndef UNROLL_STUDY_MEASURE_H
#define UNROLL_STUDY_MEASURE_H

#include "unroll/measure.h"

/* Norm of the gradient that a node of a float tape holds; -1 where it has none. */
double ur__gradient_size(ur_tape *tape, int id);
/* The node `name` of step t and layer (from 1; layers in all) in an unrolled graph; UR_NODE_NONE. */
int ur__step_node(const ur_tape *tape, int t, int layers, int layer, const char *name);
/* After a backward run from J^(t): see ur_measure_through_time. */
void ur__through_time(ur_tape *tape, int t, int layers, int layer, double *h, double *c);

#endif

/* study/flat.h: a feed-forward net as a table of units over one vector of weights, in double: its error as a
 * function of the weights, with the gradient as the course works it out by hand, and its units as functions
 * of the input. */
#ifndef UNROLL_STUDY_FLAT_H
#define UNROLL_STUDY_FLAT_H

#include "mlp.h"
#include "trainer.h"

typedef struct ur__unit {
  int weight, bias; /* where in the vector; its weights stand side by side */
  int wires;
  int from; /* in `from`: the values that they come from */
} ur__unit;

typedef struct ur__flat {
  int features, outputs, hidden; /* values are the inputs, the hidden units, the sums of the outputs */
  int size;                      /* weights and biases */
  int activation, error;
  ur__unit *units; /* [hidden + outputs] */
  int *from;
  double *theta; /* [size], as the run has them now */
} ur__flat;

/* UR_E_STATE for a model that is no such net; UR_E_MEMORY. To be freed; empty after a failure. */
ur_status ur__flat_of(const ur_trainer *trainer, ur__flat *out);
void ur__flat_free(ur__flat *flat);
static inline size_t ur__flat_values(const ur__flat *flat) {
  return (size_t)(flat->features + flat->hidden + flat->outputs);
}

/* E_n for one point, in nats or half squares. z [values]: after it the inputs, hidden units and outputs y. */
double ur__flat_error(const ur__flat *flat, const double *theta, const float *x, const float *t, double *z);
/* After it: adds dE_n / d theta. delta [values] */
void ur__flat_gradient(const ur__flat *flat, const double *theta, const float *t, const double *z,
                       double *delta, double *gradient);

#endif

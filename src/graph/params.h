/* graph/params.h: the inside of ur_params. */
#ifndef UNROLL_GRAPH_PARAMS_H
#define UNROLL_GRAPH_PARAMS_H

#include "arena.h"
#include "op.h"

#define UR__PATH_MAX ((int)sizeof(((ur_error *)0)->node)) /* so that an error can name every node */

typedef struct ur__param {
  char name[sizeof(((ur_error *)0)->node)];
  ur__tensor tensor; /* axes, shape, cells */
  size_t offset;     /* floats from the start of data */
  ur_init init;
  double scale;
  size_t from, count; /* cells that begin at `value` */
  double value;
} ur__param;

struct ur_params {
  ur__param *tensors;
  int count, capacity;
  size_t size; /* floats in all */
  ur__arena arena;
  float *data;      /* NULL until finished */
  ur_error failure; /* the first; UR_OK where none */
};

#endif

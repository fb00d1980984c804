/* graph/op.h: what an op's functions are given, and the table that ties them to their row in ops.h.
 *
 * An op is src/graph/ops/<name>.c, a template compiled for float and for double. It defines, through
 * UR_OP(name, part), the five functions of ur__op_functions; a fused op defines the first three. */
#ifndef UNROLL_GRAPH_OP_H
#define UNROLL_GRAPH_OP_H

#include "unroll/graph.h"

typedef struct ur__tensor {
  void *data; /* float, double or int32_t as dtype says; contiguous at the current size */
  ur_dtype dtype;
  char axes[UR_RANK_MAX + 1];
  int rank, shape[UR_RANK_MAX]; /* at the current size */
  size_t cells;
  int active; /* 0: its time is beyond the current length */
} ur__tensor;

/* What a mask or heads are given: bits of their option. */
enum { UR__CAUSAL = 1, UR__PADDED = 2, UR__DROPPED = 4 };

/* One node, as its op sees it. */
typedef struct ur__call {
  const char *path;
  int n;                       /* inputs */
  const ur__tensor *const *in; /* [n] */
  const ur__tensor *out;       /* its value */
  int option; /* rnn, gate: ur_activation; flatten, slice: letter of the new axis; mask, heads: UR__CAUSAL ...
               */
  const int *range;   /* [2]: gate: which part of how many; slice: from, size; heads: how many,
                         scaled; sinusoid: cells, what is counted from */
  double epsilon;     /* normalize, layer_norm */
  const double *hold; /* [4]: of each gate: at most 1 and it is held there, else free */
  const void *dkept;  /* lstm: d loss / d (the cell states it keeps); NULL where none has come */
  void *aux;          /* from forward to backward, this node's own */
  void *work;         /* during one call, shared */
} ur__call;

/* Reals of memory beside the value, at full capacity. SIZE_MAX: cannot be addressed. */
typedef struct ur__needs {
  size_t aux, work;
} ur__needs;

typedef struct ur__op_functions {
  /* From the inputs' axes and shapes to the output's. UR_E_SHAPE with path and shapes in the message. */
  ur_status (*shape)(const ur__call *call, ur__tensor *out, ur__needs *needs);
  /* UR_E_ARGUMENT for an index out of range, named with its cell. */
  ur_status (*forward)(const ur__call *call);
  /* dy is d loss / d output. Overwrites dx[k] with d loss / d input k for every k where it is not NULL. */
  void (*backward)(const ur__call *call, const void *dy, void *const *dx);
  void (*sources)(const ur__call *call, int input, size_t cell, ur_cells *out);
  /* d output[cell] / d in[input][in_cell]; the input holds real values. */
  double (*partial)(const ur__call *call, size_t cell, int input, size_t in_cell);
} ur__op_functions;

extern const ur__op_functions ur__ops_f32[UR_OP_COUNT], ur__ops_f64[UR_OP_COUNT];

/* What the tape itself does to numbers, in both precisions. */
typedef struct ur__arith {
  size_t size; /* bytes of a real */
  void (*from_float)(void *out, const float *a, size_t n);
  void (*fill)(void *out, double value, size_t n);
  void (*accumulate)(void *sum, const void *term, size_t n); /* sum = sum + term */
  size_t (*first_bad)(const void *a, size_t n);
} ur__arith;
extern const ur__arith ur__arith_f32, ur__arith_f64;

typedef struct ur__precision {
  const ur__op_functions *ops; /* [UR_OP_COUNT] */
  const ur__arith *arith;
} ur__precision;
/* What a tape of doubles computes with. NULL in the page's module until the part is there that checks
 * derivatives (wasm/exports/doubles.c). */
const ur__precision *ur__doubles(void);

/* ---- sizes: SIZE_MAX stands for what is too large, and stays so ---- */
static inline size_t ur__times(size_t a, size_t b) { return b != 0 && a > SIZE_MAX / b ? SIZE_MAX : a * b; }
static inline size_t ur__plus(size_t a, size_t b) { return a > SIZE_MAX - b ? SIZE_MAX : a + b; }
static inline size_t ur__larger(size_t a, size_t b) { return a > b ? a : b; }

/* ---- shapes ---- */
/* The last dimension is the columns, all before it the rows. */
static inline size_t ur__cols(const ur__tensor *t) { return t->rank > 0 ? (size_t)t->shape[t->rank - 1] : 1; }
static inline size_t ur__rows(const ur__tensor *t) { return t->cells / ur__cols(t); }
/* Does this letter follow the current size? */
static inline int ur__varies(char letter) { return letter == 'B' || letter == 'T' || letter == 'S'; }
/* Are the two dimensions of one size, now and after every resize? */
int ur__same_axis(const ur__tensor *a, int i, const ur__tensor *b, int j);
/* Does a begin with all the dimensions of b? */
int ur__same_rows(const ur__tensor *a, const ur__tensor *b);
/* Counts cells anew from shape. UR_E_SHAPE below 1, UR_E_MEMORY where they cannot be addressed. */
ur_status ur__tensor_count(ur__tensor *t, const char *path);
/* UR_E_SHAPE: "path: rule, but its inputs are BE [8,16] and VE [9,15]". */
ur_status ur__bad_shape(const ur__call *call, const char *rule);
/* UR_E_ARGUMENT for an index that is not in low..high, with its cell; for both, 0 cells checked is UR_OK. */
ur_status ur__check_indices(const ur__call *call, int input, int low, int high);

#endif

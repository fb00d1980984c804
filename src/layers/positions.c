/* x~_i = x_i + p_i, or one beside the other: what a token is, and where it stands. */
#include <stdio.h>

#include "unroll/layers.h"

enum { NAME = 24 };
static const char *named(const ur_positions *p, const char *name, char full[NAME]) {
  snprintf(full, NAME, "%s%s", name, p->of_source ? "_source" : "");
  return full;
}

static int concatenated(const ur_positions *p) { return p->concatenated && p->kind != UR_POSITIONS_NONE; }
static int place_width(const ur_positions *p) { return concatenated(p) ? p->width / 2 : p->width; }

/* A dense layer of its own. */
static ur_dense dense_params(ur_params *params, const ur_positions *p, const char *weight, const char *bias,
                             const char *axes, int n, int k) {
  char matrix[NAME], added[NAME];
  return ur_dense_params(params, named(p, weight, matrix), named(p, bias, added), axes, n, k);
}

static int numbers_params(ur_params *params, const ur_positions *p, int width) {
  const ur_dense first = p->inner > 0 ? dense_params(params, p, "E_1", "b_E1", "IE", p->inner, p->features)
                                      : dense_params(params, p, "E", "b_E", "DE", width, p->features);
  if (p->inner > 0) dense_params(params, p, "E", "b_E", "DI", width, p->inner);
  return first.weight;
}

/* e = E x + b_E, or of an inner layer E relu(E_1 x + b_E1) + b_E. */
static int build_numbers(ur_tape *tape, const ur_positions *p, int x) {
  ur_dense layer = {p->E, p->E + 1};
  char product[NAME], sum[NAME];
  if (p->inner > 0) {
    const int a = ur_dense_layer(tape, &layer, named(p, "Ex_1", product), named(p, "a_1", sum), x);
    x = ur_relu(tape, named(p, "z_1", sum), a);
    layer = (ur_dense){p->E + 2, p->E + 3};
  }
  return ur_dense_layer(tape, &layer, named(p, "Ex", product), named(p, "e", sum), x);
}

int ur_positions_params(ur_params *params, int vocabulary, double std, ur_positions *p) {
  const int width = place_width(p), token = concatenated(p) ? p->width - width : p->width;
  char name[NAME];
  if ((p->kind == UR_POSITIONS_SINUSOIDAL && width % 2 != 0) || width < 1) {
    ur_fail(UR_E_SETTING, "hidden_size", "hidden_size %d leaves %d numbers for a place; waves come in pairs",
            p->width, width);
    ur_params_refuse(params);
  }
  if (p->untold && concatenated(p)) {
    ur_fail(UR_E_SETTING, "places",
            "places beside a token's numbers cannot be left out; add them, or take "
            "positions none");
    ur_params_refuse(params);
  }
  p->E = p->features > 0 ? numbers_params(params, p, token)
                         : ur_params_add(params, named(p, "E", name), "VD", (int[]){vocabulary, token},
                                         UR_INIT_NORMAL, std);
  if (p->kind == UR_POSITIONS_LEARNED)
    ur_params_add(params, named(p, "P", name), "WD", (int[]){p->context, width}, UR_INIT_NORMAL, std);
  return p->E + ur_positions_count(p);
}

/* Of what a step is. */
static int own_count(const ur_positions *p) { return p->features == 0 ? 1 : p->inner > 0 ? 4 : 2; }

int ur_positions_count(const ur_positions *p) { return own_count(p) + (p->kind == UR_POSITIONS_LEARNED); }

int ur_positions_build(ur_tape *tape, const ur_positions *p, int x) {
  const ur_node_view read = ur_tape_node(tape, x);
  const char sequence[] = {read.axes[0], read.axes[0] == '\0' ? '\0' : read.axes[1],
                           '\0'}; /* none once poisoned */
  char name[NAME];
  const int e = p->features > 0 ? build_numbers(tape, p, x)
                                : ur_embedding(tape, named(p, "e", name), ur_param(tape, p->E), x);
  if (p->kind == UR_POSITIONS_NONE || p->untold) return e;
  const int at = ur_input_index(tape, named(p, "place", name), sequence, read.shape);
  named(p, "p", name);
  const int place = p->kind == UR_POSITIONS_LEARNED
                        ? ur_embedding(tape, name, ur_param(tape, p->E + own_count(p)), at)
                        : ur_sinusoid(tape, name, at, place_width(p), 'D', p->count_from);
  named(p, "h", name);
  return concatenated(p) ? ur_concat(tape, name, e, place) : ur_add(tape, name, e, place);
}

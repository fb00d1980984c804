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
  p->E = ur_params_add(params, named(p, "E", name), "VD", (int[]){vocabulary, token}, UR_INIT_NORMAL, std);
  if (p->kind == UR_POSITIONS_LEARNED)
    ur_params_add(params, named(p, "P", name), "WD", (int[]){p->context, width}, UR_INIT_NORMAL, std);
  return p->E + ur_positions_count(p);
}

int ur_positions_count(const ur_positions *p) { return p->kind == UR_POSITIONS_LEARNED ? 2 : 1; }

int ur_positions_build(ur_tape *tape, const ur_positions *p, int x) {
  const ur_node_view tokens = ur_tape_node(tape, x);
  char name[NAME];
  const int e = ur_embedding(tape, named(p, "e", name), ur_param(tape, p->E), x);
  if (p->kind == UR_POSITIONS_NONE || p->untold) return e;
  const int at = ur_input_index(tape, named(p, "place", name), tokens.axes, tokens.shape);
  named(p, "p", name);
  const int place = p->kind == UR_POSITIONS_LEARNED
                        ? ur_embedding(tape, name, ur_param(tape, p->E + 1), at)
                        : ur_sinusoid(tape, name, at, place_width(p), 'D', p->count_from);
  named(p, "h", name);
  return concatenated(p) ? ur_concat(tape, name, e, place) : ur_add(tape, name, e, place);
}

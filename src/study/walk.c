#include <string.h>

#include "alloc.h"
#include "reading.h"

struct ur_walk {
  ur_trainer *trainer;
  ur_tape *tape;
  int position;
  uint64_t hash; /* of the parameters that the tape's values were made with */
  ur__batch reading;
  float grad_norm, clip_scale; /* of the last backward that was walked to its end */
  ur_update_line lines[UR__LINES_MAX];
  float *values[UR__LINES_MAX]; /* room for the largest parameter each */
};

static ur_status allocate(ur_walk *walk) {
  const ur_params *params = walk->trainer->net.params;
  size_t largest = 0;
  for (int i = 0; i < ur_params_count(params); i++) {
    const size_t size = ur_params_view(params, i).size;
    if (size > largest) largest = size;
  }
  walk->values[0] = ur__alloc_array(largest, UR__LINES_MAX * sizeof **walk->values);
  if (walk->values[0] == NULL)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left to step through an update");
  for (int i = 1; i < UR__LINES_MAX; i++) walk->values[i] = walk->values[i - 1] + largest;
  return UR_OK;
}

static ur_status build(ur_walk *walk) {
  ur_status status = allocate(walk);
  if (status == UR_OK) status = ur__reading_unroll(walk->trainer, &walk->reading, UR__UNROLLED, &walk->tape);
  return status == UR_OK ? ur_walk_to(walk, 0) : status;
}

/* Over what was read, which it takes over whatever happens. */
static ur_status create(ur_trainer *trainer, ur__batch *reading, ur_walk **out) {
  ur_walk *walk = ur__alloc(sizeof *walk);
  if (walk == NULL) {
    ur__batch_free(reading);
    return ur_fail(UR_E_MEMORY, "", "there is no memory left for the graph of a text");
  }
  walk->trainer = trainer;
  walk->reading = *reading;
  const ur_status status = build(walk);
  if (status == UR_OK)
    *out = walk;
  else
    ur_walk_free(walk);
  return status;
}

ur_status ur_walk_create(ur_trainer *trainer, const char *text, ur_walk **out) {
  ur__batch reading;
  *out = NULL;
  const ur_status status = ur__reading_of(trainer, text, &reading);
  return status == UR_OK ? create(trainer, &reading, out) : status;
}

ur_status ur_walk_create_pair(ur_trainer *trainer, const char *source, const char *target, ur_walk **out) {
  ur__batch reading;
  *out = NULL;
  const ur_status status = ur__reading_pair(trainer, source, target, &reading);
  return status == UR_OK ? create(trainer, &reading, out) : status;
}

const int32_t *ur_walk_read(const ur_walk *walk, ur_read what, int *count) {
  static const char *const names[] = {
      [UR_READ_SOURCE] = "source", [UR_READ_INPUTS] = "x", [UR_READ_GOALS] = "y"};
  const ur__batch *reading = &walk->reading;
  const int32_t *tokens = ur__batch_tokens(reading, names[what]);
  const int row = ur__array_find(reading->arrays, names[what]);
  *count = tokens != NULL ? (int)ur__array_cells(&reading->arrays[row], reading) : 0;
  return tokens;
}

void ur_walk_free(ur_walk *walk) {
  if (walk == NULL) return;
  ur_tape_free(walk->tape);
  ur__batch_free(&walk->reading);
  ur__free(walk->values[0]);
  ur__free(walk);
}

ur_tape *ur_walk_tape(ur_walk *walk) { return walk->tape; }
int ur_walk_position(const ur_walk *walk) { return walk->position; }
double ur_walk_grad_norm(const ur_walk *walk) { return walk->grad_norm; }
double ur_walk_clip_scale(const ur_walk *walk) { return walk->clip_scale; }

size_t ur_walk_parameters(const ur_walk *walk) { return ur_params_size(walk->trainer->net.params); }

int ur_walk_length(const ur_walk *walk) {
  return ur_tape_walk_length(walk->tape) + 1 + ur_params_count(walk->trainer->net.params);
}

ur_status ur_walk_to(ur_walk *walk, int position) {
  const int graph = ur_tape_walk_length(walk->tape);
  if (position < 0 || position > ur_walk_length(walk))
    return ur_fail(UR_E_ARGUMENT, "", "the walk has positions 0 to %d, not %d", ur_walk_length(walk),
                   position);
  const uint64_t hash = ur_trainer_hash(walk->trainer);
  const int held = ur__net_hold(&walk->trainer->settings, walk->tape);
  ur_status status =
      hash == walk->hash && !held ? UR_OK : ur_tape_walk_to(walk->tape, 0); /* else it goes on */
  if (status == UR_OK) status = ur_tape_walk_to(walk->tape, position < graph ? position : graph);
  if (status != UR_OK) return status;
  walk->hash = hash;
  walk->position = position;
  walk->grad_norm =
      position > graph ? ur__grad_norm(ur_tape_param_grads(walk->tape), walk->trainer->net.size) : 0;
  walk->clip_scale =
      position > graph
          ? ur__clip_scale(walk->grad_norm, ur__training_values(&walk->trainer->settings)[UR__CLIP_NORM])
          : 1;
  return UR_OK;
}

ur_status ur_walk_update(ur_walk *walk, int param, const ur_update_line **lines, int *count) {
  const ur_trainer *trainer = walk->trainer;
  const ur__net *net = &trainer->net;
  if (param < 0 || param >= ur_params_count(net->params))
    return ur_fail(UR_E_ARGUMENT, "", "there is no parameter number %d", param);
  if (walk->position <= ur_tape_walk_length(walk->tape))
    return ur_fail(UR_E_STATE, "", "there is no update before the gradient has been clipped");
  const ur__rule rule = ur__rule_of(ur__training_values(&trainer->settings), trainer->step + 1);
  const ur_param_view view = ur_params_view(net->params, param);
  const size_t at = view.offset;
  const ur__slot slot = {ur_params_data(net->params) + at, net->first + at, net->second + at, view.size};
  const float *grads = ur_tape_param_grads(walk->tape);
  *count = ur__rule_lines(rule.kind, walk->lines);
  *lines = walk->lines;
  for (int i = 0; i < *count; i++) walk->lines[i].values = walk->values[i];
  ur__rule_explain(&rule, &slot, grads + at, walk->clip_scale, walk->values);
  return UR_OK;
}

ur_status ur_walk_derivatives(ur_walk *walk, double *backward, double *differences, ur_gradcheck *out) {
  ur_tape *exact;
  ur_status status = ur__reading_exact(walk->trainer, &walk->reading, &exact);
  if (status == UR_OK) {
    ur__net_hold(&walk->trainer->settings, exact);
    status = ur_tape_derivatives(exact, backward, differences, out);
  }
  ur_tape_free(exact);
  return status;
}

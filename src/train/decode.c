#include "decode.h"

#include <string.h>

#include "alloc.h"
#include "kernels.h"
#include "looks.h"

/* Every input of the decoder takes up what the encoder has at its path, and the lengths of the sources. */
static void hand_over(ur__net *net) {
  for (int id = 0; id < ur_tape_count(net->next); id++) {
    const ur_node_view to = ur_tape_node(net->next, id);
    const int from = to.role == UR_INPUT ? ur_tape_find(net->encode, to.path) : UR_NODE_NONE;
    size_t cells = 1;
    if (from == UR_NODE_NONE) continue;
    for (int d = 0; d < to.rank; d++) cells *= (size_t)to.shape[d];
    memcpy(ur_tape_value(net->next, id), ur_tape_value(net->encode, from), cells * 4); /* floats or int32 */
  }
}

ur_status ur__net_encode(ur__net *net, const ur__batch *batch) {
  ur_status status = ur__net_feed(net->encode, batch);
  if (status == UR_OK) status = ur_tape_forward(net->encode);
  if (status == UR_OK) status = ur_tape_resize(net->next, batch->count, 1);
  if (status == UR_OK) status = ur_tape_resize_source(net->next, batch->source);
  if (status == UR_OK) hand_over(net);
  net->seen = 0;
  return status;
}

/* Room for one token more in what is kept, and where that token stands. */
static ur_status grow(ur__net *net, int count) {
  const int place = ur_tape_find(net->next, "place");
  int32_t *places = ur_tape_value(net->next, place);
  for (int b = 0; b < count && place != UR_NODE_NONE; b++) places[b] = net->seen;
  return ur_tape_resize(net->next, count, ++net->seen);
}

ur_status ur__net_decode(ur__net *net, const int32_t *tokens, int count) {
  memcpy(ur_tape_value(net->next, ur_tape_find(net->next, "x")), tokens, (size_t)count * sizeof *tokens);
  const ur_status status = net->grows > 0 ? grow(net, count) : UR_OK;
  return status == UR_OK ? ur_tape_forward(net->next) : status;
}

/* The likeliest token; <start> never follows anything. */
static int32_t likeliest(const float *p, int V) { return ur__net_largest(p + 1, V - 1) + 1; }

ur_status ur__net_write(ur__net *net, const ur__batch *batch, int steps, int32_t *written) {
  const int B = batch->count, V = net->io.vocabulary;
  ur_status status = ur__net_encode(net, batch);
  for (int b = 0; b < B; b++) written[b] = UR__START;
  for (int t = 0; t < steps && status == UR_OK; t++) {
    const int32_t *before = t > 0 ? written + (t - 1) * B : written;
    status = ur__net_decode(net, before, B);
    if (status != UR_OK) break;
    const float *p = ur__net_probabilities(net);
    for (int b = 0; b < B; b++) {
      const int ended = t > 0 && before[b] == UR__END;
      written[t * B + b] = ended ? UR__END : likeliest(p + b * V, V);
    }
    ur_tape_carry_on(net->next);
  }
  return status;
}

ur_status ur__net_free_run(ur__net *net, double share, ur_rng *stream, ur__batch *batch) {
  const int B = batch->count, V = net->io.vocabulary;
  int32_t *x = ur__batch_tokens(batch, "x");
  ur_status status = ur__net_encode(net, batch);
  for (int t = 0; t + 1 < batch->length && status == UR_OK; t++) {
    status = ur__net_decode(net, x + t * B, B);
    if (status != UR_OK) break;
    const float *p = ur__net_probabilities(net);
    for (int b = 0; b < B; b++)
      if (ur_rng_uniform(stream) < share) x[(t + 1) * B + b] = likeliest(p + b * V, V);
    ur_tape_carry_on(net->next);
  }
  return status;
}

/* ---- beam search ---- */
static ur_status no_memory(void) {
  return ur_fail(UR_E_MEMORY, "", "there is no memory left for the tree of a search");
}

static int add(ur_beam *beam, ur_beam_node node) {
  if (beam->count == beam->capacity) {
    const int capacity = beam->capacity ? 2 * beam->capacity : 64;
    ur_beam_node *grown = ur__realloc(beam->nodes, (size_t)capacity * sizeof *grown);
    if (grown == NULL) return 0;
    beam->nodes = grown;
    beam->capacity = capacity;
  }
  beam->nodes[beam->count++] = node;
  return 1;
}

/* Room for the looks of one step more, of `rows` sequences. */
static int room_for_looks(ur_beam *beam, int rows) {
  const size_t each = (size_t)beam->blocks * (size_t)beam->heads * (size_t)beam->source;
  if (beam->look_count + rows <= beam->look_capacity) return 1;
  const int capacity = 2 * beam->look_capacity + rows;
  float *grown = ur__realloc(beam->looks, (size_t)capacity * each * sizeof *grown);
  if (grown == NULL) return 0;
  beam->looks = grown;
  beam->look_capacity = capacity;
  return 1;
}

/* What each of `rows` sequences looked at in the step that was just taken. */
static int add_looks(const ur__net *net, ur_beam *beam, int rows) {
  const size_t each = (size_t)beam->blocks * (size_t)beam->heads * (size_t)beam->source;
  if (each == 0) return 1;
  if (!room_for_looks(beam, rows)) return 0;
  for (int r = 0; r < rows; r++) ur__net_look(net, r, beam->looks + each * (size_t)beam->look_count++);
  return 1;
}

/* length^normalisation by repeated multiplication and the core's own exp and log: the same bits everywhere.
 */
static double score_of(double total, int step, double normalisation) {
  float power = (float)step;
  ur__f32_log(&power, &power, 1);
  power *= (float)normalisation;
  ur__f32_exp(&power, &power, 1);
  return total / power;
}

/* The `width` likeliest continuations of a row, likeliest first, at most as many as there are tokens. */
static int expand(ur_beam *beam, const float *p, int V, int parent, int step, int look, int width,
                  double normalisation) {
  const double before = parent >= 0 ? beam->nodes[parent].total : 0;
  const int first = beam->count;
  for (int k = 0; k < width && k < V - 1; k++) {
    int best = -1;
    for (int token = 1; token < V; token++) {
      int taken = 0;
      for (int i = first; i < beam->count; i++) taken |= beam->nodes[i].token == token;
      if (!taken && (best < 0 || p[token] > p[best])) best = token;
    }
    float log_p = p[best];
    ur__f32_log(&log_p, &log_p, 1);
    const double total = before + (double)log_p;
    const ur_beam_node node = {
        parent, best, step, (double)log_p, total, score_of(total, step, normalisation), UR_BEAM_CUT, look};
    if (!add(beam, node)) return 0;
  }
  return 1;
}

/* Of every sequence that was gone on from, after the step: where it looked, and its continuations. */
static int go_on(ur__net *net, const int *live, int count, int step, int width, double normalisation,
                 ur_beam *beam) {
  const int V = net->io.vocabulary, first = beam->look_count;
  const float *p = ur__net_probabilities(net);
  if (!add_looks(net, beam, count)) return 0;
  for (int r = 0; r < count; r++) {
    const int look = beam->blocks > 0 ? first + r : -1;
    if (!expand(beam, p + r * V, V, live[r], step, look, width, normalisation)) return 0;
  }
  return 1;
}

/* Keeps the `width` likeliest of the nodes from `first` on; those that go on are put into live[], the count.
 */
static int keep(ur_beam *beam, int first, int width, int *live) {
  int count = 0;
  for (int k = 0; k < width; k++) {
    int best = -1;
    for (int i = first; i < beam->count; i++) {
      const ur_beam_node *node = &beam->nodes[i];
      if (node->fate == UR_BEAM_CUT && (best < 0 || node->total > beam->nodes[best].total)) best = i;
    }
    if (best < 0) break;
    beam->nodes[best].fate = beam->nodes[best].token == UR__END ? UR_BEAM_ENDED : UR_BEAM_KEPT;
    if (beam->nodes[best].fate == UR_BEAM_KEPT) live[count++] = best;
  }
  return count;
}

static void choose(ur_beam *beam, const int *live, int count) {
  beam->best = -1;
  for (int i = 0; i < count; i++) beam->nodes[live[i]].fate = UR_BEAM_LEFT;
  for (int fate = UR_BEAM_ENDED; fate <= UR_BEAM_LEFT && beam->best < 0; fate++) {
    for (int i = 0; i < beam->count; i++) {
      const ur_beam_node *node = &beam->nodes[i];
      if ((int)node->fate == fate && (beam->best < 0 || node->score > beam->nodes[beam->best].score))
        beam->best = i;
    }
  }
}

/* Batch of `width` copies of the source: row r of a step goes on from live[r]. */
static ur_status search(ur__net *net, int width, double normalisation, int steps, ur_beam *out) {
  int live[UR_BEAM_MAX], rows[UR_BEAM_MAX], count = 1;
  int32_t tokens[UR_BEAM_MAX];
  live[0] = -1;
  for (int r = 0; r < width; r++) tokens[r] = UR__START;
  for (int step = 1; step <= steps && count > 0; step++) {
    const ur_status status = ur__net_decode(net, tokens, width);
    const int first = out->count;
    if (status != UR_OK) return status;
    if (!go_on(net, live, count, step, width, normalisation, out)) return no_memory();
    int from[UR_BEAM_MAX];
    memcpy(from, live, sizeof from);
    const int before = count;
    count = keep(out, first, width, live);
    for (int r = 0; r < width; r++) {
      rows[r] = 0;
      tokens[r] = UR__END;
      if (r >= count) continue;
      const ur_beam_node *node = &out->nodes[live[r]];
      for (int k = 0; k < before; k++)
        if (from[k] == node->parent) rows[r] = k;
      tokens[r] = node->token;
    }
    ur_tape_carry_rows(net->next, rows);
  }
  choose(out, live, count);
  return UR_OK;
}

/* The first source of a batch to all sequences of another. */
static void copy_source(const ur__batch *batch, ur__batch *copies) {
  const int row = ur__array_find(batch->arrays, "source");
  const size_t each = batch->arrays[row].real ? 4 * (size_t)batch->arrays[row].width : 4;
  const char *from = batch->cells[row];
  char *to = copies->cells[row];
  for (int s = 0; s < batch->source; s++, from += (size_t)batch->count * each)
    for (int r = 0; r < copies->count; r++, to += each) memcpy(to, from, each);
}

ur_status ur__net_beam(ur__net *net, const ur__batch *batch, int width, double normalisation, int steps,
                       ur_beam *out) {
  ur__batch copies;
  const ur__looks looks = ur__net_looks(net);
  *out = (ur_beam){.source = batch->source, .blocks = looks.blocks, .heads = looks.heads};
  out->read = ur__alloc_array((size_t)batch->source, sizeof *out->read);
  ur_status status =
      out->read != NULL ? ur__batch_room(batch->arrays, width, 1, batch->source, &copies) : no_memory();
  if (status != UR_OK) {
    ur_beam_free(out);
    return status;
  }
  ur__batch_source(batch, out->read);
  copy_source(batch, &copies);
  ur__batch_derive(&copies);
  status = ur__net_encode(net, &copies);
  ur__batch_free(&copies);
  if (status == UR_OK) status = search(net, width, normalisation, steps, out);
  if (status != UR_OK) ur_beam_free(out);
  return status;
}

void ur_beam_free(ur_beam *beam) {
  ur__free(beam->nodes);
  ur__free(beam->read);
  ur__free(beam->looks);
  *beam = (ur_beam){0};
}

#include "unroll/reader.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "hash.h"
#include "unroll/layers.h"

#define HIDDEN_MAX 256

struct ur_reader {
  ur_reader_options options;
  ur_params *params;
  ur_tape *tape;
  int *states; /* [layers + 1, length], the words first */
};

const char *ur_reader_net_name(ur_reader_net net) {
  return net == UR_READER_RECURRENT ? "recurrent" : "attention";
}

/* ---- words ---- */
/* The next word of *text, which is moved behind it; its size in bytes, 0 where there is none. */
static size_t next_word(const char **text, const char **word) {
  *word = *text + strspn(*text, " ");
  const size_t size = strcspn(*word, " ");
  *text = *word + size;
  return size;
}

static int count_words(const char *text) {
  const char *word;
  int count = 0;
  while (next_word(&text, &word) > 0) count++;
  return count;
}

/* N(0, 1) in every cell, by the word or, without a text, by its place. */
static void fill_words(ur_reader *reader) {
  const char *text = reader->options.text, *word;
  for (int t = 0; t < reader->options.length; t++) {
    const size_t size = text != NULL ? next_word(&text, &word) : 0;
    const uint64_t index = size > 0 ? ur__fnv1a(UR__FNV_START, word, size) : (uint64_t)t;
    ur_rng stream = ur_rng_stream(reader->options.seed, "words", index);
    float *e = ur_tape_value(reader->tape, reader->states[t]);
    for (int i = 0; i < reader->options.hidden; i++) e[i] = ur_rng_normal(&stream);
  }
}

/* ---- the graph ---- */
static void push(ur_tape *tape, int word) {
  char scope[16];
  snprintf(scope, sizeof scope, "%d", word + 1);
  ur_scope_push(tape, scope);
  ur_scope_source(tape, word + 1);
}

static void pop(ur_tape *tape) {
  ur_scope_pop(tape);
  ur_scope_time(tape, 0);
}

typedef struct layer {
  ur_rnn_layer recurrent;
  int Q, K, V;
} layer;

static layer declare(const ur_reader_options *o, const char *name, ur_params *params) {
  static const char *const names[] = {"Q", "K", "V"};
  layer made = {0};
  if (o->net == UR_READER_RECURRENT) {
    made.recurrent = ur_rnn_layer_params(params, name, o->hidden, o->hidden, UR_ACT_TANH);
    return made;
  }
  int *const of[] = {&made.Q, &made.K, &made.V};
  for (int i = 0; i < 3; i++) {
    char full[32];
    snprintf(full, sizeof full, "%s.%s", name, names[i]);
    *of[i] = ur_params_add(params, full, "AH", (int[]){o->hidden, o->hidden}, UR_INIT_UNIFORM,
                           1 / sqrt((double)o->hidden));
  }
  return made;
}

static void build_recurrent(ur_tape *tape, const layer *l, int T, int H, const int *below, int *states) {
  push(tape, -1);
  int h = ur_input(tape, "h", "BH", (int[]){1, H}); /* 0, as all memory is at the start */
  pop(tape);
  for (int t = 0; t < T; t++) {
    push(tape, t);
    h = states[t] = ur_rnn_layer_step(tape, &l->recurrent, below[t], h);
    pop(tape);
  }
}

/* Room for 3 T ids at `own`. */
static void build_attention(ur_tape *tape, const layer *l, int T, int H, const int *below, int *states,
                            int *own) {
  int *q = own, *k = own + T, *v = own + 2 * T;
  for (int t = 0; t < T; t++) {
    push(tape, t);
    q[t] = ur_matmul(tape, "q", below[t], ur_param(tape, l->Q));
    k[t] = ur_matmul(tape, "k", below[t], ur_param(tape, l->K));
    v[t] = ur_matmul(tape, "v", below[t], ur_param(tape, l->V));
    pop(tape);
  }
  const int keys = ur_stack(tape, "keys", k, T, 'S'), values = ur_stack(tape, "values", v, T, 'S');
  for (int t = 0; t < T; t++) {
    push(tape, t);
    const int scores = ur_scale(tape, "scores", ur_scores(tape, "products", q[t], keys), H);
    states[t] = ur_weighted_sum(tape, "o", ur_softmax(tape, "alpha", scores), values);
    pop(tape);
  }
}

static ur_status build(ur_reader *reader) {
  const ur_reader_options *o = &reader->options;
  const int T = o->length, H = o->hidden;
  layer layers[UR_READER_LAYERS];
  char name[24];
  ur_rng stream = ur_rng_stream(o->seed, "init", 0);
  int *own = ur__alloc_array((size_t)T, 3 * sizeof *own);
  if (own == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for a net of %d words", T);
  ur_status status = ur_params_create(&reader->params);
  for (int l = 0; status == UR_OK && l < o->layers; l++) {
    snprintf(name, sizeof name, "layers.%d", l + 1);
    layers[l] = declare(o, name, reader->params);
  }
  if (status == UR_OK) status = ur_params_finish(reader->params, &stream);
  const ur_tape_options size = {.batch = 1, .length = 1, .source = T};
  if (status == UR_OK) status = ur_tape_create(&size, reader->params, &reader->tape);
  for (int t = 0; status == UR_OK && t < T; t++) {
    push(reader->tape, t);
    reader->states[t] = ur_input(reader->tape, "e", "BH", (int[]){1, H});
    pop(reader->tape);
  }
  for (int l = 0; status == UR_OK && l < o->layers; l++) {
    const int *below = reader->states + (size_t)l * (size_t)T;
    int *states = reader->states + (size_t)(l + 1) * (size_t)T;
    snprintf(name, sizeof name, "layers.%d", l + 1);
    ur_scope_push(reader->tape, name);
    if (o->net == UR_READER_RECURRENT)
      build_recurrent(reader->tape, &layers[l], T, H, below, states);
    else
      build_attention(reader->tape, &layers[l], T, H, below, states, own);
    ur_scope_pop(reader->tape);
  }
  ur__free(own);
  return status == UR_OK ? ur_tape_finish(reader->tape) : status;
}

/* ---- ---- */
static ur_status check(const ur_reader_options *o) {
  if (o->text != NULL && o->length == 0)
    return ur_fail(UR_E_TEXT, "", "the text has no words; write at least one");
  if (o->length < 1 || o->length > UR_READER_WORDS)
    return ur_fail(o->text != NULL ? UR_E_TEXT : UR_E_ARGUMENT, "",
                   "a net is made for 1 to %d words, not for %d", UR_READER_WORDS, o->length);
  if (o->net < 0 || o->net >= UR_READER_NETS)
    return ur_fail(UR_E_ARGUMENT, "", "there is no net of number %d", (int)o->net);
  if (o->hidden < 1 || o->hidden > HIDDEN_MAX)
    return ur_fail(UR_E_ARGUMENT, "", "a state has 1 to %d numbers, not %d", HIDDEN_MAX, o->hidden);
  if (o->layers < 1 || o->layers > UR_READER_LAYERS)
    return ur_fail(UR_E_ARGUMENT, "", "a net has 1 to %d layers, not %d", UR_READER_LAYERS, o->layers);
  return UR_OK;
}

ur_status ur_reader_create(const ur_reader_options *options, ur_reader **out) {
  ur_reader_options o = *options;
  *out = NULL;
  if (o.text != NULL) o.length = count_words(o.text);
  ur_status status = check(&o);
  if (status != UR_OK) return status;
  ur_reader *reader = ur__alloc(sizeof *reader);
  if (reader != NULL) {
    reader->options = o;
    reader->states = ur__alloc_array((size_t)o.length * (size_t)(o.layers + 1), sizeof *reader->states);
  }
  if (reader == NULL || reader->states == NULL)
    status = ur_fail(UR_E_MEMORY, "", "there is no memory left for a net of %d words", o.length);
  if (status == UR_OK) status = build(reader);
  if (status == UR_OK) {
    fill_words(reader);
    reader->options.text = NULL; /* the caller's */
    status = ur_tape_forward(reader->tape);
  }
  if (status != UR_OK) {
    ur_reader_free(reader);
    return status;
  }
  *out = reader;
  return UR_OK;
}

void ur_reader_free(ur_reader *reader) {
  if (reader == NULL) return;
  ur_tape_free(reader->tape);
  ur_params_free(reader->params);
  ur__free(reader->states);
  ur__free(reader);
}

ur_tape *ur_reader_tape(ur_reader *reader) { return reader->tape; }
int ur_reader_length(const ur_reader *reader) { return reader->options.length; }

int ur_reader_state(const ur_reader *reader, int layer, int word) {
  const ur_reader_options *o = &reader->options;
  if (layer < 0 || layer > o->layers || word < 1 || word > o->length) return UR_NODE_NONE;
  return reader->states[(size_t)layer * (size_t)o->length + (size_t)word - 1];
}

ur_status ur_reader_run(ur_reader *reader) { return ur_tape_forward(reader->tape); }

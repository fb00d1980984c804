/* Token by token: what comes next, and whole sequences. */
#include "generate.h"

#include <string.h>

#include "decode.h"
#include "pairs.h"
#include "sampling.h"
#include "trainer.h"
#include "vocabulary.h"

static ur_status begin(ur_trainer *trainer) {
  trainer->prefix_length = 0;
  if (trainer->model->counting) return UR_OK;
  ur__net_begin(&trainer->net);
  return ur__net_push(&trainer->net, UR__START);
}

static ur_status push(ur_trainer *trainer, int32_t token) {
  if (trainer->net.encode != NULL) {
    const ur_status status = ur__net_decode(&trainer->net, &token, 1);
    if (status == UR_OK) ur_tape_carry_on(trainer->net.next);
    return status;
  }
  if (!trainer->model->counting) return ur__net_push(&trainer->net, token);
  trainer->prefix[trainer->prefix_length++] = token;
  return UR_OK;
}

void ur_trainer_keep(ur_trainer *trainer, int keep) {
  trainer->net.keeps = keep && ur__model_keeps(&trainer->settings);
}

/* Into trainer->given. */
static void look(ur_trainer *trainer) {
  const int V = trainer->corpus.vocabulary_size;
  if (!trainer->model->counting) {
    memcpy(trainer->given, ur__net_probabilities(&trainer->net), (size_t)V * sizeof *trainer->given);
    return;
  }
  ur__ngram_next(&trainer->ngram, trainer->prefix, trainer->prefix_length, trainer->counted);
  for (int i = 0; i < V; i++) trainer->given[i] = (float)trainer->counted[i];
}

/* From trainer->given into trainer->drawn. <start> never follows anything, so it is never drawn. */
static ur_status choose(ur_trainer *trainer, const ur_sampling *how) {
  const int V = trainer->corpus.vocabulary_size;
  memcpy(trainer->drawn, trainer->given, (size_t)V * sizeof *trainer->drawn);
  trainer->drawn[UR__START] = 0;
  return ur_apply_sampling(how, trainer->drawn, trainer->drawn, V);
}

static ur_status read_prefix(ur_trainer *trainer, const char *text, int *length) {
  *length = 0;
  int32_t tokens[UR__SEQUENCE_MAX];
  ur_status status = ur__corpus_encode(&trainer->corpus, text, tokens, UR__SEQUENCE_MAX, length);
  if (status == UR_OK) status = begin(trainer);
  for (int i = 0; i < *length && status == UR_OK; i++) status = push(trainer, tokens[i]);
  return status;
}

/* ---- written for a source ---- */

/* known: whether the task knows what is right for it; where not, the target of the batch is empty. */
static ur_status read_source(ur_trainer *trainer, const char *text, ur__batch *batch, int *known) {
  *batch = trainer->net.room;
  const ur_status status = ur__example_read(trainer->task, ur__task_values(&trainer->settings),
                                            &trainer->corpus, text, trainer->corpus.longest, batch);
  *known = batch->length > 0;
  if (status == UR_OK && !*known) ur__pair_target(NULL, 0, batch);
  return status;
}

/* The source read, and the first token to be chosen. */
static ur_status begin_writing(ur_trainer *trainer, const char *source) {
  ur__batch batch;
  int known;
  ur_status status = read_source(trainer, source, &batch, &known);
  if (status == UR_OK) status = ur__net_encode(&trainer->net, &batch);
  return status == UR_OK ? push(trainer, UR__START) : status;
}

ur_status ur_trainer_beam(ur_trainer *trainer, const char *source, int width, double normalisation,
                          ur_beam *out) {
  ur__batch batch;
  int known;
  *out = (ur_beam){0};
  if (!ur__reads_source(trainer->model))
    return ur_fail(UR_E_STATE, "", "%s writes nothing for a source", trainer->model->name);
  if (width < 1 || width > UR_BEAM_MAX)
    return ur_fail(UR_E_ARGUMENT, "", "a beam is 1 to %d wide, not %d", UR_BEAM_MAX, width);
  if (!(normalisation >= 0 && normalisation <= 2))
    return ur_fail(UR_E_ARGUMENT, "", "the power of the length is from 0 to 2, not %g", normalisation);
  const ur_status status = read_source(trainer, source, &batch, &known);
  return status == UR_OK
             ? ur__net_beam(&trainer->net, &batch, width, normalisation, trainer->corpus.longest + 1, out)
             : status;
}

int ur_beam_path(const ur_beam *beam, int node, int32_t tokens[UR_WRITTEN_MAX]) {
  const int count = node >= 0 ? beam->nodes[node].step : 0;
  for (int t = count; t-- > 0; node = beam->nodes[node].parent) tokens[t] = beam->nodes[node].token;
  return count;
}

void ur_trainer_text(const ur_trainer *trainer, const int32_t *tokens, int count, ur_buffer *out) {
  ur__corpus_write(&trainer->corpus, tokens, count, 1, out);
}

void ur_beam_text(const ur_trainer *trainer, const ur_beam *beam, int node, ur_buffer *out) {
  int32_t tokens[UR_WRITTEN_MAX];
  ur_trainer_text(trainer, tokens, ur_beam_path(beam, node, tokens), out);
}

ur_status ur_trainer_guess(ur_trainer *trainer, const char *source, int32_t tokens[UR_WRITTEN_MAX],
                           int *count) {
  ur_beam beam;
  *count = 0;
  const ur_status status = ur_trainer_beam(trainer, source, 1, 0, &beam);
  if (status != UR_OK) return status;
  *count = ur_beam_path(&beam, beam.best, tokens);
  ur_beam_free(&beam);
  return UR_OK;
}

ur_status ur_trainer_answer(ur_trainer *trainer, const char *source, int32_t tokens[UR_WRITTEN_MAX],
                            int *count) {
  ur__batch batch;
  int known;
  *count = 0;
  if (!ur__reads_source(trainer->model))
    return ur_fail(UR_E_STATE, "", "%s writes nothing for a source", trainer->model->name);
  const ur_status status = read_source(trainer, source, &batch, &known);
  if (status != UR_OK || !known) return status;
  *count = batch.length;
  memcpy(tokens, ur__batch_tokens(&batch, "y"), (size_t)batch.length * sizeof *tokens);
  return UR_OK;
}

/* At each step numbers, and no tokens. */
static int reads_numbers(const ur_trainer *trainer) {
  return trainer->net.io.features > 0 && !ur__answers_once(trainer->model);
}

static ur_status says_numbers(const ur_trainer *trainer) {
  return ur_fail(UR_E_STATE, "", "%s says numbers, which have no distribution; roll it out (trace --rolled)",
                 trainer->model->name);
}

/* A model that answers, into trainer->given. */
static ur_status answer(ur_trainer *trainer, const char *text) {
  ur__batch batch = trainer->net.room;
  if (trainer->net.io.numbers > 0)
    return ur_fail(UR_E_STATE, "", "the answer of this model is a number; it has no distribution");
  ur_status status = ur__example_read(trainer->task, ur__task_values(&trainer->settings), &trainer->corpus,
                                      text, trainer->corpus.longest, &batch);
  if (status == UR_OK) status = ur__net_answer(&trainer->net, &batch);
  if (status == UR_OK) look(trainer);
  return status;
}

ur_status ur_trainer_next(ur_trainer *trainer, const ur_sampling *how, const char *text, float *before,
                          float *after) {
  const size_t size = (size_t)trainer->corpus.vocabulary_size * sizeof(float);
  int length;
  if (reads_numbers(trainer)) return says_numbers(trainer);
  ur_status status = ur__answers_once(trainer->model) ? answer(trainer, text)
                     : trainer->net.encode != NULL    ? begin_writing(trainer, text)
                                                      : read_prefix(trainer, text, &length);
  if (status != UR_OK) return status;
  if (!ur__answers_once(trainer->model)) look(trainer);
  status = choose(trainer, how);
  if (status != UR_OK) return status;
  memcpy(before, trainer->given, size);
  memcpy(after, trainer->drawn, size);
  return UR_OK;
}

ur_status ur__trainer_write(ur_trainer *trainer, const ur_sampling *how, uint64_t index, const char *prefix,
                            const ur__watcher *watcher, ur__writing *out) {
  ur_rng stream = ur_rng_stream(trainer->settings.seed, "sampling", index);
  out->read = out->count = 0;
  if (ur__answers_once(trainer->model))
    return ur_fail(UR_E_STATE, "", "%s gives an answer; it makes no sequences up", trainer->model->name);
  if (reads_numbers(trainer)) return says_numbers(trainer);
  ur_status status =
      trainer->net.encode != NULL ? begin_writing(trainer, prefix) : read_prefix(trainer, prefix, &out->read);
  /* One that keeps what it has of each token has room for so many. */
  const int room = trainer->net.grows > 0 ? trainer->net.grows : UR__SEQUENCE_MAX;
  while (status == UR_OK && out->read + out->count < UR__SEQUENCE_MAX && out->count < room) {
    look(trainer);
    status = choose(trainer, how);
    if (status != UR_OK) return status;
    const double u = ur_rng_uniform(&stream);
    const int32_t token = ur__draw(trainer->drawn, trainer->corpus.vocabulary_size, u);
    if (watcher != NULL) watcher->seen(watcher->state, trainer, out->count, u, token);
    out->drawn[out->count++] = token;
    if (token == UR__END) break;
    if (out->count < room) status = push(trainer, token);
  }
  return status;
}

ur_status ur_trainer_sample(ur_trainer *trainer, const ur_sampling *how, uint64_t index, const char *prefix,
                            ur_buffer *out) {
  ur__writing writing;
  const ur_status status = ur__trainer_write(trainer, how, index, prefix, NULL, &writing);
  if (status != UR_OK) return status;
  const int ended = writing.count > 0 && writing.drawn[writing.count - 1] == UR__END;
  if (trainer->net.encode == NULL) ur_buffer_append(out, prefix, strlen(prefix));
  ur__corpus_write(&trainer->corpus, writing.drawn, writing.count - ended, 1, out);
  return out->failed ? ur_fail(UR_E_MEMORY, "", "there is no memory left to write the sample") : UR_OK;
}

int ur_trainer_vocabulary_size(const ur_trainer *trainer) { return trainer->corpus.vocabulary_size; }

const char *ur_trainer_token(const ur_trainer *trainer, int token) {
  return token >= 0 && token < trainer->corpus.vocabulary_size ? trainer->corpus.texts[token] : NULL;
}

ur_status ur_trainer_encode(const ur_trainer *trainer, const char *text, int32_t *tokens, int capacity,
                            int *count) {
  return ur__corpus_encode(&trainer->corpus, text, tokens, capacity, count);
}

#include "trainer.h"

#include <string.h>

#include "alloc.h"
#include "decode.h"
#include "hash.h"
#include "kernels.h"
#include "pairs.h"
#include "vocabulary.h"

static ur_status build_counts(ur_trainer *trainer) {
  const double *values = ur__model_values(&trainer->settings);
  const ur__batches *batches = &trainer->batches;
  size_t predicted = 0;
  for (uint32_t i = 0; i < batches->sides.train; i++) {
    const uint32_t *start = trainer->corpus.starts + batches->order[i];
    predicted += start[1] - start[0] + 1;
  }
  trainer->counted = ur__alloc_array((size_t)trainer->corpus.vocabulary_size, sizeof *trainer->counted);
  if (trainer->counted == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to count tokens");
  return ur__ngram_create((int)values[UR__NGRAM_ORDER], values[UR__NGRAM_SMOOTHING],
                          trainer->corpus.vocabulary_size, predicted, &trainer->ngram);
}

static ur_status build(ur_trainer *trainer) {
  const size_t V = (size_t)trainer->corpus.vocabulary_size;
  const double share = ur_setting_get(&trainer->settings, "validation_share");
  ur_status status = UR_OK;
  trainer->given = ur__alloc_array(V, 2 * sizeof *trainer->given);
  if (trainer->given == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for a training run");
  trainer->drawn = trainer->given + V;
  if (ur__makes_examples(trainer->task))
    status = ur__examples_open(trainer->task, ur__task_values(&trainer->settings), trainer->settings.seed,
                               &trainer->corpus, &trainer->examples);
  if (trainer->corpus.sequences > 0)
    status = ur__batches_create(&trainer->corpus, trainer->settings.seed, share, &trainer->batches);
  if (status != UR_OK) return status;
  if (trainer->model->counting) return build_counts(trainer);
  const double wanted = ur__training_values(&trainer->settings)[UR__BATCH_SIZE];
  const int points = trainer->examples.points.train;
  const uint32_t train = points > 0 ? (uint32_t)points : trainer->batches.sides.train;
  trainer->batch_size = train > 0 && train < wanted ? (int)train : (int)wanted;
  const ur_status made =
      ur__net_create(&trainer->settings, &trainer->corpus, trainer->batch_size, &trainer->net);
  if (made != UR_OK || !ur__reads_source(trainer->model)) return made;
  const ur__batch *room = &trainer->net.room;
  trainer->written = ur__alloc_array((size_t)room->length, (size_t)room->count * sizeof *trainer->written);
  return trainer->written != NULL ? UR_OK
                                  : ur_fail(UR_E_MEMORY, "", "there is no memory left for what is written");
}

ur_status ur__trainer_build(const ur_settings *settings, ur__corpus *corpus, ur_trainer **out) {
  ur_trainer *trainer = ur__alloc(sizeof *trainer);
  *out = NULL;
  if (trainer == NULL) {
    ur__corpus_free(corpus);
    return ur_fail(UR_E_MEMORY, "", "there is no memory left for a training run");
  }
  trainer->settings = *settings;
  trainer->model = ur__model_find(settings->model);
  trainer->task = ur__task_find(settings->task);
  trainer->corpus = *corpus;
  *corpus = (ur__corpus){0};
  const ur_status status = build(trainer);
  if (status != UR_OK) {
    ur_trainer_free(trainer);
    return status;
  }
  *out = trainer;
  return UR_OK;
}

ur_status ur__trainer_corpus(const ur__task *task, const double *values, ur_bytes text,
                             const ur__corpus *known, ur__corpus *out) {
  const ur__pairing how = ur__task_pairing(task, values);
  if (task->kind == UR__PAIRED) return ur__pairs_read(text, &how, known, out);
  if (task->kind == UR__TUNES) return ur__corpus_read_tunes(text, known, out);
  return task->kind == UR__PIECES ? ur__corpus_read_pieces(text, known, out)
                                  : ur__corpus_read(text, known, out);
}

ur_status ur_trainer_create(const ur_settings *settings, ur_bytes text, ur_trainer **out) {
  const ur__task *task = ur__task_find(settings->task);
  ur__corpus corpus;
  ur_status status;
  *out = NULL;
  const double *values = ur__task_values(settings);
  if (ur__makes_examples(task)) {
    status = ur__examples_corpus(task, values, text, &corpus);
    return status == UR_OK ? ur__trainer_build(settings, &corpus, out) : status;
  }
  if (text.data == NULL) text = ur__task_text(task, values);
  if (text.data == NULL)
    return ur_fail(UR_E_TEXT, "", "the task %s needs a text; give at least two lines", task->name);
  status = ur__trainer_corpus(task, values, text, NULL, &corpus);
  return status == UR_OK ? ur__trainer_build(settings, &corpus, out) : status;
}

void ur_trainer_free(ur_trainer *trainer) {
  if (trainer == NULL) return;
  ur__net_free(&trainer->net);
  ur__ngram_free(&trainer->ngram);
  ur__batches_free(&trainer->batches);
  ur__examples_free(&trainer->examples);
  ur__corpus_free(&trainer->corpus);
  ur_buffer_free(&trainer->changes);
  ur__free(trainer->counted);
  ur__free(trainer->written);
  ur__free(trainer->given);
  ur__free(trainer);
}

const ur_settings *ur_trainer_settings(const ur_trainer *trainer) { return &trainer->settings; }
const ur_tensors_read *ur_trainer_tensors(const ur_trainer *trainer) { return &trainer->tensors; }
uint64_t ur_trainer_updates(const ur_trainer *trainer) { return trainer->step; }

ur_sequences ur_trainer_sequences(const ur_trainer *trainer) {
  const ur__sides *sides = &trainer->batches.sides;
  const ur__points *points = &trainer->examples.points;
  if (ur__has_points(trainer->task))
    return (ur_sequences){.train = (uint32_t)points->train,
                          .validation = (uint32_t)points->unseen,
                          .train_distinct = (uint32_t)points->train,
                          .validation_distinct = (uint32_t)points->unseen};
  if (ur__makes_examples(trainer->task))
    return (ur_sequences){.validation = UR__UNSEEN, .validation_distinct = trainer->examples.distinct};
  ur_sequences out = {.train = sides->train,
                      .validation = sides->validation,
                      .train_distinct = sides->train_distinct,
                      .validation_distinct = sides->validation_distinct};
  uint8_t where[UR__VOCABULARY_MAX] = {0};
  if (out.train > 0) ur__batches_symbols(&trainer->batches, where);
  for (int token = 0; token < trainer->corpus.vocabulary_size; token++) {
    out.train_symbols += (where[token] & UR__IN_TRAINING) != 0;
    out.validation_symbols += (where[token] & UR__IN_UNSEEN) != 0;
  }
  return out;
}

int ur_trainer_unlearned(const ur_trainer *trainer, int32_t *tokens, int capacity) {
  uint8_t where[UR__VOCABULARY_MAX] = {0};
  int count = 0;
  if (trainer->batches.sides.train > 0) ur__batches_symbols(&trainer->batches, where);
  for (int token = 0; token < trainer->corpus.vocabulary_size; token++) {
    if (where[token] != UR__IN_UNSEEN) continue;
    if (count < capacity) tokens[count] = token;
    count++;
  }
  return count;
}

ur_params *ur_trainer_params(ur_trainer *trainer) { return trainer->net.params; }

ur_status ur_trainer_set(ur_trainer *trainer, const char *key, const char *value) {
  ur_settings changed = trainer->settings;
  char text[64] = "";
  const ur_status status = ur_settings_set(&changed, key, value);
  if (status != UR_OK) return status;
  int row = 0;
  while (row < changed.count && strcmp(changed.rows[row]->key, key) != 0) row++;
  if (row == changed.count || !changed.rows[row]->live)
    return ur_fail(UR_E_SETTING, key, "%s cannot be changed during a run; start a new one", key);
  ur_setting_text(&changed, row, text, sizeof text);
  ur__net graphs;
  const ur_status built = ur__trainer_graphs(trainer, &changed, &graphs);
  if (built != UR_OK) {
    const ur_error *why = ur_last_error();
    return ur_fail(built, key, "%s cannot become %s during this run: %s", key, text, why->message);
  }
  ur_buffer log = {0};
  ur_buffer_print(&log, "%s[%llu,\"%s\",\"%s\"]", trainer->changes.size > 0 ? "," : "",
                  (unsigned long long)trainer->step, key, text);
  if (!log.failed) ur_buffer_append(&trainer->changes, log.data, log.size);
  const int failed = log.failed || trainer->changes.failed;
  trainer->changes.failed = 0;
  ur_buffer_free(&log);
  if (failed) {
    ur__net_free(&graphs);
    return ur_fail(UR_E_MEMORY, key, "there is no memory left to note that %s has changed", key);
  }
  ur__trainer_change(trainer, &changed, &graphs);
  return UR_OK;
}

ur_status ur__trainer_graphs(const ur_trainer *trainer, const ur_settings *settings, ur__net *out) {
  const ur_settings *now = &trainer->settings;
  int same = 1;
  *out = (ur__net){0};
  for (int i = 0; i < now->count; i++) same &= !now->rows[i]->built || now->values[i] == settings->values[i];
  return same ? UR_OK : ur__net_graphs(&trainer->net, settings, &trainer->corpus, trainer->batch_size, out);
}

void ur__trainer_change(ur_trainer *trainer, const ur_settings *settings, ur__net *graphs) {
  if (graphs->next != NULL) ur__net_adopt(&trainer->net, graphs);
  trainer->settings = *settings;
  ur__trainer_hold(trainer);
}

void ur__trainer_hold(ur_trainer *trainer) {
  const ur__net *net = &trainer->net;
  ur_tape *const tapes[] = {net->train, net->evaluate, net->next, net->encode};
  for (int i = 0; i < 4; i++) ur__net_hold(&trainer->settings, tapes[i]);
}

static ur_status needs_text(const ur_trainer *trainer) {
  if (trainer->batches.sides.train > 0 || ur__makes_examples(trainer->task)) return UR_OK;
  return ur_fail(UR_E_STATE, "", "these weights came without their text; open them together with it");
}

static ur__picked sequences_of(const ur_trainer *trainer, int validation) {
  const ur__batches *batches = &trainer->batches;
  return validation ? (ur__picked){batches->order + batches->sides.train, (int)batches->sides.validation}
                    : (ur__picked){batches->order, (int)batches->sides.train};
}

/* Sum of the losses of these sequences' tokens under the counts. */
static void evaluate_counts(ur_trainer *trainer, ur__picked picked, double *sum, uint64_t *tokens) {
  float losses[UR__SEQUENCE_MAX + 1];
  *sum = 0;
  *tokens = 0;
  for (int i = 0; i < picked.count; i++) {
    const uint32_t *start = trainer->corpus.starts + picked.sequences[i];
    const int32_t *sequence = trainer->corpus.tokens + start[0];
    const int n = (int)(start[1] - start[0]), predicted = n + !trainer->corpus.pieces;
    for (int t = 0; t < predicted; t++) {
      ur__ngram_next(&trainer->ngram, sequence, t, trainer->counted);
      losses[t] = (float)trainer->counted[t < n ? sequence[t] : UR__END];
    }
    ur__f32_log(losses, losses, (size_t)predicted);
    for (int t = 0; t < predicted; t++) *sum -= losses[t];
    *tokens += (uint64_t)predicted;
  }
}

static void count(ur_trainer *trainer, ur_step_report *out) {
  const ur__picked all = sequences_of(trainer, 0);
  uint64_t tokens;
  double sum;
  if (trainer->step == 0) {
    for (int i = 0; i < all.count; i++) {
      const uint32_t *start = trainer->corpus.starts + all.sequences[i];
      ur__ngram_add(&trainer->ngram, trainer->corpus.tokens + start[0], (int)(start[1] - start[0]),
                    !trainer->corpus.pieces);
    }
    ur__ngram_finish(&trainer->ngram);
    trainer->step = 1;
  }
  evaluate_counts(trainer, all, &sum, &tokens);
  *out = (ur_step_report){.step = 1, .loss = sum / (double)tokens, .tokens = (uint32_t)tokens};
}

/* These sequences of the corpus, or pairs. */
static void fill(const ur_trainer *trainer, ur__picked picked, ur__batch *batch) {
  if (trainer->corpus.targets != NULL)
    ur__pairs_fill(&trainer->corpus, picked, batch);
  else
    ur__batch_fill(&trainer->corpus, picked, batch);
}

/* The next batch to train on. */
static ur__batch next_batch(ur_trainer *trainer) {
  ur__batch batch = trainer->net.room;
  batch.count = trainer->batch_size;
  if (ur__has_points(trainer->task))
    ur__points_next(&trainer->examples.points, trainer->step * (uint64_t)batch.count, &batch);
  else if (ur__makes_examples(trainer->task))
    ur__examples_fill(&trainer->examples, 0, trainer->step * (uint64_t)batch.count, &batch);
  else
    fill(trainer, ur__batches_next(&trainer->batches, batch.count), &batch);
  return batch;
}

/* With `free_running` the decoder is fed some of its own guesses; which of them, a stream of the update says.
 */
static ur_status run_freely(ur_trainer *trainer, ur__batch *batch) {
  const double share = ur_setting_get(&trainer->settings, "free_running");
  ur_rng stream = ur_rng_stream(trainer->settings.seed, "free", trainer->step);
  return share > 0 ? ur__net_free_run(&trainer->net, share, &stream, batch) : UR_OK;
}

/* With `random_start` its places are counted from anywhere, as a stream of the update says. */
static void count_from_anywhere(const ur_trainer *trainer, ur__batch *batch) {
  const double wished = ur_setting_get(&trainer->settings, "random_start");
  if (!(wished > 0)) return;
  const double room = ur_setting_get(&trainer->settings, "context_size") - batch->length;
  ur_rng stream = ur_rng_stream(trainer->settings.seed, "places", trainer->step);
  batch->first_place = (int)ur_rng_below(&stream, (uint32_t)(wished < room ? wished : room) + 1);
}

ur_status ur_trainer_step(ur_trainer *trainer, ur_step_report *out) {
  ur_status status = needs_text(trainer);
  if (status != UR_OK) return status;
  if (trainer->model->counting) {
    count(trainer, out);
    return UR_OK;
  }
  const double *training = ur__training_values(&trainer->settings);
  const ur__rule rule = ur__rule_of(training, trainer->step + 1);
  const uint64_t epoch = trainer->batches.epoch;
  const uint32_t cursor = trainer->batches.cursor;
  ur__batch batch = next_batch(trainer);
  ur__net_report report;
  count_from_anywhere(trainer, &batch);
  trainer->net.dropping = ur_rng_stream(trainer->settings.seed, "dropout", trainer->step);
  status = run_freely(trainer, &batch);
  if (status == UR_OK) status = ur__net_step(&trainer->net, &batch, &rule, training[UR__CLIP_NORM], &report);
  if (status != UR_OK) {
    const ur_error *why = ur_last_error();
    if (trainer->batches.sides.train > 0) ur__batches_seek(&trainer->batches, epoch, cursor);
    return ur_fail(status, why->node, "update %llu: %s", (unsigned long long)trainer->step + 1, why->message);
  }
  *out = (ur_step_report){.step = ++trainer->step,
                          .loss = report.loss,
                          .grad_norm = report.grad_norm,
                          .rate = ur__learning_rate(training, trainer->step),
                          .tokens = report.tokens};
  return UR_OK;
}

static ur__batch batch_of(ur_trainer *trainer, int validation, int total, int done) {
  ur__batch batch = trainer->net.room;
  const int left = total - done;
  batch.count = left < trainer->net.capacity ? left : trainer->net.capacity;
  if (ur__makes_examples(trainer->task))
    ur__examples_fill(&trainer->examples, validation != 0, (uint64_t)done, &batch);
  else
    fill(trainer, (ur__picked){sequences_of(trainer, validation).sequences + done, batch.count}, &batch);
  return batch;
}

typedef struct counted {
  double sum;
  uint64_t tokens, right;
  ur_group groups[UR_GROUPS];
  /* of classes, two by two: how many of them have none right, one and both */
  uint64_t answers;
  int before, of_pair[3];
} counted;

/* Where the answer is a token: those that are the likeliest. */
static void count_answers(ur_trainer *trainer, const ur__batch *batch, uint64_t *right) {
  const int V = trainer->net.io.vocabulary;
  const float *logits = ur__net_logits(&trainer->net);
  const int32_t *y = ur__batch_tokens(batch, "y");
  for (int b = 0; b < batch->count; b++) *right += ur__net_largest(logits + b * V, V) == y[b];
}

/* Where the answer is numbers from 0 to 1; after ur__net_evaluate of the same batch. */
static void count_classes(ur_trainer *trainer, const ur__batch *batch, counted *out) {
  ur_tape *tape = trainer->net.evaluate;
  const int C = trainer->net.io.numbers;
  const float *said = ur_tape_value(tape, ur_tape_find(tape, "y_hat")), *y = ur__batch_reals(batch, "y");
  for (int b = 0; b < batch->count; b++, said += C, y += C) {
    const int right =
        C > 1 ? ur__net_largest(said, C) == ur__net_largest(y, C) : (*said > 0.5f) == (*y > 0.5f);
    out->right += (uint64_t)right;
    if (out->answers++ % 2 == 0)
      out->before = right;
    else
      out->of_pair[out->before + right]++;
  }
}

/* Where a sequence is written for a source; after ur__net_evaluate of the same batch. */
static ur_status count_written(ur_trainer *trainer, const ur__batch *batch, ur_group groups[UR_GROUPS]) {
  const int V = trainer->net.io.vocabulary, B = batch->count;
  const float *logits = ur__net_logits(&trainer->net);
  const int32_t *y = ur__batch_tokens(batch, "y");
  const ur_status status = ur__net_write(&trainer->net, batch, batch->length, trainer->written);
  for (int b = 0; b < B && status == UR_OK; b++) {
    ur_group *group = &groups[batch->source_lengths[b]];
    uint64_t wrong = 0;
    for (int t = 0; t < batch->lengths[b]; t++) {
      const int at = t * B + b;
      group->tokens++;
      group->tokens_right += ur__net_largest(logits + at * V, V) == y[at];
      wrong += trainer->written[at] != y[at];
    }
    group->sequences++;
    group->right += wrong == 0;
  }
  return status;
}

/* Batch by batch: sums of the losses, of what is predicted and of what is right. */
static ur_status evaluate_net(ur_trainer *trainer, int validation, int total, counted *out) {
  const ur__right what = trainer->task->right;
  ur_status status = UR_OK;
  for (int done = 0; done < total && status == UR_OK; done += trainer->net.capacity) {
    const ur__batch batch = batch_of(trainer, validation, total, done);
    status = ur__net_evaluate(&trainer->net, &batch, &out->sum);
    if (status == UR_OK && what == UR__RIGHT_TOKEN) count_answers(trainer, &batch, &out->right);
    if (status == UR_OK && what == UR__RIGHT_CLASS) count_classes(trainer, &batch, out);
    if (status == UR_OK && what == UR__RIGHT_SEQUENCE) status = count_written(trainer, &batch, out->groups);
    out->tokens += batch.predicted;
  }
  for (int i = 0; i < UR_GROUPS; i++) out->right += out->groups[i].right;
  return status;
}

static int total_of(const ur_trainer *trainer, int validation) {
  const ur__sides *sides = &trainer->batches.sides;
  const ur__points *points = &trainer->examples.points;
  if (ur__has_points(trainer->task)) return validation && points->unseen > 0 ? points->unseen : points->train;
  if (ur__makes_examples(trainer->task)) return UR__UNSEEN;
  return (int)(validation ? sides->validation : sides->train);
}

ur_status ur_trainer_evaluate(ur_trainer *trainer, int validation, ur_evaluation *out) {
  ur_status status = needs_text(trainer);
  counted all = {0};
  if (status != UR_OK) return status;
  const int total = total_of(trainer, validation);
  if (trainer->model->counting)
    evaluate_counts(trainer, sequences_of(trainer, validation), &all.sum, &all.tokens);
  else
    status = evaluate_net(trainer, validation, total, &all);
  if (status == UR_OK)
    *out = (ur_evaluation){.loss = all.sum / (double)all.tokens,
                           .tokens = all.tokens,
                           .sequences = (uint64_t)total,
                           .right = trainer->task->right != UR__RIGHT_NEVER ? (double)all.right / total : -1};
  return status;
}

ur_status ur_trainer_pairs(ur_trainer *trainer, ur_pairs *out) {
  counted all = {0};
  if (!ur__has_sentiment(trainer->task))
    return ur_fail(UR_E_STATE, "", "the unseen of the task %s are no pairs", trainer->task->name);
  const ur_status status = evaluate_net(trainer, 1, total_of(trainer, 1), &all);
  *out = (ur_pairs){(int)all.answers / 2, all.of_pair[2], all.of_pair[1]};
  return status;
}

int ur_trainer_reads_source(const ur_trainer *trainer) { return ur__reads_source(trainer->model); }

ur_status ur_trainer_groups(ur_trainer *trainer, int validation, ur_group groups[UR_GROUPS]) {
  ur_status status = needs_text(trainer);
  counted all = {0};
  if (status == UR_OK && trainer->task->right != UR__RIGHT_SEQUENCE)
    status = ur_fail(UR_E_STATE, "", "nothing is written for a source in the task %s", trainer->task->name);
  if (status == UR_OK) status = evaluate_net(trainer, validation, total_of(trainer, validation), &all);
  if (status == UR_OK) memcpy(groups, all.groups, sizeof all.groups);
  return status;
}

ur_status ur_trainer_example(ur_trainer *trainer, uint64_t index, ur_buffer *out) {
  ur_status status = needs_text(trainer);
  if (status != UR_OK) return status;
  if (ur__has_pictures(trainer->task)) {
    const ur__picture picture = ur__examples_picture(&trainer->examples, index % UR__UNSEEN);
    ur__picture_print(&picture, out);
  } else if (ur__makes_examples(trainer->task)) {
    ur__batch batch = trainer->net.room;
    batch.count = 1;
    ur__examples_fill(&trainer->examples, 1, index % (uint64_t)total_of(trainer, 1), &batch);
    ur__example_print(trainer->task, &trainer->corpus, &batch, 0, out);
  } else {
    const ur__picked unseen = sequences_of(trainer, 1);
    const uint32_t *start = trainer->corpus.starts + unseen.sequences[index % (uint64_t)unseen.count];
    ur__corpus_write(&trainer->corpus, trainer->corpus.tokens + start[0], (int)(start[1] - start[0]), 1, out);
  }
  return out->failed ? ur_fail(UR_E_MEMORY, "", "there is no memory left to write the example") : UR_OK;
}

uint64_t ur_trainer_hash(const ur_trainer *trainer) {
  if (!trainer->model->counting)
    return ur__fnv1a(UR__FNV_START, ur_params_data(trainer->net.params),
                     ur_params_size(trainer->net.params) * sizeof(float));
  const ur__ngram *ngram = &trainer->ngram;
  const size_t entries = ngram->first[ngram->order];
  return ur__fnv1a(ur__fnv1a(UR__FNV_START, ngram->keys, entries * sizeof *ngram->keys), ngram->counts,
                   entries * sizeof *ngram->counts);
}

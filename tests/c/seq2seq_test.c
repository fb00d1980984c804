/* Encoder and decoder: both lowerings, what is masked, what a sequence is batched with, what is written for a
 * source and the search for it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "pair_net.h"
#include "unroll/layers.h"

static const char *const attentions[] = {"none", "dot", "scaled", "general", "additive"};
static const char *const cells[] = {"rnn", "lstm", "gru"};

static ur_settings small(const char *cell, const char *attention, const char *layers,
                         const char *directions) {
  const char *const more[] = {"cell",       cell,       "attention",      attention, "num_layers",  layers,
                              "directions", directions, "embedding_size", "5",       "hidden_size", "6",
                              "batch_size", "4",        "length",         "4",       "symbols",     "5"};
  ur_settings settings;
  CHECK(ur_settings_init(&settings, "seq2seq", "reverse") == UR_OK);
  for (size_t i = 0; i < sizeof more / sizeof *more; i += 2)
    CHECK(ur_settings_set(&settings, more[i], more[i + 1]) == UR_OK);
  return settings;
}

/* The unrolled graph gives the fused one's losses and weights bit for bit, its gradients to 1e-6 of their
 * norm; those of scores, which are differences of nearly equal numbers, to 2e-8 of that of the whole
 * gradient. */
static void compare_lowerings(const ur_settings *settings) {
  static const int mixed[] = {5, 2, 1}, level[] = {5, 5, 5}, targets[] = {4, 1, 3};
  const int both_directions = ur_setting_get(settings, "directions") == 2;
  ur__batch batch = made(both_directions ? level : mixed, targets, B, S, T);
  ur_params *params = params_of(settings);
  ur_tape *fused = tape_of(settings, params, UR__FUSED, &batch),
          *steps = tape_of(settings, params, UR__UNROLLED, &batch);
  CHECK(ur_tape_backward(fused) == UR_OK && ur_tape_backward(steps) == UR_OK);
  CHECK(memcmp(value(fused, "J"), value(steps, "J"), sizeof(float)) == 0);
  for (int t = 1; t <= T; t++) {
    char path[64];
    snprintf(path, sizeof path, "decoder.%d.J", t);
    CHECK(memcmp(value(steps, path), value(fused, "J_t") + (t - 1) * B, B * sizeof(float)) == 0);
    if (ur_setting_get(settings, "attention") == 0) continue;
    snprintf(path, sizeof path, "decoder.%d.alpha", t);
    CHECK(memcmp(value(steps, path), value(fused, "alpha") + (t - 1) * B * S, B * S * sizeof(float)) == 0);
  }
  const size_t all = ur_params_size(params);
  const double whole = distance(ur_tape_param_grads(fused), NULL, all);
  for (int i = 0; i < ur_params_count(params); i++) {
    const ur_param_view view = ur_params_view(params, i);
    const float *a = grad(fused, view.name), *b = grad(steps, view.name);
    const double norm = distance(a, NULL, view.size), off = distance(a, b, view.size);
    if (!CHECK(norm > 0 && off <= 1e-6 * norm + 2e-8 * whole))
      printf("       %s: %g of %g, %g in all\n", view.name, off, norm, whole);
  }
  ur_tape_free(fused);
  ur_tape_free(steps);
  ur_params_free(params);
  ur__batch_free(&batch);
}

static void test_lowerings(void) {
  static const char *const layers[] = {"1", "2"};
  for (int c = 0; c < 3; c++)
    for (int a = 0; a < 5; a++)
      for (int l = 0; l < 2; l++)
        for (int d = 0; d < 2; d++) {
          const ur_settings settings = small(cells[c], attentions[a], layers[l], layers[d]);
          compare_lowerings(&settings);
        }
}

/* Losses, alignment and gradients of one sequence, alone and among others of any length: the same bits. What
 * the others get from it, and what stands beyond its end, is exactly 0. */
static void compare_batches(const ur_settings *settings, int source, int target) {
  const int sources[] = {5, source, 1}, targets[] = {2, target, 4};
  ur__batch alone = made(&source, &target, 1, source, target), among = made(sources, targets, B, S, T);
  ur_params *params = params_of(settings);
  ur_tape *one = tape_of(settings, params, UR__FUSED, &alone),
          *all = tape_of(settings, params, UR__FUSED, &among);
  const int attends = ur_setting_get(settings, "attention") > 0;
  for (int t = 0; t < target; t++) {
    CHECK(value(one, "J_t")[t] == value(all, "J_t")[t * B + 1]);
    for (int s = 0; s < S && attends; s++)
      CHECK(value(all, "alpha")[(t * B + 1) * S + s] ==
            (s < source ? value(one, "alpha")[t * source + s] : 0));
    CHECK(ur_tape_backward_from(one, ur_tape_find(one, "J_t"), (size_t)t) == UR_OK);
    CHECK(ur_tape_backward_from(all, ur_tape_find(all, "J_t"), (size_t)(t * B + 1)) == UR_OK);
    const float *de = grad(one, "e_source"), *de_all = grad(all, "e_source");
    double sum = 0;
    for (int s = 0; s < S; s++)
      for (int b = 0; b < B; b++)
        for (int k = 0; k < 5; k++) {
          const float here = de_all[(s * B + b) * 5 + k];
          CHECK(here == (b == 1 && s < source ? de[s * 5 + k] : 0));
          sum += fabs((double)here);
        }
    CHECK(sum > 0);
  }
  ur_tape_free(one);
  ur_tape_free(all);
  ur_params_free(params);
  ur__batch_free(&alone);
  ur__batch_free(&among);
}

static void test_batches(void) {
  static const char *const layers[] = {"1", "2"};
  for (int c = 0; c < 3; c++)
    for (int a = 0; a < 5; a++)
      for (int d = 0; d < 2; d++)
        for (int source = 1; source <= 4; source += 3) {
          const ur_settings settings = small(cells[c], attentions[a], layers[(c + a) % 2], layers[d]);
          compare_batches(&settings, source, 3);
        }
}

/* One token to look at: all of the weight, exactly, and nothing goes back to its score. */
static void test_one_token(void) {
  static const int one = 1, targets = 2;
  for (int a = 1; a < 5; a++) {
    const ur_settings settings = small("gru", attentions[a], "1", "1");
    ur__batch batch = made(&one, &targets, 1, 1, 2);
    ur_params *params = params_of(&settings);
    ur_tape *tape = tape_of(&settings, params, UR__UNROLLED, &batch);
    CHECK(ur_tape_backward(tape) == UR_OK);
    CHECK(value(tape, "decoder.1.alpha")[0] == 1 && value(tape, "decoder.2.alpha")[0] == 1);
    CHECK(grad(tape, "decoder.1.scores")[0] == 0 && grad(tape, "decoder.2.scores")[0] == 0);
    CHECK(memcmp(value(tape, "decoder.1.context"), value(tape, "encoder.1.h"), 6 * sizeof(float)) == 0);
    ur_tape_free(tape);
    ur_params_free(params);
    ur__batch_free(&batch);
  }
}

/* A later token of the target changes nothing that is said before it. */
static void test_later(void) {
  static const int sources[] = {5, 2, 3}, targets[] = {4, 4, 4};
  for (int a = 0; a < 5; a++) {
    const ur_settings settings = small("lstm", attentions[a], "2", "2");
    ur__batch batch = made(sources, targets, B, S, T);
    ur_params *params = params_of(&settings);
    ur_tape *tape = tape_of(&settings, params, UR__FUSED, &batch);
    check_later(tape, &batch);
    ur_tape_free(tape);
    ur_params_free(params);
    ur__batch_free(&batch);
  }
}

static void test_gradcheck(void) {
  static const char *const layers[] = {"1", "2"};
  for (int c = 0; c < 3; c++)
    for (int a = 0; a < 5; a++) {
      const ur_settings settings = small(cells[c], attentions[a], layers[a % 2], layers[(a + c) % 2]);
      ur_trainer *trainer = trainer_of(&settings, 0);
      ur_gradcheck check;
      CHECK(ur_trainer_gradcheck(trainer, 30, &check) == UR_OK);
      if (!CHECK(check.worst < 1e-6 && check.checked > 100))
        printf("       %s, %s: %g\n", cells[c], attentions[a], check.worst);
      ur_trainer_free(trainer);
    }
}

/* ---- what is written ---- */

/* Log-probability of a sequence of tokens for a source, each step by the decoder. */
/* Every sequence over two symbols and <end> of at most three steps, against a beam as wide as they are many.
 */
static void test_beam(double normalisation, const char *attention) {
  ur_settings settings = small("gru", attention, "1", "1");
  CHECK(ur_settings_set(&settings, "symbols", "2") == UR_OK &&
        ur_settings_set(&settings, "length", "2") == UR_OK);
  for (int seed = 1; seed <= 4; seed++) {
    settings.seed = (uint64_t)seed;
    ur_trainer *trainer = trainer_of(&settings, 3 * seed);
    ur__batch batch = trainer->net.room;
    CHECK(ur__example_read(trainer->task, ur__task_values(&trainer->settings), &trainer->corpus, "ab", 2,
                           &batch) == UR_OK);
    double best = -INFINITY;
    int32_t found[3] = {0};
    int length = 0;
    for (int code = 0; code < 27; code++) {
      const int32_t tokens[] = {code / 9 + 1, code / 3 % 3 + 1, code % 3 + 1};
      int n = 0;
      while (n < 3 && tokens[n] != UR__END) n++;
      if (n == 3) continue; /* does not end */
      const double score = total_of(trainer, &batch, tokens, n + 1) / pow(n + 1, normalisation);
      if (score <= best) continue;
      best = score;
      length = n + 1;
      memcpy(found, tokens, sizeof found);
    }
    ur_beam beam;
    ur_buffer text = {0}, expected = {0};
    CHECK(ur_trainer_beam(trainer, "ab", UR_BEAM_MAX, normalisation, &beam) == UR_OK);
    CHECK_NEAR(beam.nodes[beam.best].score, best, 1e-5 * (1 + fabs(best)));
    CHECK(beam.nodes[beam.best].fate == UR_BEAM_ENDED);
    CHECK((strcmp(attention, "none") == 0) == (beam.looks == NULL && beam.nodes[beam.best].look == -1));
    ur_beam_text(trainer, &beam, beam.best, &text);
    for (int t = 0; t + 1 < length; t++)
      ur_buffer_print(&expected, "%s", ur_trainer_token(trainer, found[t]));
    CHECK(text.size == expected.size && (text.size == 0 || memcmp(text.data, expected.data, text.size) == 0));
    ur_buffer_free(&text);
    ur_buffer_free(&expected);
    ur_beam_free(&beam);
    ur_trainer_free(trainer);
  }
}

/* Of every width: parents come first, sums add up, at each step no more is kept than is wide, and what is cut
 * is never likelier than what is kept. A beam of one writes what is written greedily. */
static void test_tree(void) {
  const ur_settings settings = small("lstm", "additive", "2", "2");
  ur_trainer *trainer = trainer_of(&settings, 60);
  for (int width = 1; width <= UR_BEAM_MAX; width++) {
    ur_beam beam;
    if (!CHECK(ur_trainer_beam(trainer, "abcd", width, 0.6, &beam) == UR_OK)) continue;
    for (int step = 1; step <= 5; step++) {
      int kept = 0;
      double least = INFINITY, most = -INFINITY;
      for (int i = 0; i < beam.count; i++) {
        const ur_beam_node *node = &beam.nodes[i];
        if (node->step != step) continue;
        CHECK(node->parent < i && node->token != UR__START);
        CHECK((node->parent < 0) == (step == 1));
        const double before = node->parent >= 0 ? beam.nodes[node->parent].total : 0;
        CHECK(node->total == before + node->log_probability && node->log_probability <= 0);
        CHECK(node->parent < 0 || beam.nodes[node->parent].fate == UR_BEAM_KEPT);
        kept += node->fate != UR_BEAM_CUT;
        if (node->fate == UR_BEAM_CUT && node->total > most) most = node->total;
        if (node->fate != UR_BEAM_CUT && node->total < least) least = node->total;
      }
      CHECK(kept <= width && least >= most);
    }
    /* each sum is what the decoder says when it is led along that path alone */
    ur__batch batch = trainer->net.room;
    CHECK(ur__example_read(trainer->task, ur__task_values(&trainer->settings), &trainer->corpus, "abcd", 4,
                           &batch) == UR_OK);
    for (int i = 0; i < beam.count; i++) {
      int32_t path[8];
      int n = beam.nodes[i].step;
      for (int at = i, t = n; at >= 0; at = beam.nodes[at].parent) path[--t] = beam.nodes[at].token;
      const double alone = total_of(trainer, &batch, path, n);
      CHECK_NEAR(beam.nodes[i].total, alone, 1e-4 * (1 + fabs(alone)));
      check_look(trainer, &beam, i, 1e-5);
    }
    if (width == 1) check_greedy(trainer, "abcd", &beam);
    ur_beam_free(&beam);
  }
  ur_trainer_free(trainer);
}

static void test_refused(void) {
  ur_settings settings = small("gru", "dot", "1", "1");
  ur_trainer *trainer = trainer_of(&settings, 0);
  ur_group groups[UR_GROUPS];
  ur_buffer out = {0};
  ur_beam beam;
  const ur_sampling how = {.temperature = 1, .top_p = 1};
  CHECK(ur_trainer_sample(trainer, &how, 0, "", &out) == UR_E_TEXT && said("the source is empty"));
  CHECK(ur_trainer_beam(trainer, "", 2, 0, &beam) == UR_E_TEXT && beam.nodes == NULL);
  CHECK(ur_trainer_beam(trainer, "abx", 2, 0, &beam) == UR_E_TEXT);
  CHECK(ur_trainer_beam(trainer, "abcab", 2, 0, &beam) == UR_E_TEXT);
  CHECK(ur_trainer_beam(trainer, "ab", 0, 0, &beam) == UR_E_ARGUMENT && said("1 to 8 wide"));
  CHECK(ur_trainer_beam(trainer, "ab", 9, 0, &beam) == UR_E_ARGUMENT);
  CHECK(ur_trainer_beam(trainer, "ab", 2, -1, &beam) == UR_E_ARGUMENT);
  CHECK(ur_trainer_beam(trainer, "ab", 2, NAN, &beam) == UR_E_ARGUMENT);
  ur_trainer_free(trainer);
  CHECK(ur_settings_set(&settings, "directions", "2") == UR_OK &&
        ur_settings_set(&settings, "hidden_size", "7") == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_E_SETTING && trainer == NULL);
  CHECK(said("should be even") && strcmp(ur_last_error()->node, "hidden_size") == 0);
  CHECK(ur_settings_init(&settings, "classifier", "remember") == UR_OK);
  trainer = trainer_of(&settings, 0);
  CHECK(ur_trainer_groups(trainer, 1, groups) == UR_E_STATE &&
        ur_trainer_beam(trainer, "ab", 2, 0, &beam) == UR_E_STATE);
  ur_trainer_free(trainer);
  ur_buffer_free(&out);
}

/* ---- the tasks ---- */
static void test_tasks(void) {
  static const char *const names[] = {"reverse", "sort"};
  for (int k = 0; k < 2; k++) {
    static const double values[] = {9, 5};
    const ur__task *task = ur__task_find(names[k]);
    ur__examples examples;
    ur__batch batch;
    int lengths[10] = {0};
    CHECK(ur__batch_room(task->arrays, UR__UNSEEN, 10, 9, &batch) == UR_OK);
    ur__examples_begin(task, values, 3, &examples);
    for (int unseen = 0; unseen < 2; unseen++) {
      ur__examples_fill(&examples, unseen, 0, &batch);
      CHECK(batch.source == 9 && batch.length == 10);
      const int32_t *w = ur__batch_tokens(&batch, "source"), *x = ur__batch_tokens(&batch, "x"),
                    *y = ur__batch_tokens(&batch, "y");
      const int N = batch.count;
      uint32_t predicted = 0;
      for (int b = 0; b < N; b++) {
        const int n = batch.source_lengths[b];
        int counted[7] = {0};
        CHECK(n >= 1 && n <= 9 && batch.lengths[b] == n + 1 && x[b] == UR__START && y[n * N + b] == UR__END);
        predicted += (uint32_t)n + 1;
        if (unseen) lengths[n]++;
        for (int t = 0; t < n; t++) {
          CHECK(w[t * N + b] >= UR__MARKS && w[t * N + b] < 7 && x[(t + 1) * N + b] == y[t * N + b]);
          counted[w[t * N + b]]++;
          counted[y[t * N + b]]--;
          CHECK(k == 0 ? y[t * N + b] == w[(n - 1 - t) * N + b]
                       : t == 0 || y[t * N + b] >= y[(t - 1) * N + b]);
        }
        for (int i = 0; i < 7; i++) CHECK(counted[i] == 0);
        for (int s = n; s < 9; s++) CHECK(w[s * N + b] == UR__END);
        for (int t = n + 1; t < 10; t++) CHECK(y[t * N + b] == -1);
      }
      CHECK(batch.predicted == predicted);
    }
    for (int n = 1; n <= 9; n++) CHECK(lengths[n] == 56 || lengths[n] == 57);
    ur__batch_free(&batch);
  }
}

/* Of one symbol, of two: what is unseen is never trained on, and most is. */
static void test_held_back(void) {
  static const double values[] = {2, 5};
  ur__examples examples;
  ur__batch batch;
  uint8_t side[2][7 * 7 + 7] = {{0}};
  const ur__task *task = ur__task_find("sort");
  CHECK(ur__batch_room(task->arrays, UR__UNSEEN, 3, 2, &batch) == UR_OK);
  ur__examples_begin(task, values, 1, &examples);
  CHECK(examples.distinct == 1 + 2); /* of 5 and of 25 */
  for (int unseen = 0; unseen < 2; unseen++)
    for (uint64_t first = 0; first < (unseen ? 1 : 4 * UR__UNSEEN); first += UR__UNSEEN) {
      ur__examples_fill(&examples, unseen, first, &batch);
      const int32_t *w = ur__batch_tokens(&batch, "source");
      for (int b = 0; b < batch.count; b++)
        side[unseen][batch.source_lengths[b] == 1 ? w[b] : w[b] * 7 + w[batch.count + b]] = 1;
    }
  int trained = 0, held = 0;
  for (size_t i = 0; i < sizeof side[0]; i++) {
    CHECK(!side[0][i] || !side[1][i]);
    trained += side[0][i];
    held += side[1][i];
  }
  CHECK(held == 3 && trained == 27);
  ur__batch_free(&batch);
}

/* Learns; the groups are of what is evaluated; the same run twice, and a snapshot goes on bit for bit. */
static void test_learns(void) {
  ur_settings settings = small("gru", "scaled", "1", "1");
  CHECK(ur_settings_set(&settings, "hidden_size", "24") == UR_OK &&
        ur_settings_set(&settings, "batch_size", "32") == UR_OK);
  CHECK(ur_settings_set(&settings, "free_running", "0.2") == UR_OK &&
        ur_settings_set(&settings, "learning_rate", "0.01") == UR_OK);
  ur_trainer *trainer = trainer_of(&settings, 0), *again = NULL;
  ur_evaluation before, after;
  ur_group groups[UR_GROUPS];
  ur_step_report report;
  ur_buffer file = {0};
  CHECK(ur_trainer_evaluate(trainer, 1, &before) == UR_OK);
  for (int i = 0; i < 200; i++) CHECK(ur_trainer_step(trainer, &report) == UR_OK);
  CHECK(ur_trainer_save(trainer, 1, &file) == UR_OK);
  CHECK(ur_trainer_load((ur_bytes){file.data, file.size}, (ur_bytes){NULL, 0}, &again) == UR_OK);
  for (int i = 0; i < 50; i++)
    CHECK(ur_trainer_step(trainer, &report) == UR_OK && ur_trainer_step(again, &report) == UR_OK);
  CHECK(ur_trainer_hash(trainer) == ur_trainer_hash(again));
  CHECK(ur_trainer_evaluate(trainer, 1, &after) == UR_OK && ur_trainer_groups(trainer, 1, groups) == UR_OK);
  if (!CHECK(before.right < 0.1 && after.right > 0.8 && after.loss < before.loss / 4))
    printf("       %g right, then %g\n", before.right, after.right);
  uint64_t sequences = 0, right = 0, tokens = 0;
  for (int n = 0; n < UR_GROUPS; n++) {
    sequences += groups[n].sequences;
    right += groups[n].right;
    tokens += groups[n].tokens;
    CHECK(groups[n].right <= groups[n].sequences &&
          groups[n].tokens == groups[n].sequences * (uint64_t)(n + 1));
  }
  CHECK(sequences == after.sequences && tokens == after.tokens &&
        (double)right / (double)sequences == after.right);
  check_free_running(&settings);
  ur_trainer_free(trainer);
  ur_trainer_free(again);
  ur_buffer_free(&file);
}

static void test_no_memory(void) {
  ur_settings settings = small("lstm", "additive", "2", "2");
  CHECK(ur_settings_set(&settings, "free_running", "0.5") == UR_OK);
  int done = 0;
  long n = 0;
  for (; !done && n < 100000; n++) {
    ur_trainer *trainer = NULL;
    ur_step_report report;
    ur_beam beam = {0};
    ur__alloc_fail_after(n);
    ur_status status = ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer);
    if (status == UR_OK) status = ur_trainer_step(trainer, &report);
    if (status == UR_OK) status = ur_trainer_beam(trainer, "abc", 3, 1, &beam);
    ur__alloc_fail_after(-1);
    CHECK(status == UR_OK || status == UR_E_MEMORY);
    done = status == UR_OK;
    ur_beam_free(&beam);
    ur_trainer_free(trainer);
  }
  CHECK(done && n > 100);
}

/* A graph longer than the builders have room for is refused; a fused one may be as long as it likes. */
static void test_too_long(void) {
  const ur_settings settings = small("gru", "dot", "1", "1");
  ur_params *params = params_of(&settings);
  for (int which = 0; which < 2; which++) {
    ur_tape_options options = {.dtype = UR_F32, .batch = 1, .length = 2, .source = 2};
    ur_tape *tape = NULL;
    *(which ? &options.source : &options.length) = UR_STEPS_MAX + 1;
    CHECK(ur__net_tape(&settings, params, UR__UNROLLED, &options, &tape) == UR_E_TEXT && tape == NULL);
    CHECK(strstr(ur_last_error()->message, "129 steps is too long to be unrolled; give at most 128") != NULL);
    CHECK(ur__net_tape(&settings, params, UR__FUSED, &options, &tape) == UR_OK);
    ur_tape_free(tape);
  }
  ur_params_free(params);
}

int main(void) {
  TEST("too long to be unrolled") { test_too_long(); }
  TEST("lowerings") { test_lowerings(); }
  TEST("batches") { test_batches(); }
  TEST("one token") { test_one_token(); }
  TEST("later tokens") { test_later(); }
  TEST("gradients") { test_gradcheck(); }
  TEST("beam against all sequences") {
    test_beam(0, "none");
    test_beam(1, "general");
  }
  TEST("tree of a search") { test_tree(); }
  TEST("refused") { test_refused(); }
  TEST("reverse and sort") { test_tasks(); }
  TEST("held back") { test_held_back(); }
  TEST("learns") { test_learns(); }
  TEST("no memory") { test_no_memory(); }
  return check_done();
}

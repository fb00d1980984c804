/* Encoder and decoder of a Transformer: both lowerings, what is masked, what a sequence is batched with, what
 * is kept while it writes, what is written for a source and the search for it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "pair_net.h"
#include "unroll/layers.h"
#include "unroll/looked.h"

static const char *const forms[][12] = {
    {"positions", "sinusoidal", NULL},
    {"norm", "post", "feed_forward", "gelu", "num_heads", "3", NULL},
    {"norm", "none", "positions", "none", "num_heads", "1", "num_blocks", "1", NULL},
    {"positions", "sinusoidal", "positions_join", "concatenated", "count_from", "0", "hidden_size", "8",
     NULL},
};
enum { FORMS = sizeof forms / sizeof *forms };

static ur_settings small(const char *const *more) {
  static const char *const size[] = {"hidden_size",       "6", "num_heads",  "2", "num_blocks", "2",
                                     "feed_forward_size", "9", "batch_size", "4", "length",     "4",
                                     "symbols",           "5"};
  ur_settings settings;
  CHECK(ur_settings_init(&settings, "transformer", "reverse") == UR_OK);
  for (size_t i = 0; i < sizeof size / sizeof *size; i += 2)
    CHECK(ur_settings_set(&settings, size[i], size[i + 1]) == UR_OK);
  for (; *more != NULL; more += 2) CHECK(ur_settings_set(&settings, more[0], more[1]) == UR_OK);
  return settings;
}

static size_t cells(const ur_tape *tape, const char *path) {
  const ur_node_view node = ur_tape_node(tape, ur_tape_find(tape, path));
  size_t all = 1;
  for (int d = 0; d < node.rank; d++) all *= (size_t)node.shape[d];
  return all;
}

/* ---- both lowerings ---- */
/* All that is said is the same bit for bit, of mixed lengths too; gradients to 1e-6 of their norm. */
static void compare_lowerings(const ur_settings *settings) {
  static const int sources[] = {5, 2, 1}, targets[] = {4, 1, 3};
  static const char *const same[] = {"J", "J_t", "logits", "decoder.1.cross.k", "decoder.1.cross.attended"};
  ur__batch batch = made(sources, targets, B, S, T);
  ur_params *params = params_of(settings);
  ur_tape *fused = tape_of(settings, params, UR__FUSED, &batch),
          *steps = tape_of(settings, params, UR__UNROLLED, &batch);
  CHECK(ur_tape_backward(fused) == UR_OK && ur_tape_backward(steps) == UR_OK);
  for (size_t i = 0; i < sizeof same / sizeof *same; i++)
    CHECK(memcmp(value(fused, same[i]), value(steps, same[i]), cells(fused, same[i]) * sizeof(float)) == 0);
  const size_t all = ur_params_size(params);
  const double whole = distance(ur_tape_param_grads(fused), NULL, all);
  for (int i = 0; i < ur_params_count(params); i++) {
    const ur_param_view view = ur_params_view(params, i);
    const float *a = (const float *)ur_tape_param_grads(fused) + view.offset,
                *b = (const float *)ur_tape_param_grads(steps) + view.offset;
    const double norm = distance(a, NULL, view.size), off = distance(a, b, view.size);
    if (!CHECK(off <= 1e-6 * norm + 2e-8 * whole))
      printf("       %s: %g of %g, %g in all\n", view.name, off, norm, whole);
  }
  ur_tape_free(fused);
  ur_tape_free(steps);
  ur_params_free(params);
  ur__batch_free(&batch);
}

/* ---- padding ---- */
/* Losses, weights and gradients of one sequence, alone and among others of any length: the same bits. What
 * the others get from it, and what stands beyond its end, is exactly 0. */
static void compare_batches(const ur_settings *settings, int source, int target) {
  const int sources[] = {5, source, 1}, targets[] = {2, target, 4};
  const int heads = (int)ur_setting_get(settings, "num_heads");
  ur__batch alone = made(&source, &target, 1, source, target), among = made(sources, targets, B, S, T);
  ur_params *params = params_of(settings);
  ur_tape *one = tape_of(settings, params, UR__FUSED, &alone),
          *all = tape_of(settings, params, UR__FUSED, &among);
  const float *a = value(one, "decoder.1.cross.a"), *a_all = value(all, "decoder.1.cross.a");
  const float *r = value(one, "encoder.1.a"), *r_all = value(all, "encoder.1.a");
  for (int h = 0; h < heads; h++)
    for (int s = 0; s < S; s++) {
      for (int t = 0; t < target; t++)
        CHECK(a_all[((h * B + 1) * T + t) * S + s] == (s < source ? a[(h * target + t) * source + s] : 0));
      for (int q = 0; q < source; q++)
        CHECK(r_all[((h * B + 1) * S + q) * S + s] == (s < source ? r[(h * source + q) * source + s] : 0));
    }
  const int width = (int)(cells(one, "e_source") / (size_t)source);
  for (int t = 0; t < target; t++) {
    CHECK(value(one, "J_t")[t] == value(all, "J_t")[t * B + 1]);
    CHECK(ur_tape_backward_from(one, ur_tape_find(one, "J_t"), (size_t)t) == UR_OK);
    CHECK(ur_tape_backward_from(all, ur_tape_find(all, "J_t"), (size_t)(t * B + 1)) == UR_OK);
    const float *de = grad(one, "e_source"), *de_all = grad(all, "e_source");
    const float *dk_all = grad(all, "decoder.1.cross.k"), *dv_all = grad(all, "decoder.1.cross.v");
    const int D_k = (int)ur_setting_get(settings, "hidden_size");
    double sum = 0;
    for (int s = 0; s < S; s++)
      for (int b = 0; b < B; b++) {
        for (int k = 0; k < width; k++) {
          const float here = de_all[(s * B + b) * width + k];
          CHECK(here == (b == 1 && s < source ? de[s * width + k] : 0));
          sum += fabs((double)here);
        }
        for (int k = 0; k < D_k && (b != 1 || s >= source); k++)
          CHECK(dk_all[(s * B + b) * D_k + k] == 0 && dv_all[(s * B + b) * D_k + k] == 0);
      }
    CHECK(sum > 0);
  }
  ur_tape_free(one);
  ur_tape_free(all);
  ur_params_free(params);
  ur__batch_free(&alone);
  ur__batch_free(&among);
}

/* What stands beyond a source's end changes nothing that is said, whatever it is. */
static void test_beyond(const ur_settings *settings) {
  static const int sources[] = {5, 2, 3}, targets[] = {4, 4, 4};
  ur__batch batch = made(sources, targets, B, S, T);
  ur_params *params = params_of(settings);
  ur_tape *tape = tape_of(settings, params, UR__FUSED, &batch);
  float before[T * B * V];
  memcpy(before, value(tape, "logits"), sizeof before);
  int32_t *w = ur_tape_value(tape, ur_tape_find(tape, "source"));
  for (int s = 2; s < S; s++) w[s * B + 1] = 2 + s;
  CHECK(ur_tape_forward(tape) == UR_OK && memcmp(before, value(tape, "logits"), sizeof before) == 0);
  w[1 * B + 1] = w[1 * B + 1] == 2 ? 3 : 2;
  CHECK(ur_tape_forward(tape) == UR_OK && memcmp(before, value(tape, "logits"), sizeof before) != 0);
  ur_tape_free(tape);
  ur_params_free(params);
  ur__batch_free(&batch);
}

/* A later token of the target changes nothing that is said before it; nor with queries and keys of ten
 * thousand times the size. */
static void test_later(const ur_settings *settings, float factor) {
  static const int sources[] = {5, 2, 3}, targets[] = {4, 4, 4};
  ur__batch batch = made(sources, targets, B, S, T);
  ur_params *params = params_of(settings);
  for (int i = 0; i < ur_params_count(params); i++) {
    const ur_param_view view = ur_params_view(params, i);
    const char *dot = strrchr(view.name, '.');
    if (dot != NULL && (strcmp(dot, ".Q") == 0 || strcmp(dot, ".K") == 0))
      for (size_t k = 0; k < view.size; k++) ur_params_data(params)[view.offset + k] *= factor;
  }
  ur_tape *tape = tape_of(settings, params, UR__FUSED, &batch);
  check_later(tape, &batch);
  ur_tape_free(tape);
  ur_params_free(params);
  ur__batch_free(&batch);
}

/* A source without a token: a row with nothing to look at is refused where it is run. */
static void test_nothing_to_look_at(void) {
  static const int sources[] = {2, 3}, targets[] = {2, 2};
  const ur_settings settings = small(forms[0]);
  ur__batch batch = made(sources, targets, 2, 3, 2);
  ur_params *params = params_of(&settings);
  for (int unrolled = 0; unrolled < 2; unrolled++) {
    ur_tape *tape = tape_of(&settings, params, unrolled ? UR__UNROLLED : UR__FUSED, &batch);
    ((int32_t *)ur_tape_value(tape, ur_tape_find(tape, "source_lengths")))[1] = 0;
    CHECK(ur_tape_forward(tape) != UR_OK && strstr(ur_last_error()->message, "encoder.1") != NULL);
    ur_tape_free(tape);
  }
  ur_params_free(params);
  ur__batch_free(&batch);
}

/* ---- a run ---- */
static void test_gradcheck(const char *const *form) {
  ur_settings settings = small(form);
  for (int dropped = 0; dropped < 2; dropped++) {
    CHECK(ur_settings_set(&settings, "dropout", dropped ? "0.3" : "0") == UR_OK);
    ur_trainer *trainer = trainer_of(&settings, 0);
    ur_gradcheck check;
    CHECK(ur_trainer_gradcheck(trainer, CHECK_OF(20, 2), &check) == UR_OK);
    if (!CHECK(check.worst < 1e-5 && check.checked > CHECK_OF(400, 60)))
      printf("       %s: %g of %zu, %g and %g\n", form[1], check.worst, check.checked, check.analytic,
             check.numeric);
    ur_trainer_free(trainer);
  }
}

/* What it writes token by token, with what is kept of those before, is what the whole graph says of each step
 * at once: the same bits, of many sources side by side. */
static void test_kept(const char *const *form) {
  static const int sources[] = {4, 2, 1}, targets[] = {5, 5, 5};
  const ur_settings settings = small(form);
  ur_trainer *trainer = trainer_of(&settings, 5);
  ur__net *net = &trainer->net;
  ur__batch batch = made(sources, targets, B, 4, 5);
  const int size = trainer->corpus.vocabulary_size;
  ur_tape *whole = tape_of(&settings, net->params, UR__FUSED, &batch);
  ur_tape *walked = tape_of(&settings, net->params, UR__UNROLLED, &batch);
  for (int again = 0; again < 2; again++) { /* another source begins anew */
    CHECK(ur__net_encode(net, &batch) == UR_OK);
    for (int t = 0; t < 5; t++) {
      const size_t row = (size_t)(B * size), at = (size_t)t * row;
      CHECK(ur__net_decode(net, ur__batch_tokens(&batch, "x") + t * B, B) == UR_OK);
      CHECK(memcmp(value(net->next, "logits"), value(whole, "logits") + at, row * sizeof(float)) == 0);
      CHECK(memcmp(ur__net_probabilities(net), value(walked, "y_hat") + at, row * sizeof(float)) == 0);
      CHECK(cells(net->next, "decoder.1.keys") ==
            (size_t)((t + 1) * B) * (size_t)ur_setting_get(&settings, "hidden_size"));
      ur_tape_carry_on(net->next);
    }
  }
  ur_tape_free(whole);
  ur_tape_free(walked);
  ur__batch_free(&batch);
  ur_trainer_free(trainer);
}

/* Of every width each sum of the tree, and each look of its heads, is bit for bit what the decoder has when
 * it is led along that path alone: rows change places in what is kept. A beam of one writes what is written
 * greedily. */
static void test_tree(const char *const *form) {
  const ur_settings settings = small(form);
  ur_trainer *trainer = trainer_of(&settings, CHECK_OF(60, 10));
  for (int width = 1; width <= UR_BEAM_MAX; width += CHECK_OF(1, 3)) {
    ur_beam beam;
    if (!CHECK(ur_trainer_beam(trainer, "abcd", width, 0.6, &beam) == UR_OK)) continue;
    ur__batch batch = trainer->net.room;
    CHECK(ur__example_read(trainer->task, ur__task_values(&trainer->settings), &trainer->corpus, "abcd", 4,
                           &batch) == UR_OK);
    for (int i = 0; i < beam.count; i++) {
      int32_t path[UR_WRITTEN_MAX];
      const int n = ur_beam_path(&beam, i, path);
      CHECK(beam.nodes[i].total == total_of(trainer, &batch, path, n));
      check_look(trainer, &beam, i, 0);
    }
    if (width == 1 && beam.nodes[beam.best].fate == UR_BEAM_ENDED) check_greedy(trainer, "abcd", &beam);
    ur_beam_free(&beam);
  }
  ur_trainer_free(trainer);
}

/* One that never ends stops where it has no place left, or where a text may be no longer. */
static void test_no_end(void) {
  static const char *const contexts[] = {"6", "65"};
  const int most[] = {6, UR__SEQUENCE_MAX};
  for (int k = 0; k < 2; k++) {
    const char *const form[] = {"context_size", contexts[k], NULL};
    const ur_settings settings = small(form);
    ur_trainer *trainer = trainer_of(&settings, 0);
    const ur_sampling greedy = {.temperature = 0, .top_p = 1};
    ur_buffer out = {0};
    ur_param_view bias = ur_params_view(trainer->net.params, ur_params_count(trainer->net.params) - 1);
    ur_params_data(trainer->net.params)[bias.offset + UR__END] = -1e3f;
    if (!CHECK(ur_trainer_sample(trainer, &greedy, 0, "abcd", &out) == UR_OK))
      printf("       %s\n", ur_last_error()->message);
    CHECK(out.size == (size_t)most[k]);
    ur_buffer_free(&out);
    ur_trainer_free(trainer);
  }
}

static void test_refused(void) {
  ur_settings settings = small(forms[0]);
  ur_trainer *trainer = trainer_of(&settings, 0);
  ur_buffer out = {0};
  ur_beam beam;
  ur_looked looked;
  const ur_sampling how = {.temperature = 1, .top_p = 1};
  CHECK(ur_trainer_sample(trainer, &how, 0, "", &out) == UR_E_TEXT && said("the source is empty"));
  CHECK(ur_trainer_beam(trainer, "", 2, 0, &beam) == UR_E_TEXT && beam.nodes == NULL);
  CHECK(ur_trainer_beam(trainer, "abx", 2, 0, &beam) == UR_E_TEXT);
  CHECK(ur_trainer_beam(trainer, "abcab", 2, 0, &beam) == UR_E_TEXT);
  CHECK(ur_looked_read(trainer, "abc", 0, -1, &looked) == UR_E_STATE && said("models of one text"));
  ur_trainer_free(trainer);
  CHECK(ur_settings_set(&settings, "num_heads", "4") == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_E_SETTING && trainer == NULL);
  CHECK(said("num_heads should divide hidden_size"));
  CHECK(ur_settings_set(&settings, "num_heads", "2") == UR_OK &&
        ur_settings_set(&settings, "context_size", "4") == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_E_TEXT &&
        said("context_size is 4"));
  ur_buffer_free(&out);
}

/* Larger than there is room for: refused before anything is allocated, with what it would take. */
static void test_too_large(void) {
  static const char *const large[] = {"hidden_size",       "1024", "num_blocks", "12",
                                      "feed_forward_size", "4096", NULL};
  const ur_settings settings = small(large);
  ur_trainer *trainer = NULL;
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_E_MEMORY && trainer == NULL);
  if (!CHECK(said("MB, more than the limit"))) printf("       %s\n", ur_last_error()->message);
}

/* The mean of all heads and blocks; every row adds up to 1, and of the walk's weights it is the mean. */
static void test_alignment(const char *const *form) {
  const ur_settings settings = small(form);
  ur_trainer *trainer = trainer_of(&settings, 20);
  ur_alignment a;
  CHECK(ur_trainer_alignment(trainer, "abcd", NULL, &a) == UR_OK);
  CHECK(a.source == 4 && a.length == 5);
  ur__batch batch = trainer->net.room;
  CHECK(ur__example_read(trainer->task, ur__task_values(&trainer->settings), &trainer->corpus, "abcd", 4,
                         &batch) == UR_OK);
  ur_tape *tape = tape_of(&settings, trainer->net.params, UR__FUSED, &batch);
  const int heads = (int)ur_setting_get(&settings, "num_heads"),
            blocks = (int)ur_setting_get(&settings, "num_blocks");
  for (int t = 0; t < 5; t++) {
    double sum = 0;
    for (int s = 0; s < 4; s++) {
      double mean = 0;
      for (int b = 1; b <= blocks; b++) {
        char path[32];
        snprintf(path, sizeof path, "decoder.%d.cross.a", b);
        for (int h = 0; h < heads; h++) mean += (double)value(tape, path)[(h * 5 + t) * 4 + s];
      }
      CHECK_NEAR(a.weights[t * 4 + s], mean / (heads * blocks), 1e-6);
      sum += (double)a.weights[t * 4 + s];
    }
    CHECK_NEAR(sum, 1, 1e-6);
  }
  ur_tape_free(tape);
  ur_alignment_free(&a);
  ur_trainer_free(trainer);
}

/* Learns; a snapshot goes on bit for bit; fed its own guesses it learns something else. */
static void test_learns(void) {
  static const char *const wide[] = {"hidden_size",       "24",         "num_heads",  "4",
                                     "feed_forward_size", "32",         "batch_size", "32",
                                     "positions",         "sinusoidal", NULL};
  ur_settings settings = small(wide);
  CHECK(ur_settings_set(&settings, "free_running", "0.2") == UR_OK &&
        ur_settings_set(&settings, "dropout", "0.02") == UR_OK &&
        ur_settings_set(&settings, "learning_rate", "0.005") == UR_OK);
  ur_trainer *trainer = trainer_of(&settings, 0), *again = NULL;
  ur_evaluation before, after;
  ur_step_report report;
  ur_buffer file = {0};
  CHECK(ur_trainer_evaluate(trainer, 1, &before) == UR_OK);
  for (int i = 0; i < CHECK_OF(250, 20); i++) CHECK(ur_trainer_step(trainer, &report) == UR_OK);
  CHECK(ur_trainer_save(trainer, 1, &file) == UR_OK);
  CHECK(ur_trainer_load((ur_bytes){file.data, file.size}, (ur_bytes){NULL, 0}, &again) == UR_OK);
  for (int i = 0; i < CHECK_OF(50, 3); i++)
    CHECK(ur_trainer_step(trainer, &report) == UR_OK && ur_trainer_step(again, &report) == UR_OK);
  CHECK(ur_trainer_hash(trainer) == ur_trainer_hash(again));
  CHECK(ur_trainer_evaluate(trainer, 1, &after) == UR_OK);
  if (!CHECK(before.right < 0.1 && after.right > CHECK_OF(0.8, -1) &&
             after.loss < before.loss / CHECK_OF(4, 1)))
    printf("       %g right, then %g\n", before.right, after.right);
  check_free_running(&settings);
  ur_trainer_free(trainer);
  ur_trainer_free(again);
  ur_buffer_free(&file);
}

/* As many blocks as there can be, in a file with all moments. */
static void test_deep(void) {
  static const char *const deep[] = {"num_blocks", "12", NULL};
  const ur_settings settings = small(deep);
  ur_trainer *trainer = trainer_of(&settings, 2), *again = NULL;
  ur_buffer file = {0};
  if (!CHECK(ur_trainer_save(trainer, 1, &file) == UR_OK)) printf("       %s\n", ur_last_error()->message);
  if (CHECK(ur_trainer_load((ur_bytes){file.data, file.size}, (ur_bytes){NULL, 0}, &again) == UR_OK))
    CHECK(ur_trainer_hash(trainer) == ur_trainer_hash(again));
  ur_buffer_free(&file);
  ur_trainer_free(trainer);
  ur_trainer_free(again);
}

static void test_no_memory(void) {
  ur_settings settings = small(forms[0]);
  CHECK(ur_settings_set(&settings, "free_running", "0.5") == UR_OK &&
        ur_settings_set(&settings, "dropout", "0.5") == UR_OK);
  int done = 0;
  long n = 0;
  for (; !done && n < 100000; n++) {
    ur_trainer *trainer = NULL;
    ur_step_report report;
    ur_beam beam = {0};
    ur_alignment alignment = {0};
    ur__alloc_fail_after(n);
    ur_status status = ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer);
    if (status == UR_OK) status = ur_trainer_step(trainer, &report);
    if (status == UR_OK) status = ur_trainer_beam(trainer, "abc", 3, 1, &beam);
    if (status == UR_OK) status = ur_trainer_alignment(trainer, "abc", NULL, &alignment);
    ur__alloc_fail_after(-1);
    CHECK(status == UR_OK || status == UR_E_MEMORY);
    done = status == UR_OK;
    ur_alignment_free(&alignment);
    ur_beam_free(&beam);
    ur_trainer_free(trainer);
  }
  CHECK(done && n > 100);
}

int main(void) {
  for (int f = 0; f < FORMS; f++) {
    const ur_settings settings = small(forms[f]);
    TEST("lowerings") { compare_lowerings(&settings); }
    TEST("batches") {
      for (int source = 1; source <= 4; source += 3) compare_batches(&settings, source, 3);
    }
    TEST("beyond the end") { test_beyond(&settings); }
    TEST("later tokens") {
      test_later(&settings, 1);
      test_later(&settings, 1e4f);
    }
    TEST("gradients") { test_gradcheck(forms[f]); }
    TEST("what is kept") { test_kept(forms[f]); }
    TEST("tree of a search") { test_tree(forms[f]); }
    TEST("alignment") { test_alignment(forms[f]); }
  }
  TEST("nothing to look at") { test_nothing_to_look_at(); }
  TEST("no end") { test_no_end(); }
  TEST("refused") { test_refused(); }
  TEST("too large") { test_too_large(); }
  TEST("learns") { test_learns(); }
  TEST("twelve blocks") { test_deep(); }
  TEST("no memory") { test_no_memory(); }
  return check_done();
}

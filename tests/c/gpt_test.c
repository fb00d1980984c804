/* The model gpt: both lowerings, padding, causality, what it writes when its context is full, settings,
 * memory. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alike.h"
#include "alloc.h"
#include "check.h"
#include "net_params.h"
#include "trained.h"
#include "trainer.h"
#include "unroll/steps.h"

static ur_settings small(const char *key, const char *value) {
  static const char *const set[][2] = {{"hidden_size", "12"},       {"num_heads", "3"},
                                       {"feed_forward_size", "20"}, {"context_size", "16"},
                                       {"batch_size", "8"},         {"steps", "60"}};
  ur_settings settings;
  CHECK(ur_settings_init(&settings, "gpt", "names") == UR_OK);
  for (size_t i = 0; i < sizeof set / sizeof *set; i++)
    CHECK(ur_settings_set(&settings, set[i][0], set[i][1]) == UR_OK);
  if (key != NULL) CHECK(ur_settings_set(&settings, key, value) == UR_OK);
  return settings;
}

static const char *const forms[][2] = {{NULL, NULL},          {"positions", "sinusoidal"},
                                       {"positions", "none"}, {"positions_join", "concatenated"},
                                       {"norm", "post"},      {"norm", "none"},
                                       {"residual", "off"},   {"mask", "off"},
                                       {"scale", "off"},      {"feed_forward", "gelu"},
                                       {"num_heads", "1"},    {"num_blocks", "4"},
                                       {"dropout", "0.4"},    {"feed_forward", "none"},
                                       {"places", "off"}};
enum { FORMS = sizeof forms / sizeof *forms, V = 9, T = 7, B = 3 };

static ur_params *params_of(const ur_settings *settings) {
  return net_params(settings, &(ur__io){.vocabulary = V});
}

/* Sequences of 7, 5 and 3 tokens; from step `from` on the inputs are others. */
static void invent(ur__batch *batch, int from) {
  ur_rng stream = ur_rng_stream(2, "test", 0);
  int32_t *x = ur__batch_tokens(batch, "x"), *y = ur__batch_tokens(batch, "y");
  for (int t = 0; t < batch->length; t++)
    for (int b = 0; b < B; b++) {
      const int32_t token = 2 + (int32_t)ur_rng_below(&stream, V - 2);
      const int there = t < T - 2 * b;
      x[t * B + b] = there ? t >= from ? 2 + (token + 3) % (V - 2) : token : UR__END;
      y[t * B + b] = there ? token : -1;
    }
  ur__batch_derive(batch);
}

static ur_tape *tape_of(const ur_settings *settings, ur_params *params, int unrolled,
                        const ur__batch *batch) {
  const ur_tape_options options = {.batch = B, .length = batch->length, .gradients = 1, .edges = unrolled};
  ur_tape *tape = NULL;
  if (!CHECK(ur__net_tape(settings, params, unrolled ? UR__UNROLLED : UR__FUSED, &options, &tape) == UR_OK))
    printf("       %s\n", ur_last_error()->message);
  CHECK(ur__net_feed(tape, batch) == UR_OK && ur_tape_forward(tape) == UR_OK &&
        ur_tape_backward(tape) == UR_OK);
  return tape;
}

static const float *value(ur_tape *tape, const char *path) {
  return ur_tape_value(tape, ur_tape_find(tape, path));
}

static void test_lowerings(void) {
  for (int f = 0; f < FORMS; f++) {
    const ur_settings settings = small(forms[f][0], forms[f][1]);
    ur_params *params = params_of(&settings);
    ur__batch batch;
    CHECK(ur__batch_room(ur__task_find("names")->arrays, B, T, 0, &batch) == UR_OK);
    invent(&batch, T);
    ur_tape *fused = tape_of(&settings, params, 0, &batch), *steps = tape_of(&settings, params, 1, &batch);
    CHECK(memcmp(value(fused, "logits"), value(steps, "logits"), T * B * V * sizeof(float)) == 0);
    CHECK(memcmp(value(fused, "J_t"), value(steps, "J_t"), T * B * sizeof(float)) == 0);
    CHECK(memcmp(value(fused, "J"), value(steps, "J"), sizeof(float)) == 0);
    CHECK(check_alike(ur_tape_param_grads(fused), ur_tape_param_grads(steps), ur_params_size(params),
                      forms[f][1]) > 0);
    ur_tape_free(fused);
    ur_tape_free(steps);
    ur__batch_free(&batch);
    ur_params_free(params);
  }
}

/* Padded further: the same loss and the same gradients, to the bit. */
static void test_padding(const char *mask) {
  const ur_settings settings = small("mask", mask);
  ur_params *params = params_of(&settings);
  float *kept = malloc(ur_params_size(params) * sizeof *kept), loss = 0;
  for (int length = T; length <= T + 4; length += 4) {
    ur__batch batch;
    CHECK(ur__batch_room(ur__task_find("names")->arrays, B, length, 0, &batch) == UR_OK);
    invent(&batch, length);
    ur_tape *tape = tape_of(&settings, params, 0, &batch);
    const size_t bytes = ur_params_size(params) * sizeof *kept;
    if (length == T) {
      loss = *value(tape, "J");
      memcpy(kept, ur_tape_param_grads(tape), bytes);
    }
    CHECK(*value(tape, "J") == loss && memcmp(kept, ur_tape_param_grads(tape), bytes) == 0);
    ur_tape_free(tape);
    ur__batch_free(&batch);
  }
  free(kept);
  ur_params_free(params);
}

/* A later token changes nothing before it by a bit, with queries and keys as they begin and times 10^4;
 * without the mask it does. */
static void test_causal(void) {
  for (int form = 0; form < 3; form++) {
    const ur_settings settings = small(form == 2 ? "mask" : NULL, "off");
    ur_params *params = params_of(&settings);
    for (int p = 0; p < ur_params_count(params) && form == 1; p++) {
      const ur_param_view view = ur_params_view(params, p);
      const char end = view.name[strlen(view.name) - 1];
      for (size_t i = 0; i < view.size && (end == 'Q' || end == 'K'); i++)
        ur_params_data(params)[view.offset + i] *= 1e4f;
    }
    ur__batch batch;
    CHECK(ur__batch_room(ur__task_find("names")->arrays, B, T, 0, &batch) == UR_OK);
    invent(&batch, T);
    ur_tape *first = tape_of(&settings, params, 0, &batch);
    for (int from = 1; from < T; from++) {
      invent(&batch, from);
      ur_tape *other = tape_of(&settings, params, 0, &batch);
      const size_t before = (size_t)(from * B * V) * sizeof(float);
      const int same = memcmp(value(first, "logits"), value(other, "logits"), before) == 0;
      CHECK(same == (form < 2));
      CHECK(memcmp(value(first, "logits"), value(other, "logits"), T * B * V * sizeof(float)) != 0);
      ur_tape_free(other);
    }
    ur_tape_free(first);
    ur__batch_free(&batch);
    ur_params_free(params);
  }
}

/* Token by token it says what the whole text at once does. Once more was written than it sees, it is as if
 * the text began later. */
static void test_writing(void) {
  const ur_settings settings = small(NULL, NULL);
  ur_trainer *trainer = trainer_of(&settings, 20);
  const ur_sampling as_given = {.temperature = 1, .top_p = 1};
  const int vocabulary = ur_trainer_vocabulary_size(trainer);
  float *whole = malloc(2 * (size_t)vocabulary * sizeof *whole), *drawn = whole + vocabulary;
  ur_walk *walk = NULL;
  CHECK(ur_walk_create(trainer, "marianne", &walk) == UR_OK);
  ur_tape *tape = ur_walk_tape(walk);
  CHECK(ur_tape_forward(tape) == UR_OK);
  CHECK(ur_trainer_next(trainer, &as_given, "marianne", whole, drawn) == UR_OK);
  CHECK(memcmp(whole, value(tape, "y_hat") + 8 * vocabulary, (size_t)vocabulary * sizeof *whole) == 0);
  ur_walk_free(walk);
  ur__net *net = &trainer->net;
  ur__net_begin(net);
  for (int t = 0; t < 40; t++) CHECK(ur__net_push(net, 2 + t % 20) == UR_OK);
  memcpy(whole, ur__net_probabilities(net), (size_t)vocabulary * sizeof *whole);
  ur__net_begin(net);
  for (int t = 40 - 16; t < 40; t++) CHECK(ur__net_push(net, 2 + t % 20) == UR_OK);
  CHECK(memcmp(whole, ur__net_probabilities(net), (size_t)vocabulary * sizeof *whole) == 0);
  ur_buffer texts[2] = {{0}, {0}};
  for (int keep = 0; keep < 2; keep++) {
    ur_trainer_keep(trainer, keep);
    CHECK(ur_trainer_sample(trainer, &as_given, 3, "ma", &texts[keep]) == UR_OK && texts[keep].size >= 2);
  }
  CHECK(texts[0].size == texts[1].size && memcmp(texts[0].data, texts[1].data, texts[0].size) == 0);
  ur_buffer_free(&texts[0]);
  ur_buffer_free(&texts[1]);
  free(whole);
  ur_trainer_free(trainer);
}

/* How many rows were new when the last token was pushed. */
static int recent(ur_trainer *trainer) {
  return ur_tape_node(trainer->net.next, ur_tape_find(trainer->net.next, "x")).shape[0];
}

/* What is kept of the tokens before gives the same bits as all of them anew, token by token, in every form;
 * nothing is kept once one drops out, nor where tokens look at those behind them. */
static void test_kept(void) {
  for (int f = 0; f < FORMS; f++) {
    const ur_settings settings = small(forms[f][0], forms[f][1]);
    ur_trainer *one = trainer_of(&settings, 2), *two = trainer_of(&settings, 2);
    const size_t bytes = (size_t)ur_trainer_vocabulary_size(one) * sizeof(float);
    const int unmasked = forms[f][0] != NULL && strcmp(forms[f][0], "mask") == 0;
    ur_trainer_keep(two, 0);
    for (int text = 0; text < 2; text++) {
      ur__net_begin(&one->net);
      ur__net_begin(&two->net);
      for (int t = 0; t < 20; t++) {
        const int32_t token = 2 + (t * t + text) % 20;
        CHECK(ur__net_push(&one->net, token) == UR_OK && ur__net_push(&two->net, token) == UR_OK);
        if (!CHECK(memcmp(ur__net_probabilities(&one->net), ur__net_probabilities(&two->net), bytes) == 0))
          printf("       %s %s, token %d\n", forms[f][0], forms[f][1], t + 1);
        CHECK(recent(one) == (unmasked ? recent(two)
                              : t < 16 ? 1
                                       : 16) &&
              recent(two) == (t < 16 ? t + 1 : 16));
        if (t == 5) ur_trainer_keep(one, 0); /* may be told at any time */
        if (t == 5) CHECK(ur__net_push(&one->net, 3) == UR_OK && ur__net_push(&two->net, 3) == UR_OK);
        if (t == 5) ur_trainer_keep(one, 1), t++;
      }
    }
    ur_trainer_free(one);
    ur_trainer_free(two);
  }
}

/* A token takes the same multiply-adds for each one new, and those of its scores and sums for each it looks
 * at. */
static void test_work(void) {
  ur_settings settings = small("num_blocks", "1");
  ur_params *params = params_of(&settings);
  enum { D = 12, F = 20, SEEN = 9 };
  for (int new = 1; new <= SEEN; new += SEEN - 1) {
    const ur_tape_options options = {.batch = 1, .length = new, .source = SEEN};
    ur_work work[UR_OP_COUNT];
    ur_tape *tape = NULL;
    CHECK(ur__net_tape(&settings, params, UR__COUNTED, &options, &tape) == UR_OK);
    CHECK(ur_steps_work(tape, work) == UR_OK);
    /* of each new one its key and its value; of the last one the rest, and the vocabulary */
    CHECK(work[UR_OP_MATMUL].multiply_adds == (uint64_t)(2 * D * D * new + 2 * D *D + 2 * D *F + D *V));
    CHECK(work[UR_OP_DOTS].multiply_adds == D * SEEN && work[UR_OP_WEIGHTED_SUM].multiply_adds == D * SEEN);
    ur_tape_free(tape);
  }
  ur_params_free(params);
}

/* Each switch thrown during a run: the parameters stay, the rest goes on as if it had been opened so; thrown
 * back at the same update nothing has happened; a snapshot from before brings back what was then. */
static void test_thrown(void) {
  static const char *const thrown[][2] = {{"norm", "none"},  {"norm", "post"},  {"residual", "off"},
                                          {"mask", "off"},   {"scale", "off"},  {"feed_forward", "none"},
                                          {"places", "off"}, {"num_heads", "1"}};
  const ur_settings settings = small(NULL, NULL);
  ur_trainer *plain = trainer_of(&settings, 8);
  const uint64_t undisturbed = ur_trainer_hash(plain);
  for (size_t i = 0; i < sizeof thrown / sizeof *thrown; i++) {
    ur_trainer *trainer = trainer_of(&settings, 4), *opened = NULL;
    ur_step_report report;
    ur_buffer before = {0}, after = {0};
    char first[32];
    ur_settings at = *ur_trainer_settings(trainer);
    int row = 0;
    while (strcmp(at.rows[row]->key, thrown[i][0]) != 0) row++;
    ur_setting_text(&at, row, first, sizeof first);
    CHECK(ur_trainer_save(trainer, 1, &before) == UR_OK);
    const uint64_t hash = ur_trainer_hash(trainer);
    CHECK(ur_trainer_set(trainer, thrown[i][0], thrown[i][1]) == UR_OK && ur_trainer_hash(trainer) == hash);
    CHECK(ur_trainer_save(trainer, 1, &after) == UR_OK);
    CHECK(ur_trainer_load((ur_bytes){after.data, after.size}, (ur_bytes){NULL, 0}, &opened) == UR_OK);
    for (int n = 0; n < 4; n++)
      CHECK(ur_trainer_step(trainer, &report) == UR_OK && ur_trainer_step(opened, &report) == UR_OK);
    CHECK(ur_trainer_hash(trainer) == ur_trainer_hash(opened));
    if (!CHECK(ur_trainer_hash(trainer) != undisturbed)) printf("       %s\n", thrown[i][0]);
    CHECK(ur_trainer_restore(trainer, (ur_bytes){before.data, before.size}) == UR_OK);
    CHECK(ur_setting_get(ur_trainer_settings(trainer), thrown[i][0]) == at.values[row]);
    CHECK(ur_trainer_set(trainer, thrown[i][0], thrown[i][1]) == UR_OK &&
          ur_trainer_set(trainer, thrown[i][0], first) == UR_OK);
    for (int n = 0; n < 4; n++) CHECK(ur_trainer_step(trainer, &report) == UR_OK);
    CHECK(ur_trainer_hash(trainer) == undisturbed);
    ur_trainer_free(trainer);
    ur_trainer_free(opened);
    ur_buffer_free(&before);
    ur_buffer_free(&after);
  }
  CHECK(ur_trainer_set(plain, "num_heads", "5") == UR_E_SETTING);
  CHECK(strstr(ur_last_error()->message, "num_heads") != NULL);
  CHECK(ur_setting_get(ur_trainer_settings(plain), "num_heads") == ur_setting_get(&settings, "num_heads"));
  ur_trainer_free(plain);
  ur_settings beside = small("positions_join", "concatenated");
  CHECK(ur_settings_set(&beside, "places", "off") == UR_OK);
  CHECK(ur_trainer_create(&beside, (ur_bytes){NULL, 0}, &plain) == UR_E_SETTING);
}

/* With decay, warming up and a wave the same run twice, and from a snapshot on; another seed is another run,
 * 0 too.
 */
static void test_runs(void) {
  ur_settings settings = small("optimizer", "adamw");
  CHECK(ur_settings_set(&settings, "schedule", "cosine") == UR_OK &&
        ur_settings_set(&settings, "warm_up", "10") == UR_OK);
  ur_trainer *one = trainer_of(&settings, 20), *two = NULL;
  ur_step_report report;
  ur_buffer file = {0};
  CHECK(ur_trainer_save(one, 1, &file) == UR_OK);
  CHECK(ur_trainer_load((ur_bytes){file.data, file.size}, (ur_bytes){NULL, 0}, &two) == UR_OK);
  for (int i = 0; i < 40; i++)
    CHECK(ur_trainer_step(one, &report) == UR_OK && ur_trainer_step(two, &report) == UR_OK);
  CHECK(ur_trainer_hash(one) == ur_trainer_hash(two) && report.rate < 1e-9);
  uint64_t hashes[3];
  for (int seed = 0; seed < 3; seed++) {
    settings.seed = (uint64_t)seed;
    ur_trainer *trainer = trainer_of(&settings, 2);
    hashes[seed] = ur_trainer_hash(trainer);
    ur_trainer_free(trainer);
  }
  CHECK(hashes[0] != hashes[1] && hashes[1] != hashes[2] && hashes[0] != hashes[2]);
  ur_trainer_free(one);
  ur_trainer_free(two);
  ur_buffer_free(&file);
}

/* The mask of an update: so many left out, the rest larger by as much; another at every update, and with
 * another seed, 0 too; none where nothing is learned. Weights that are kept are those before it. */
static void test_dropout(void) {
  static const double share = 0.25;
  const ur_settings settings = small("dropout", "0.25");
  ur_trainer *one = trainer_of(&settings, 1);
  ur_tape *tape = one->net.train;
  const int drop = ur_tape_find(tape, "blocks.2.drop_a"), h = ur_tape_find(tape, "drop_h");
  const ur_node_view node = ur_tape_node(tape, drop), stream = ur_tape_node(tape, h);
  CHECK(drop != UR_NODE_NONE && ur_tape_find(one->net.evaluate, "drop_h") == UR_NODE_NONE &&
        ur_tape_find(one->net.next, "drop_h") == UR_NODE_NONE);
  const float *mask = ur_tape_value(tape, drop), *a = value(tape, "blocks.2.a");
  const size_t T = (size_t)node.shape[2], rows = (size_t)(node.shape[0] * node.shape[1]) * T;
  size_t left_out = 0;
  for (size_t i = 0; i < rows * T; i++) {
    CHECK(mask[i] == 0 || mask[i] == (float)(1 / (1 - share)));
    left_out += mask[i] == 0;
  }
  CHECK_NEAR((double)left_out / (double)(rows * T), share,
             4 * sqrt(share * (1 - share) / (double)(rows * T)));
  for (size_t r = 0; r < rows; r++) {
    double sum = 0;
    for (size_t s = 0; s < T; s++) sum += a[r * T + s];
    CHECK_NEAR(sum, 1, 1e-5);
  }
  /* of the stream of this update, in the order in which the graph asks */
  ur_rng first = ur_rng_stream(settings.seed, "dropout", 0),
         second = ur_rng_stream(settings.seed, "dropout", 1);
  const float *begun = ur_tape_value(tape, h);
  int another = 0;
  for (int i = 0; i < stream.shape[0] * stream.shape[1] * stream.shape[2]; i++) {
    const int out = (double)ur_rng_uniform(&first) < share;
    CHECK((begun[i] == 0) == out);
    another += out != ((double)ur_rng_uniform(&second) < share);
  }
  CHECK(another > 0);
  uint64_t hashes[4];
  for (int run = 0; run < 4; run++) {
    ur_settings changed = run == 3 ? small(NULL, NULL) : settings;
    changed.seed = run == 3 ? 1 : (uint64_t)run;
    ur_trainer *trainer = trainer_of(&changed, 2), *again = NULL;
    ur_step_report report;
    ur_buffer file = {0};
    CHECK(ur_trainer_save(trainer, 1, &file) == UR_OK);
    CHECK(ur_trainer_load((ur_bytes){file.data, file.size}, (ur_bytes){NULL, 0}, &again) == UR_OK);
    CHECK(ur_trainer_step(trainer, &report) == UR_OK && ur_trainer_step(again, &report) == UR_OK);
    hashes[run] = ur_trainer_hash(trainer);
    CHECK(ur_trainer_hash(again) == hashes[run]);
    for (int before = 0; before < run; before++) CHECK(hashes[before] != hashes[run]);
    ur_trainer_free(trainer);
    ur_trainer_free(again);
    ur_buffer_free(&file);
  }
  /* A walk and an evaluation know nothing of it. */
  ur_trainer *plain = NULL, *dropping = trainer_of(&settings, 0);
  ur_evaluation with, without;
  const ur_settings bare = small(NULL, NULL);
  plain = trainer_of(&bare, 0);
  CHECK(ur_trainer_evaluate(plain, 1, &without) == UR_OK && ur_trainer_evaluate(dropping, 1, &with) == UR_OK);
  CHECK(with.loss == without.loss);
  ur_trainer_free(plain);
  ur_trainer_free(dropping);
  ur_trainer_free(one);
}

static void test_rates(void) {
  double values[UR__TRAINING_SETTINGS] = {
      [UR__LEARNING_RATE] = 2, [UR__STEPS] = 110, [UR__WARM_UP] = 10, [UR__SCHEDULE] = UR__COSINE};
  CHECK_NEAR(ur__learning_rate(values, 5), 1, 1e-15);
  CHECK_NEAR(ur__learning_rate(values, 10), 2, 1e-15);
  CHECK_NEAR(ur__learning_rate(values, 60), 1, 1e-12);
  CHECK_NEAR(ur__learning_rate(values, 35), 2 * (1 + sqrt(0.5)) / 2, 1e-12);
  CHECK(ur__learning_rate(values, 110) == 0 && ur__learning_rate(values, 500) == 0);
  values[UR__STEPS] = 5;
  CHECK(ur__learning_rate(values, 3) < 2 && ur__learning_rate(values, 11) == 0);
}

/* Where there is no gradient, only the decay moves a weight; Adam's own step is apart from it. */
static void test_decay(void) {
  const double values[UR__TRAINING_SETTINGS] = {
      [UR__OPTIMIZER] = UR__ADAMW, [UR__LEARNING_RATE] = 0.5, [UR__WEIGHT_DECAY] = 0.1, [UR__EPSILON] = 1e-8};
  const ur__rule rule = ur__rule_of(values, 1);
  float theta[2] = {1, 1}, first[2] = {0}, second[2] = {0}, lines[UR__LINES_MAX][2];
  float *const to[UR__LINES_MAX] = {lines[0], lines[1], lines[2], lines[3], lines[4], lines[5], lines[6]};
  const float grad[2] = {0, 3};
  const ur__slot slot = {theta, first, second, 2};
  ur__rule_explain(&rule, &slot, grad, 1, to);
  CHECK(theta[0] == 1 && theta[1] == 1);
  ur__rule_apply(&rule, &slot, grad);
  CHECK_NEAR(theta[0], 0.95, 1e-7);
  CHECK_NEAR(theta[1], 0.45, 1e-6);
  CHECK(lines[6][0] == theta[0] && lines[6][1] == theta[1]);
}

static void test_refused(void) {
  static const struct {
    const char *key, *value, *says;
  } cases[] = {{"num_heads", "5", "num_heads should divide hidden_size, which 5 does not with 12"},
               {"context_size", "6", "tokens are to be seen at once, but context_size is 6"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const ur_settings settings = small(cases[i].key, cases[i].value);
    ur_trainer *trainer = NULL;
    CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) != UR_OK && trainer == NULL);
    if (!CHECK(strstr(ur_last_error()->message, cases[i].says) != NULL))
      printf("       %s\n", ur_last_error()->message);
  }
  ur_settings odd = small("hidden_size", "9");
  CHECK(ur_settings_set(&odd, "positions", "sinusoidal") == UR_OK);
  ur_trainer *trainer = NULL;
  CHECK(ur_trainer_create(&odd, (ur_bytes){NULL, 0}, &trainer) == UR_E_SETTING);
  CHECK(strstr(ur_last_error()->message, "hidden_size 9 leaves 9 numbers for a place") != NULL);
  /* What does not fit is refused with its bytes. */
  ur_settings large = small("hidden_size", "1020");
  CHECK(ur_settings_set(&large, "num_blocks", "12") == UR_OK &&
        ur_settings_set(&large, "feed_forward_size", "4096") == UR_OK);
  CHECK(ur_trainer_create(&large, (ur_bytes){NULL, 0}, &trainer) == UR_E_MEMORY && trainer == NULL);
  CHECK(strstr(ur_last_error()->message, "MB") != NULL || strstr(ur_last_error()->message, "bytes") != NULL);
}

static void test_no_memory(void) {
  static const char text[] = "ada\nbea\ncara\ndora\n";
  ur_settings settings = small("num_blocks", "1");
  settings.task = "lines";
  int done = 0;
  long n = 0;
  float p[2][32];
  for (; !done && n < 3000; n++) {
    ur_trainer *trainer = NULL;
    ur_walk *walk = NULL;
    ur_step_report report;
    ur__alloc_fail_after(n);
    ur_status status =
        ur_trainer_create(&settings, (ur_bytes){(const uint8_t *)text, sizeof text - 1}, &trainer);
    if (status == UR_OK) status = ur_trainer_step(trainer, &report);
    if (status == UR_OK) status = ur_walk_create(trainer, "ada", &walk);
    if (status == UR_OK) status = ur_trainer_next(trainer, &(ur_sampling){1, 0, 1}, "ada", p[0], p[1]);
    ur__alloc_fail_after(-1);
    CHECK(status == UR_OK || status == UR_E_MEMORY);
    done = status == UR_OK;
    ur_walk_free(walk);
    ur_trainer_free(trainer);
  }
  CHECK(done && n > 100);
}

static void test_gradcheck(void) {
  for (int f = 0; f < FORMS; f++) {
    const ur_settings settings = small(forms[f][0], forms[f][1]);
    ur_trainer *trainer = trainer_of(&settings, 0);
    ur_gradcheck result;
    CHECK(ur_trainer_gradcheck(trainer, CHECK_OF(12, 3), &result) == UR_OK);
    if (!CHECK(result.worst < 1e-6 && result.checked > CHECK_OF(100, 40)))
      printf("       %s: %g\n", forms[f][1], result.worst);
    ur_trainer_free(trainer);
  }
}

int main(void) {
  TEST("lowerings") { test_lowerings(); }
  TEST("padding, masked") { test_padding("on"); }
  TEST("padding, all seen") { test_padding("off"); }
  TEST("causal") { test_causal(); }
  TEST("gradients") { test_gradcheck(); }
  TEST("writing") { test_writing(); }
  TEST("kept") { test_kept(); }
  TEST("work") { test_work(); }
  TEST("thrown") { test_thrown(); }
  TEST("runs") { test_runs(); }
  TEST("dropout") { test_dropout(); }
  TEST("rates") { test_rates(); }
  TEST("decay") { test_decay(); }
  TEST("refused") { test_refused(); }
  TEST("no memory") { test_no_memory(); }
  return check_done();
}

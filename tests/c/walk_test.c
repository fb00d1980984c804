/* The walk: forwards, backwards, clipping, and each parameter's update in the optimiser's own lines. */
#include <math.h>
#include <stdlib.h>

#include "alloc.h"
#include "kernels.h"
#include "optimizer.h"
#include "run.h"
#include "trainer.h"

static int bits_equal(const float *a, const float *b, size_t n) { return memcmp(a, b, n * sizeof *a) == 0; }

static void test_positions(void) {
  ur_trainer *trainer = run_new("rnn_lm", NULL);
  ur_walk *walk = NULL;
  run_steps(trainer, 3);
  const uint64_t hash = ur_trainer_hash(trainer);
  if (!CHECK(ur_walk_create(trainer, "bad", &walk) == UR_OK)) return;
  ur_tape *tape = ur_walk_tape(walk);
  const int graph = ur_tape_walk_length(tape), end = ur_walk_length(walk);
  CHECK(end == graph + 1 + 6 && ur_walk_position(walk) == 0);

  /* <start> b a d -> b a d <end> over <start> <end> a b c d e f g */
  static const int x[] = {0, 3, 2, 5}, y[] = {3, 2, 5, 1};
  for (int t = 1; t <= 4; t++) {
    char path[32];
    snprintf(path, sizeof path, "rnn.%d.x", t);
    CHECK(*(const int32_t *)ur_tape_value(tape, ur_tape_find(tape, path)) == x[t - 1]);
    snprintf(path, sizeof path, "rnn.%d.y", t);
    CHECK(*(const int32_t *)ur_tape_value(tape, ur_tape_find(tape, path)) == y[t - 1]);
  }
  const ur_update_line *lines;
  int count;
  CHECK(ur_walk_to(walk, graph) == UR_OK && ur_walk_grad_norm(walk) == 0 && ur_walk_clip_scale(walk) == 1);
  CHECK(ur_walk_update(walk, 0, &lines, &count) == UR_E_STATE);
  CHECK(ur_walk_to(walk, graph + 1) == UR_OK && ur_walk_grad_norm(walk) > 0);
  CHECK(ur_walk_update(walk, 6, &lines, &count) == UR_E_ARGUMENT &&
        ur_walk_update(walk, -1, &lines, &count) == UR_E_ARGUMENT);
  CHECK(ur_walk_to(walk, end) == UR_OK && ur_walk_position(walk) == end);
  CHECK(ur_walk_to(walk, end + 1) == UR_E_ARGUMENT && ur_walk_to(walk, -1) == UR_E_ARGUMENT);
  CHECK(ur_trainer_hash(trainer) == hash); /* it only looks */

  /* The mean of -log of what the run itself says comes next. */
  const ur_sampling how = {1, 0, 1};
  double sum = 0;
  for (int t = 0; t < 4; t++) {
    float before[16], after[16];
    char prefix[4] = "";
    memcpy(prefix, "bad", (size_t)t);
    CHECK(ur_trainer_next(trainer, &how, prefix, before, after) == UR_OK);
    char path[32];
    snprintf(path, sizeof path, "rnn.%d.y_hat", t + 1);
    CHECK(bits_equal(before, ur_tape_value(tape, ur_tape_find(tape, path)), 9));
    sum -= log(before[y[t]]);
  }
  CHECK_NEAR(*(const float *)ur_tape_value(tape, ur_tape_find(tape, "J")), sum / 4, 1e-6);
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

static void test_texts(void) {
  ur_trainer *trainer = run_new("rnn_lm", NULL), *counts = run_new("ngram_lm", NULL);
  ur_walk *walk = NULL;
  char text[80] = "";
  CHECK(ur_walk_create(trainer, "", &walk) == UR_E_TEXT && walk == NULL);
  CHECK(ur_walk_create(trainer, "bax", &walk) == UR_E_TEXT && strstr(ur_last_error()->message, " x") != NULL);
  memset(text, 'a', 65);
  CHECK(ur_walk_create(trainer, text, &walk) == UR_E_TEXT && walk == NULL);
  text[64] = 0;
  CHECK(ur_walk_create(trainer, text, &walk) == UR_OK && ur_walk_to(walk, ur_walk_length(walk)) == UR_OK);
  ur_walk_free(walk);
  CHECK(ur_walk_create(counts, "a", &walk) == UR_E_STATE && walk == NULL);
  ur_trainer_free(trainer);
  ur_trainer_free(counts);
}

/* Adam as Kingma and Ba write it, one operation a line, in float. */
static void adam_by_hand(const ur__rule *r, const ur__slot *s, float g, size_t i, float *line) {
  const float m = r->beta1 * s->first[i], m_new = (1 - r->beta1) * g;
  const float v = r->beta2 * s->second[i], v_new = (1 - r->beta2) * (g * g);
  line[1] = m + m_new;
  line[2] = v + v_new;
  line[3] = line[1] * r->correct1;
  line[4] = line[2] * r->correct2;
  const float top = r->rate * line[3], below = sqrtf(line[4]) + r->epsilon;
  line[5] = top / below;
  line[6] = s->theta[i] - line[5];
}

/* The last line is what the kernel leaves behind, bit for bit, and the lines before it lead there. */
static void test_lines(const char *optimizer, const char *clip, const char *names) {
  ur_trainer *trainer = run_new("rnn_lm", (const char *[]){"optimizer", optimizer, "clip_norm", clip, NULL});
  ur_walk *walk;
  run_steps(trainer, 5);
  CHECK(ur_walk_create(trainer, "face", &walk) == UR_OK && ur_walk_to(walk, ur_walk_length(walk)) == UR_OK);
  const ur__net *net = &trainer->net;
  const ur__rule rule = ur__rule_of(ur__training_values(&trainer->settings), 6);
  const float *grads = ur_tape_param_grads(ur_walk_tape(walk));
  const float scale = (float)ur_walk_clip_scale(walk);
  CHECK(strcmp(clip, "0") == 0 ? scale == 1 : scale < 1);
  for (int i = 0; i < ur_params_count(net->params); i++) {
    const ur_param_view view = ur_params_view(net->params, i);
    const size_t n = view.size, at = view.offset;
    const ur_update_line *lines;
    int count;
    char joined[80] = "";
    if (!CHECK(ur_walk_update(walk, i, &lines, &count) == UR_OK)) continue;
    for (int l = 0; l < count; l++) strcat(strcat(joined, lines[l].name), " ");
    CHECK(strcmp(joined, names) == 0);

    float *copy = malloc(4 * n * sizeof *copy);
    const ur__slot old = {ur_params_data(net->params) + at, net->first + at, net->second + at, n};
    const ur__slot updated = {copy, copy + n, copy + 2 * n, n};
    memcpy(updated.theta, old.theta, n * sizeof *copy);
    memcpy(updated.first, old.first, n * sizeof *copy);
    memcpy(updated.second, old.second, n * sizeof *copy);
    ur__f32_scale(copy + 3 * n, grads + at, scale, n);
    ur__rule_apply(&rule, &updated, copy + 3 * n);
    CHECK(bits_equal(lines[count - 1].values, updated.theta, n));
    CHECK(bits_equal(lines[0].values, copy + 3 * n, n));
    for (size_t k = 0; k < n; k++) {
      const float stepped = old.theta[k] - lines[count - 2].values[k];
      CHECK(bits_equal(&stepped, &lines[count - 1].values[k], 1));
      if (rule.kind != UR__ADAM) continue;
      float line[7];
      adam_by_hand(&rule, &old, lines[0].values[k], k, line);
      for (int l = 1; l < 7; l++) CHECK(bits_equal(&line[l], &lines[l].values[k], 1));
    }
    free(copy);
  }
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

/* The walk's gradients are those of an update on the same text. */
static void test_same_as_training(void) {
  static const char text[] = "face\ncafe\n"; /* one line to train on, one unseen */
  const ur_settings settings =
      run_settings("rnn_lm", (const char *[]){"optimizer", "sgd", "clip_norm", "0", NULL});
  ur_trainer *trainer;
  ur_walk *walk;
  ur_step_report report;
  ur_buffer unseen = {0};
  CHECK(ur_trainer_create(&settings, (ur_bytes){(const uint8_t *)text, sizeof text - 1}, &trainer) == UR_OK);
  CHECK(ur_trainer_example(trainer, 0, &unseen) == UR_OK);
  const char *learned = strcmp((const char *)unseen.data, "face") == 0 ? "cafe" : "face";
  ur_buffer_free(&unseen);
  CHECK(ur_walk_create(trainer, learned, &walk) == UR_OK && ur_walk_to(walk, ur_walk_length(walk)) == UR_OK);
  const double norm = ur_walk_grad_norm(walk);
  const float loss = *(const float *)ur_tape_value(ur_walk_tape(walk), ur_tape_find(ur_walk_tape(walk), "J"));
  const ur_update_line *lines;
  int count;
  CHECK(ur_walk_update(walk, 2, &lines, &count) == UR_OK);
  CHECK(ur_trainer_step(trainer, &report) == UR_OK);
  CHECK((float)report.loss == loss);
  CHECK_NEAR(report.grad_norm, norm, 1e-6 * norm);
  const ur_param_view W_h = ur_params_view(ur_trainer_params(trainer), 2);
  for (size_t i = 0; i < W_h.size; i++)
    CHECK_NEAR(ur_params_data(ur_trainer_params(trainer))[W_h.offset + i], lines[count - 1].values[i], 1e-7);
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

/* After an update the walk shows the new parameters, at whatever position it is asked for. */
static void test_follows(void) {
  ur_trainer *trainer = run_new("rnn_lm", NULL);
  ur_walk *walk, *fresh;
  CHECK(ur_walk_create(trainer, "bad", &walk) == UR_OK);
  const int graph = ur_tape_walk_length(ur_walk_tape(walk));
  const int positions[] = {graph / 2, graph / 2, graph / 2 + 3, graph, graph + 1, 4};
  for (int i = 0; i < 6; i++) {
    CHECK(ur_walk_to(walk, positions[i]) == UR_OK);
    run_steps(trainer, 1);
    CHECK(ur_walk_create(trainer, "bad", &fresh) == UR_OK);
    CHECK(ur_walk_to(walk, positions[i]) == UR_OK && ur_walk_to(fresh, positions[i]) == UR_OK);
    for (int id = 0; id < ur_tape_count(ur_walk_tape(walk)); id++) {
      ur_buffer one = {0}, other = {0};
      ur_node_json(ur_walk_tape(walk), id, 1, 1, &one);
      ur_node_json(ur_walk_tape(fresh), id, 1, 1, &other);
      if (!CHECK(same_bytes(&one, &other)))
        printf("       position %d: %.60s\n", positions[i], (char *)one.data);
      ur_buffer_free(&one);
      ur_buffer_free(&other);
    }
    CHECK(ur_walk_grad_norm(walk) == ur_walk_grad_norm(fresh));
    ur_walk_free(fresh);
  }
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

static void test_node_json(void) {
  ur_trainer *trainer = run_new("rnn_lm", NULL);
  ur_walk *walk;
  ur_buffer out = {0};
  CHECK(ur_walk_create(trainer, "a", &walk) == UR_OK && ur_walk_to(walk, ur_walk_length(walk)) == UR_OK);
  ur_tape *tape = ur_walk_tape(walk);
  ur_node_json(tape, ur_tape_find(tape, "rnn.1.h"), 0, 0, &out);
  CHECK(strcmp((const char *)out.data,
               "{\"path\":\"rnn.1.h\",\"op\":\"tanh\",\"role\":\"activation\",\"axes\":\"BH\","
               "\"shape\":[1,6],\"time\":1,\"inputs\":[\"rnn.1.a\"]}") == 0);
  out.size = 0;
  ur_node_json(tape, ur_tape_find(tape, "rnn.2.x"), 1, 1, &out);
  CHECK(strcmp((const char *)out.data,
               "{\"path\":\"rnn.2.x\",\"op\":\"leaf\",\"role\":\"input\",\"axes\":\"B\","
               "\"shape\":[1],\"time\":2,\"inputs\":[],\"value\":[2]}") == 0);
  out.size = 0;
  ur_node_json(tape, ur_tape_find(tape, "J"), 0, 1, &out);
  CHECK(strstr((const char *)out.data, "\"grad\":[1],\"edges\":[[0.5],[0.5],null]}") != NULL);
  ur_buffer_free(&out);
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

static void test_no_memory(void) {
  ur_trainer *trainer = run_new("rnn_lm", NULL);
  ur_walk *walk = NULL;
  long n = 0;
  for (;; n++) {
    ur__alloc_fail_after(n);
    const ur_status status = ur_walk_create(trainer, "bad", &walk);
    ur__alloc_fail_after(-1);
    if (status == UR_OK) break;
    CHECK(status == UR_E_MEMORY && walk == NULL);
  }
  CHECK(n > 3);
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

int main(void) {
  TEST("positions") { test_positions(); }
  TEST("texts") { test_texts(); }
  TEST("lines of the optimiser") {
    test_lines("sgd", "0", "g step theta ");
    test_lines("momentum", "0.1", "g velocity step theta ");
    test_lines("adam", "0.1", "g m v m_hat v_hat step theta ");
    test_lines("adam", "0", "g m v m_hat v_hat step theta ");
  }
  TEST("the same as training") { test_same_as_training(); }
  TEST("follows the parameters") { test_follows(); }
  TEST("node as JSON") { test_node_json(); }
  TEST("no memory") { test_no_memory(); }
  return check_done();
}

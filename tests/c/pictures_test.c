/* The tasks caption and relation, and the model transformer over patches: what is drawn and said of it, its
 * text, what is held back, both lowerings and differences, words by an encoder of blocks or none, and which
 * patch a word hangs on. */
#include "pictures.h"

#include <math.h>
#include <string.h>

#include "alike.h"
#include "check.h"
#include "decode.h"
#include "trained.h"
#include "trainer.h"
#include "unroll/covered.h"

/* "key=value ..." over a small net. */
static ur_settings small(const char *task, const char *more) {
  ur_settings settings;
  char key[32], value[32];
  int used;
  CHECK(ur_settings_init(&settings, "transformer", task) == UR_OK);
  for (const char *at = "hidden_size=12 num_heads=2 feed_forward_size=10 batch_size=8 positions=sinusoidal";
       sscanf(at, " %31[^=]=%31s%n", key, value, &used) == 2; at += used)
    CHECK(ur_settings_set(&settings, key, value) == UR_OK);
  for (; sscanf(more, " %31[^=]=%31s%n", key, value, &used) == 2; more += used)
    CHECK(ur_settings_set(&settings, key, value) == UR_OK);
  return settings;
}

static ur_trainer *writer_of(const char *task, const char *more, int updates) {
  const ur_settings settings = small(task, more);
  return trainer_of(&settings, updates);
}

/* What is right for a picture that is told, as text. */
static const char *said(const char *name, const char *text) {
  static char out[64];
  ur_trainer *trainer = writer_of(name, "", 0);
  int32_t tokens[UR_WRITTEN_MAX];
  int count = 0;
  ur_buffer words = {0};
  CHECK(ur_trainer_answer(trainer, text, tokens, &count) == UR_OK);
  ur_buffer_append(&words, "", 0);
  ur_trainer_text(trainer, tokens, count, &words);
  snprintf(out, sizeof out, "%s", words.size > 0 ? (const char *)words.data : "");
  ur_buffer_free(&words);
  ur_trainer_free(trainer);
  return out;
}

static void test_said(void) {
  CHECK(strcmp(said("caption", "red circle 0 0, blue square 0 2"), "red circle and blue square") == 0);
  CHECK(strcmp(said("caption", "blue square 0 2 red circle 0 0 noise 3"), "red circle and blue square") == 0);
  CHECK(strcmp(said("relation", "red circle 1 0, blue square 1 1"), "red circle left of blue square") == 0);
  CHECK(strcmp(said("relation", "green cross 2 1, yellow triangle 0 1"),
               "yellow triangle above green cross") == 0);
  CHECK(strcmp(said("relation", "red circle 0 0, blue square 1 1"), "") == 0);
  CHECK(strcmp(said("caption", "red circle 0 0"), "") == 0);
  CHECK(strcmp(said("caption", "red circle 0 0, red cross 0 1, red square 0 2"), "") == 0);
  CHECK(strcmp(said("caption", ""), "") == 0);
}

static void test_refused(void) {
  static const char *const texts[] = {"red",
                                      "red circle",
                                      "red circle 0",
                                      "red circle 3 0",
                                      "circle red 0 0",
                                      "red circle 0 0, blue square 0 0",
                                      "noise",
                                      "noise 1000000",
                                      "cover 0",
                                      "pink dog 0 0",
                                      "red circle 0 -1",
                                      "noise 1.5",
                                      "reds circle 0 0"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    ur__picture picture;
    if (!CHECK(ur__picture_read(texts[i], &picture) == UR_E_TEXT)) printf("       %s\n", texts[i]);
  }
}

/* Two different things in one row or column; told, and read again, they are the same picture to the bit. */
static void test_drawn(void) {
  const ur__task *task = ur__task_find("relation");
  const double values[UR__PICTURE_SETTINGS] = {0.05};
  ur__batch both;
  int beside = 0, above = 0;
  CHECK(ur__batch_room(task->arrays, 2, UR__PICTURE_WORDS + 1, UR__PATCHES, &both) == UR_OK);
  const float *source = ur__batch_reals(&both, "source");
  for (uint64_t i = 0; i < 300; i++) {
    ur_rng stream = ur_rng_stream(5, "test", i);
    const ur__picture picture = ur__picture_draw(&stream);
    ur__picture again;
    ur_buffer text = {0};
    int32_t words[UR__PICTURE_WORDS];
    int things = 0, kinds[2] = {-1, -1};
    for (int p = 0; p < UR__PATCHES; p++)
      if (picture.things[p] >= 0 && CHECK(things < 2)) kinds[things++] = picture.things[p];
    CHECK(things == 2 && kinds[0] != kinds[1] && picture.covered == 0);
    const int n = ur__picture_write(task, &picture, words);
    beside += n == 6, above += n == 5;
    for (int t = 0; t < n; t++) {
      const int place = ur__picture_place(&picture, n, t);
      CHECK(t < 2 || t >= n - 2 ? picture.things[place] == kinds[t >= 2] : place == -1);
    }
    ur__picture_print(&picture, &text);
    ur_buffer_append(&text, "", 1);
    CHECK(ur__picture_read((const char *)text.data, &again) == UR_OK);
    CHECK(ur__picture_hash(&picture) == ur__picture_hash(&again) && picture.noise == again.noise);
    ur__picture_fill(task, values, &picture, 0, &both);
    ur__picture_fill(task, values, &again, 1, &both);
    double off = 0;
    for (int p = 0; p < UR__PATCHES; p++) {
      const float *one = source + 2 * p * UR__PATCH_NUMBERS;
      CHECK(memcmp(one, one + UR__PATCH_NUMBERS, UR__PATCH_NUMBERS * sizeof *one) == 0);
      for (int k = 0; k < UR__PATCH_NUMBERS; k++) {
        CHECK(one[k] >= 0 && one[k] <= 1);
        if (picture.things[p] < 0) off += (1 - (double)one[k]) * (1 - (double)one[k]);
      }
    }
    /* White with noise of 0.05, of which what is above 1 is cut off. */
    CHECK_NEAR(sqrt(2 * off / (7 * UR__PATCH_NUMBERS)), 0.05, 0.005);
    ur_buffer_free(&text);
  }
  CHECK(beside + above == 300 && beside > 120 && above > 120);
  ur__batch_free(&both);
}

/* A covered patch is white; another shape, or another noise, changes no other patch. */
static void test_covered_patch(void) {
  static const char *const texts[] = {"red circle 0 0, noise 9", "red circle 0 0, cover 0 0, noise 9",
                                      "red circle 0 0, blue cross 2 2, noise 9"};
  const ur__task *task = ur__task_find("caption");
  const double values[UR__PICTURE_SETTINGS] = {0.05};
  ur__batch batch;
  CHECK(ur__batch_room(task->arrays, 3, UR__PICTURE_WORDS + 1, UR__PATCHES, &batch) == UR_OK);
  for (int b = 0; b < 3; b++) {
    ur__picture picture;
    CHECK(ur__picture_read(texts[b], &picture) == UR_OK);
    CHECK(ur__picture_fill(task, values, &picture, b, &batch) == 0);
  }
  const float *source = ur__batch_reals(&batch, "source");
  const size_t bytes = UR__PATCH_NUMBERS * sizeof *source;
  for (int p = 0; p < UR__PATCHES; p++, source += 3 * UR__PATCH_NUMBERS) {
    const float *covered = source + UR__PATCH_NUMBERS, *more = covered + UR__PATCH_NUMBERS;
    CHECK((memcmp(source, covered, bytes) == 0) == (p != 0) &&
          (memcmp(source, more, bytes) == 0) == (p != 8));
    for (int k = 0; p == 0 && k < UR__PATCH_NUMBERS; k++) CHECK(covered[k] == 1);
  }
  ur__batch_free(&batch);
}

/* What stands where in an unseen picture is in none that is trained on. */
static void test_held_back(void) {
  ur_trainer *trainer = writer_of("caption", "", 0);
  const ur__examples *examples = &trainer->examples;
  ur__batch batch = trainer->net.room;
  CHECK(examples->distinct > 450 && examples->distinct <= UR__UNSEEN);
  for (uint64_t i = 0; i < 40; i++) {
    const ur__picture unseen = ur__examples_picture(examples, i);
    int held = 0;
    for (uint32_t k = 0; k < examples->distinct; k++)
      held += examples->unseen[k] == ur__picture_hash(&unseen);
    CHECK(held == 1);
  }
  batch.count = 8;
  ur__examples_fill(examples, 0, 0, &batch);
  CHECK(batch.length == 6 && batch.source == 9 && batch.predicted == 48 && batch.source_lengths[7] == 9);
  ur_trainer_free(trainer);
  trainer = writer_of("relation", "", 0);
  batch = trainer->net.room, batch.count = 8;
  ur__examples_fill(&trainer->examples, 0, 0, &batch);
  CHECK(batch.length == 7 && batch.predicted > 48 && batch.predicted < 56);
  ur_trainer_free(trainer);
}

static const char *const forms[] = {"encoder=none num_heads=1", "encoder=blocks",
                                    "source_layers=1 num_blocks=2", "positions=learned encoder=none"};

/* Values equal bit for bit, gradients to 1e-6 of their norm; and against differences. */
static void test_lowerings(void) {
  for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
    ur_trainer *trainer = writer_of(f % 2 ? "relation" : "caption", forms[f], 2);
    const ur_settings *settings = ur_trainer_settings(trainer);
    ur_params *params = ur_trainer_params(trainer);
    ur__batch batch = trainer->net.room;
    ur_tape *tapes[2] = {NULL, NULL};
    batch.count = 3;
    ur__examples_fill(&trainer->examples, 0, 0, &batch);
    for (int i = 0; i < 2; i++) {
      const ur_tape_options options = {
          .batch = 3, .length = batch.length, .source = batch.source, .gradients = 1, .edges = i};
      CHECK(ur__net_tape(settings, params, i ? UR__UNROLLED : UR__FUSED, &options, &tapes[i]) == UR_OK);
      CHECK(ur__net_feed(tapes[i], &batch) == UR_OK && ur_tape_forward(tapes[i]) == UR_OK &&
            ur_tape_backward(tapes[i]) == UR_OK);
    }
    CHECK((ur_tape_find(tapes[1], "encoder.1.out") == UR_NODE_NONE) == (strstr(forms[f], "none") != NULL));
    CHECK((ur_tape_find(tapes[1], "z_1_source") == UR_NODE_NONE) == (strstr(forms[f], "layers=1") != NULL));
    const size_t cells = (size_t)(batch.length * 3 * trainer->corpus.vocabulary_size);
    CHECK(memcmp(ur_tape_value(tapes[0], ur_tape_find(tapes[0], "logits")),
                 ur_tape_value(tapes[1], ur_tape_find(tapes[1], "logits")), cells * sizeof(float)) == 0);
    CHECK(check_alike(ur_tape_param_grads(tapes[0]), ur_tape_param_grads(tapes[1]), ur_params_size(params),
                      forms[f]) > 0);
    for (int i = 0; i < 2; i++) ur_tape_free(tapes[i]);
    ur_gradcheck result;
    CHECK(ur_trainer_gradcheck(trainer, CHECK_OF(8, 2), &result) == UR_OK && result.worst < 1e-6);
    ur_trainer_free(trainer);
  }
}

static const char picture[] = "red circle 0 0, blue square 0 2, noise 7";

/* What is written token by token is what the whole graph says; a file brings the net back. */
static void test_written(void) {
  for (size_t f = 0; f < 2; f++) {
    ur_trainer *trainer = writer_of("caption", forms[f], 60), *loaded = NULL;
    ur_buffer bytes = {0}, text[2] = {{0}, {0}};
    ur_beam beam;
    ur_walk *walk = NULL;
    int count;
    CHECK(ur_trainer_save(trainer, 0, &bytes) == UR_OK);
    CHECK(ur_trainer_load((ur_bytes){bytes.data, bytes.size}, (ur_bytes){NULL, 0}, &loaded) == UR_OK);
    CHECK(ur_trainer_hash(trainer) == ur_trainer_hash(loaded));
    const ur_sampling greedy = {.temperature = 0, .top_p = 1};
    CHECK(ur_trainer_sample(trainer, &greedy, 0, picture, &text[0]) == UR_OK);
    CHECK(ur_trainer_beam(loaded, picture, 3, 0, &beam) == UR_OK && beam.source == 9 && beam.read[0] == -1);
    ur_beam_free(&beam);
    CHECK(ur_walk_create_pair(loaded, picture, NULL, &walk) == UR_OK);
    const int32_t *goals = ur_walk_read(walk, UR_READ_GOALS, &count);
    ur_trainer_text(loaded, goals, count, &text[1]);
    CHECK(text[0].size == text[1].size && memcmp(text[0].data, text[1].data, text[0].size) == 0);
    CHECK(ur_walk_read(walk, UR_READ_SOURCE, &count) == NULL && count == 0);
    ur_walk_free(walk);
    for (int i = 0; i < 2; i++) ur_buffer_free(&text[i]);
    ur_buffer_free(&bytes);
    ur_trainer_free(loaded);
    ur_trainer_free(trainer);
  }
}

/* Each fall is what the same words lose when the text covers that patch; looks are those of the alignment. */
static void test_hangs(void) {
  ur_trainer *trainer = writer_of("relation", "num_blocks=2", 40);
  ur_covered as_is, other;
  ur_alignment alignment;
  static const char words[] = "red circle left of blue square";
  CHECK(ur_covered_read(trainer, picture, words, &as_is) == UR_OK && as_is.steps == 7 && as_is.patches == 9);
  CHECK(memcmp(as_is.words, as_is.right, 7 * sizeof *as_is.words) == 0 && as_is.words[6] == UR__END);
  static const int32_t places[] = {0, 0, -1, -1, 2, 2, -1};
  CHECK(memcmp(as_is.places, places, sizeof places) == 0);
  CHECK(ur_trainer_alignment(trainer, picture, words, &alignment) == UR_OK);
  for (int i = 0; i < 7 * 9; i++) CHECK_NEAR(as_is.looks[i], alignment.weights[i], 1e-6);
  for (int p = 0; p < 9; p++) {
    char covered[80];
    snprintf(covered, sizeof covered, "%s, cover %d %d", picture, p / 3, p % 3);
    CHECK(ur_covered_read(trainer, covered, words, &other) == UR_OK);
    for (int t = 0; t < 7; t++) CHECK_NEAR(as_is.falls[9 * t + p], as_is.log_p[t] - other.log_p[t], 1e-5);
    for (int t = 0; t < 7; t++) CHECK(other.falls[9 * t + p] == 0);
    CHECK(other.picture[p * UR__PATCH_NUMBERS] == 1);
    ur_covered_free(&other);
  }
  ur_alignment_free(&alignment);
  ur_covered_free(&as_is);
  CHECK(ur_covered_read(trainer, "red circle 1 1", NULL, &other) == UR_OK && other.right[0] == -1 &&
        other.places[0] == -1);
  ur_covered_free(&other);
  CHECK(ur_covered_read(trainer, "red", NULL, &other) == UR_E_TEXT);
  CHECK(ur_covered_read(trainer, picture, "red dog", &other) == UR_E_TEXT);
  CHECK(ur_covered_read(trainer, picture, "red red red red red red red red red red", &other) == UR_E_TEXT);
  ur_trainer_free(trainer);
}

static void test_counts(void) {
  ur_trainer *trainer = writer_of("caption", "encoder=none num_heads=1", 0);
  ur_cover_counts counts;
  CHECK(ur_cover_counts_of(trainer, 30, &counts) == UR_OK);
  CHECK(counts.words[UR_COVER_COLOUR] == 60 && counts.words[UR_COVER_SHAPE] == 60 &&
        counts.words[UR_COVER_OTHER] == 60);
  for (int kind = 0; kind < UR_COVER_KINDS; kind++) {
    CHECK(counts.looked[kind] >= 0 && counts.looked[kind] < 0.7 && counts.missed[kind] < 0.9);
    CHECK(counts.look[kind] > 1.0 / 9 && counts.look[kind] < 1);
  }
  CHECK(counts.looked[UR_COVER_OTHER] == 0 && counts.missed[UR_COVER_OTHER] == 0);
  CHECK(ur_cover_counts_of(trainer, 0, &counts) == UR_E_ARGUMENT);
  CHECK(ur_cover_counts_of(trainer, 513, &counts) == UR_E_ARGUMENT);
  ur_trainer_free(trainer);
  ur_settings settings;
  CHECK(ur_settings_init(&settings, "transformer", "reverse") == UR_OK);
  trainer = trainer_of(&settings, 0);
  CHECK(ur_cover_counts_of(trainer, 1, &counts) == UR_E_STATE);
  ur_trainer_free(trainer);
}

int main(void) {
  TEST("what is said") test_said();
  TEST("what is refused") test_refused();
  TEST("what is drawn") test_drawn();
  TEST("a covered patch") test_covered_patch();
  TEST("held back") test_held_back();
  TEST("both lowerings") test_lowerings();
  TEST("what is written") test_written();
  TEST("what a word hangs on") test_hangs();
  TEST("over many") test_counts();
  return check_done();
}

/* Files of PyTorch: what runs out of memory or is damaged is refused in a sentence, and nothing is left
 * behind. That the numbers are PyTorch's is for tests/cli/pytorch.test.ts to say. */
#include <stdlib.h>

#include "alloc.h"
#include "run.h"
#include "safetensors.h"
#include "unroll/pytorch.h"

/* The weights of a small run, as they are exported: they carry their vocabulary. */
static ur_buffer exported(const char *model, const char *const *more) {
  ur_trainer *trainer = run_new(model, more);
  ur_buffer out = {0};
  run_steps(trainer, 2);
  CHECK(ur_pytorch_write(trainer, &out) == UR_OK);
  ur_trainer_free(trainer);
  return out;
}

static const ur_pytorch_how nothing_said = {0};
static const char *const heads[] = {"num_heads", "2", "feed_forward_size", "5", "context_size", "9", NULL};

static ur_status opened(const ur_buffer *file, const ur_pytorch_how *how) {
  ur_buffer out = {0};
  ur_tensors_read told;
  ur_trainer *trainer = NULL;
  const ur_status status = ur_pytorch_read(bytes_of(file), how, &told, &out);
  if (status == UR_OK)
    CHECK(ur_trainer_load(bytes_of(&out), (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  else
    CHECK(out.size == 0 && ur_last_error()->message[0] != 0);
  ur_trainer_free(trainer);
  ur_buffer_free(&out);
  return status;
}

/* There and back the function is the same, so that the parameters are: biases were one, and are again. */
static void test_there_and_back(const char *model, const char *const *more) {
  ur_trainer *trainer = run_new(model, more), *back = NULL;
  ur_buffer theirs = {0}, ours = {0};
  ur_tensors_read told;
  run_steps(trainer, 3);
  CHECK(ur_pytorch_write(trainer, &theirs) == UR_OK && ur_is_pytorch(bytes_of(&theirs)) == 2);
  if (!CHECK(ur_pytorch_read(bytes_of(&theirs), &nothing_said, &told, &ours) == UR_OK))
    printf("       %s\n", ur_last_error()->message);
  CHECK(!ur_is_pytorch(bytes_of(&ours)) && told.unused == 0 && told.f16 == 0);
  CHECK(ur_trainer_load(bytes_of(&ours), run_corpus(), &back) == UR_OK);
  CHECK(ur_trainer_hash(back) == ur_trainer_hash(trainer));
  run_steps(back, 1);
  ur_buffer_free(&theirs);
  ur_buffer_free(&ours);
  ur_trainer_free(trainer);
  ur_trainer_free(back);
}

static void test_described(void) {
  ur_buffer file = exported("gru_lm", (const char *[]){"num_layers", "2", NULL}), out = {0};
  CHECK(ur_pytorch_describe(bytes_of(&file), NULL, &out) == UR_OK);
  static const char asked[] =
      "{\"model\":\"gru_lm\",\"cell\":\"gru\",\"layers\":2,\"directions\":1,\"embedding_size\":3,"
      "\"hidden_size\":6,\"symbols\":9,\"vocabulary\":true,\"activation\":false,"
      "\"table\":\"embedding.weight\"}";
  if (!CHECK(out.size == sizeof asked - 1 && memcmp(out.data, asked, out.size) == 0))
    printf("       %s\n", (const char *)out.data);
  ur_buffer_free(&out);
  ur_buffer_free(&file);
}

static void test_no_memory(const char *model, const char *const *more) {
  ur_buffer file = exported(model, more);
  long n = 0;
  for (;; n++) {
    ur_buffer out = {0};
    ur_tensors_read told;
    ur__alloc_fail_after(n);
    const ur_status status = ur_pytorch_read(bytes_of(&file), &nothing_said, &told, &out);
    ur__alloc_fail_after(-1);
    ur_buffer_free(&out);
    if (status == UR_OK) break;
    if (!CHECK(status == UR_E_MEMORY)) printf("       %s\n", ur_last_error()->message);
  }
  CHECK(n > 20);
  ur_trainer *trainer = run_new(model, more);
  for (n = 0;; n++) {
    ur_buffer out = {0};
    ur__alloc_fail_after(n);
    const ur_status status = ur_pytorch_write(trainer, &out);
    ur__alloc_fail_after(-1);
    ur_buffer_free(&out);
    if (status == UR_OK) break;
    CHECK(status == UR_E_MEMORY);
  }
  CHECK(n > 3);
  ur_trainer_free(trainer);
  ur_buffer_free(&file);
}

/* Every cut and a seeded choice of changed bytes of the header: refused or read, never worse. */
static void test_damaged(const char *model, const char *const *more) {
  ur_buffer good = exported(model, more);
  ur_rng stream = ur_rng_stream(1, "damage", 0);
  uint64_t header;
  int refused = 0;
  memcpy(&header, good.data, 8);
  for (int round = 0; round < 1000; round++) {
    ur_buffer bad = {0};
    ur_buffer_append(&bad, good.data, good.size);
    for (int i = 0; i <= round % 3; i++)
      bad.data[8 + ur_rng_below(&stream, (uint32_t)header)] =
          (uint8_t) "0123456789\"\\[]{},:azE. -\x80"[ur_rng_below(&stream, 24)];
    refused += opened(&bad, &nothing_said) != UR_OK;
    ur_buffer_free(&bad);
  }
  CHECK(refused > 500);
  ur_buffer_free(&good);
}

/* A file that says all of itself is described by its table, and takes nothing told. */
static void test_named(void) {
  ur_buffer file = exported("gpt", heads), out = {0};
  static const char asked[] =
      "{\"model\":\"gpt\",\"cell\":\"attention\",\"layers\":2,\"directions\":1,\"embedding_size\":6,"
      "\"hidden_size\":6,\"symbols\":9,\"vocabulary\":true,\"activation\":false,\"table\":\"embedding."
      "weight\"}";
  CHECK(ur_pytorch_describe(bytes_of(&file), NULL, &out) == UR_OK);
  if (!CHECK(out.size == sizeof asked - 1 && memcmp(out.data, asked, out.size) == 0))
    printf("       %s\n", (const char *)out.data);
  CHECK(opened(&file, &(ur_pytorch_how){.model = "rnn_lm"}) == UR_E_FORMAT);
  CHECK(opened(&file, &(ur_pytorch_how){.start = "a"}) == UR_E_SETTING);
  CHECK(opened(&file, &(ur_pytorch_how){.model = "gpt"}) == UR_OK);
  ur_buffer_free(&out);
  ur_buffer_free(&file);
}

static void test_hostile_vocabulary(void) {
  ur_buffer file = exported("rnn_lm", NULL);
  static const char *const bad[] = {"",
                                    "{}",
                                    "[]",
                                    "[1,2]",
                                    "{\"a\":-1}",
                                    "{\"a\":18446744073709551615}",
                                    "{\"a\":9223372036854775807}",
                                    "[\"\",\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\"]",
                                    "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\"]",
                                    "[\"<s>\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\"] x"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    const ur_pytorch_how how = {.vocabulary = {(const uint8_t *)bad[i], strlen(bad[i])}};
    if (!CHECK(opened(&file, &how) != UR_OK)) printf("       %s\n", bad[i]);
  }
  /* 9 rows; a mark that some editors write first. */
  static const char good[] = "\xEF\xBB\xBF [\"<s>\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\"]";
  const ur_pytorch_how how = {.vocabulary = {(const uint8_t *)good, sizeof good - 1}};
  if (!CHECK(opened(&file, &how) == UR_OK)) printf("       %s\n", ur_last_error()->message);
  ur_buffer_free(&file);
}

int main(void) {
  TEST("there and back") {
    test_there_and_back("rnn_lm", (const char *[]){"activation", "sigmoid", NULL});
    test_there_and_back("lstm_lm", (const char *[]){"num_layers", "3", NULL});
    test_there_and_back("gru_lm", NULL);
    test_there_and_back("gpt", heads);
    test_there_and_back("gpt",
                        (const char *[]){"num_heads", "1", "positions", "none", "num_blocks", "3", NULL});
  }
  TEST("described") { test_described(); }
  TEST("no memory") { test_no_memory("gru_lm", NULL); }
  TEST("no memory, names alone") { test_no_memory("gpt", heads); }
  TEST("damaged") { test_damaged("lstm_lm", (const char *[]){"num_layers", "2", NULL}); }
  TEST("damaged, names alone") { test_damaged("gpt", heads); }
  TEST("named") { test_named(); }
  TEST("hostile vocabulary") { test_hostile_vocabulary(); }
  return check_done();
}

/* What tensors are stored as: every F16 and BF16, the edges of F64, and what is told of a file. */
#include <math.h>

#include "run.h"
#include "safetensors.h"

static ur__stored stored(ur__dtype dtype, const void *data, size_t count) {
  return (ur__stored){.name = "W",
                      .dtype = dtype,
                      .rank = 1,
                      .shape = {count},
                      .data = data,
                      .size = count * ur__dtype_size(dtype)};
}

/* By the definition of the format, in double: (-1)^s (1 + fraction) 2^(exponent - bias), without the 1 where
 * the exponent is 0. */
static double value_of(unsigned bits, int exponent_bits, int fraction_bits) {
  const int bias = (1 << (exponent_bits - 1)) - 1, top = (1 << exponent_bits) - 1;
  const int exponent = (int)(bits >> fraction_bits) & top;
  const double fraction = (bits & ((1U << fraction_bits) - 1)) / pow(2, fraction_bits),
               sign = bits >> (exponent_bits + fraction_bits) ? -1.0 : 1.0;
  if (exponent == top) return fraction == 0 ? sign * (double)INFINITY : (double)NAN;
  return exponent == 0 ? sign * ldexp(fraction, 1 - bias) : sign * ldexp(1 + fraction, exponent - bias);
}

static void test_halves(ur__dtype dtype, int exponent_bits, int fraction_bits) {
  static uint16_t halves[65536];
  static float floats[65536];
  int wrong = 0;
  for (unsigned i = 0; i < 65536; i++) halves[i] = (uint16_t)i;
  const ur__stored tensor = stored(dtype, halves, 65536);
  CHECK(ur__stored_count(&tensor) == 65536 && ur__stored_floats(&tensor, floats) == UR_OK);
  for (unsigned i = 0; i < 65536; i++) {
    const double asked = value_of(i, exponent_bits, fraction_bits);
    const int good = isnan(asked) ? isnan(floats[i])
                                  : (double)floats[i] == asked && !signbit(floats[i]) == !signbit(asked);
    if (!good && wrong++ < 5) printf("       %04x: %a instead of %a\n", i, (double)floats[i], asked);
  }
  CHECK(wrong == 0);
}

static void test_doubles(void) {
  static const struct {
    double stored;
    float read;
  } cases[] = {
      {1, 1},
      {-0.0, -0.0F},
      {0x1.000001p0, 1},             /* as near to 1 as to the next: the even one */
      {0x1.000003p0, 0x1.000004p0F}, /* the same, upwards */
      {0x1.0000010000001p0, 0x1.000002p0F},
      {0x1.fffffep127, 0x1.fffffep127F},
      {0x1.fffffefffffffp127, 0x1.fffffep127F}, /* nearer to the largest float than to 2^128 */
      {0x1p-149, 0x1p-149F},
      {0x1p-150, 0},
      {0x1.8p-149, 0x1p-148F},
      {-0x1.0000000000001p-150, -0x1p-149F},
      {5e-324, 0},
      {(double)INFINITY, INFINITY},
      {-(double)INFINITY, -INFINITY},
  };
  static const double beyond[] = {0x1.ffffffp127, 0x1p128, -0x1.ffffffp127, -1.7e308};
  float read;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const ur__stored tensor = stored(UR__F64, &cases[i].stored, 1);
    CHECK(ur__stored_floats(&tensor, &read) == UR_OK);
    if (!CHECK(memcmp(&read, &cases[i].read, sizeof read) == 0))
      printf("       %a: %a\n", cases[i].stored, (double)read);
  }
  for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
    const double two[] = {1, beyond[i]};
    float room[2];
    const ur__stored tensor = stored(UR__F64, two, 2);
    CHECK(ur__stored_floats(&tensor, room) == UR_E_FORMAT);
    CHECK(strstr(ur_last_error()->message, "at cell 1, which is beyond F32") != NULL);
  }
  const double nan = (double)NAN;
  const ur__stored tensor = stored(UR__F64, &nan, 1);
  CHECK(ur__stored_floats(&tensor, &read) == UR_OK && isnan(read));
}

static void test_other_dtypes(void) {
  const uint8_t zeros[8] = {0};
  float read;
  for (int dtype = 0; dtype < UR__DTYPES; dtype++) {
    const ur__stored tensor = stored((ur__dtype)dtype, zeros, 1);
    const int real = dtype == UR__F32 || dtype == UR__F16 || dtype == UR__BF16 || dtype == UR__F64;
    CHECK(ur__stored_floats(&tensor, &read) == (real ? UR_OK : UR_E_FORMAT));
    if (!real) CHECK(strstr(ur_last_error()->message, ur__dtype_name((ur__dtype)dtype)) != NULL);
  }
}

static void test_shape(void) {
  char text[64];
  ur__stored tensor = {.rank = 2, .shape = {28, 5}};
  ur__stored_shape(&tensor, text, sizeof text);
  CHECK(strcmp(text, "[28,5]") == 0);
  ur__stored_shape(&tensor, text, 5);
  CHECK(strcmp(text, "[28,") == 0);
  tensor.rank = 0;
  ur__stored_shape(&tensor, text, sizeof text);
  CHECK(strcmp(text, "[]") == 0);
}

#define EXTRA 11
/* The weights of a run with W_h as F16, U as BF16, E as F64, and tensors that no model has. */
static ur_buffer rewritten(const ur_buffer *weights, double cell_of_E, int extra) {
  static uint16_t f16[36], bf16[256];
  static double f64[256];
  static char names[EXTRA][80];
  ur_buffer out = {0};
  ur__safetensors file;
  CHECK(ur__safetensors_read(bytes_of(weights), &file) == UR_OK);
  for (int i = 0; i < file.tensor_count; i++) {
    ur__stored *tensor = &file.tensors[i];
    const size_t count = ur__stored_count(tensor);
    if (strcmp(tensor->name, "W_h") == 0) {
      for (size_t k = 0; k < count; k++) f16[k] = (uint16_t)(0x3C00 + k); /* 1 + k / 1024 */
      *tensor =
          (ur__stored){.name = "W_h", .dtype = UR__F16, .rank = 2, .shape = {6, 6}, .data = f16, .size = 72};
    } else if (strcmp(tensor->name, "U") == 0) {
      for (size_t k = 0; k < count; k++) bf16[k] = (uint16_t)(0x3F80 + k % 128); /* 1 + k / 128 */
      tensor->dtype = UR__BF16, tensor->data = bf16, tensor->size = count * 2;
    } else if (strcmp(tensor->name, "E") == 0) {
      for (size_t k = 0; k < count; k++) f64[k] = (double)k / 3;
      f64[1] = cell_of_E;
      tensor->dtype = UR__F64, tensor->data = f64, tensor->size = count * 8;
    }
  }
  for (int i = 0; i < extra; i++) {
    snprintf(names[i], sizeof names[i],
             i == 0 ? "step\033%d" : "a tensor with a name of more than sixty-three characters, number %d",
             i);
    file.tensors[file.tensor_count++] = (ur__stored){
        .name = names[i], .dtype = UR__BOOL, .rank = 5, .shape = {1, 1, 1, 1, 3}, .data = "abc", .size = 3};
  }
  CHECK(ur__safetensors_write(&file, &out) == UR_OK);
  ur__safetensors_free(&file);
  return out;
}

static void test_told(void) {
  ur_trainer *trainer = run_new("rnn_lm", NULL), *loaded = NULL;
  const ur_tensors_read *told = ur_trainer_tensors(trainer);
  CHECK(told->f16 == 0 && told->unused == 0);
  ur_buffer weights = run_saved(trainer, 0), changed = rewritten(&weights, 0.1, EXTRA), json = {0};
  if (!CHECK(ur_trainer_load(bytes_of(&changed), run_corpus(), &loaded) == UR_OK))
    printf("       %s\n", ur_last_error()->message);
  told = ur_trainer_tensors(loaded);
  CHECK(told->f16 == 1 && told->bf16 == 1 && told->f64 == 1 && told->unused == EXTRA);
  CHECK(strcmp(told->names[0], "step?0") == 0 && strlen(told->names[1]) == 63);
  ur_tensors_json(told, &json);
  static const char begins[] =
      "{\"f16\":1,\"bf16\":1,\"f64\":1,\"unused\":11,\"names\":[\"step?0\",\"a tensor";
  CHECK(json.size > sizeof begins && memcmp(json.data, begins, sizeof begins - 1) == 0);
  ur_params *params = ur_trainer_params(loaded);
  for (int i = 0; i < ur_params_count(params); i++) {
    const ur_param_view view = ur_params_view(params, i);
    const float *cells = ur_params_data(params) + view.offset;
    if (strcmp(view.name, "W_h") == 0) CHECK(cells[35] == 1 + 35 / 1024.0F);
    if (strcmp(view.name, "U") == 0) CHECK(cells[9] == 1 + 9 / 128.0F);
    if (strcmp(view.name, "E") == 0) CHECK(cells[1] == 0.1F && cells[2] == (float)(2 / 3.0));
  }
  ur_buffer_free(&changed);
  ur_trainer_free(loaded);

  /* As they are: nothing to tell. A snapshot's moments are used, and are not of use in weights. */
  CHECK(ur_trainer_load(bytes_of(&weights), run_corpus(), &loaded) == UR_OK);
  CHECK(ur_trainer_tensors(loaded)->unused == 0 && ur_trainer_tensors(loaded)->f16 == 0);
  ur_trainer_free(loaded);
  ur_buffer snapshot = run_saved(trainer, 1);
  CHECK(ur_trainer_load(bytes_of(&snapshot), run_corpus(), &loaded) == UR_OK);
  CHECK(ur_trainer_tensors(loaded)->unused == 0);
  ur_trainer_free(loaded);

  static const double bad[] = {1e39, (double)NAN};
  static const char *const says[] = {"tensor E has 1e+39 at cell 1",
                                     "tensor E is not a finite number at cell 1"};
  for (int i = 0; i < 2; i++) {
    changed = rewritten(&weights, bad[i], 0);
    CHECK(ur_trainer_load(bytes_of(&changed), run_corpus(), &loaded) == UR_E_FORMAT && loaded == NULL);
    if (!CHECK(strstr(ur_last_error()->message, says[i]) != NULL))
      printf("       %s\n", ur_last_error()->message);
    ur_buffer_free(&changed);
  }
  ur_buffer_free(&json);
  ur_buffer_free(&snapshot);
  ur_buffer_free(&weights);
  ur_trainer_free(trainer);
}

int main(void) {
  TEST("every F16") { test_halves(UR__F16, 5, 10); }
  TEST("every BF16") { test_halves(UR__BF16, 8, 7); }
  TEST("F64 to the nearest") { test_doubles(); }
  TEST("other dtypes") { test_other_dtypes(); }
  TEST("a shape in words") { test_shape(); }
  TEST("what is told of a file") { test_told(); }
  return check_done();
}

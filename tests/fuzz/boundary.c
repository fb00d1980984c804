/* The WebAssembly boundary, compiled natively: an input is a program of calls (program.h says how it reads),
 * run against the real exports. Whatever the calls: nothing crashes, leaks or hangs; a handle that is not
 * open is refused; a call that fails leaves an error of its own; result() and numbers() are always readable.
 */
#include "boundary.h"

#include "alloc.h"
#include "exports.h"
#include "program.h"
#include "texts.h"
#include "unroll/texts.h"

/* In the place of the names that come with the task, which take long to read. */
static const char few[] = "anna\nbela\ncarla\ndana\nedna\nfreda\ngina\nhana\nida\njana\nkarla\nlena\n";

enum { OPEN_MAX = 70, CALLS_MAX = 100 };
#define WORK_MAX 2e7 /* of one input, in about the operations that it takes */

typedef struct open_handle {
  int handle, parent;
  uw_kind kind;
  int steps; /* of a claim, that may still be done */
} open_handle;

static open_handle open[OPEN_MAX];
static int open_count, last_closed;
static uint8_t area[AREA_MAX];
static ur_buffer saved; /* the file saved last */
static uint64_t saved_hash;
static double work;
static int failing; /* of the next call, the allocation that fails first; -1: none */
static volatile unsigned touched;

/* ---- what must hold ---- */
static void touch(const void *data, size_t size) {
  const uint8_t *bytes = data;
  unsigned sum = 0;
  for (size_t i = 0; i < size; i++) sum += bytes[i];
  touched += sum;
}

static void before_call(void) {
  ur_fail(UR_OK, "", "no call has failed");
  ur__alloc_fail_after(failing);
}

static int fields(void) {
  const char *at = uw_result_address(), *end = at + uw_result_size();
  int count = 0;
  MUST(at == end || end[-1] == '\0');
  for (; at < end; at += strlen(at) + 1) count++;
  return count;
}

static int after_call(int ok) {
  ur__alloc_fail_after(-1);
  touch(uw_result_address(), uw_result_size());
  touch(uw_numbers_address(), 8 * sizeof(double));
  if (ok) return 1;
  MUST(ur_last_error()->code != UR_OK);
  MUST(uw_error() == UR_OK && fields() == 3);
  const char *code = uw_result_address(), *message = code;
  for (int i = 0; i < 2; i++) message += strlen(message) + 1;
  MUST(strcmp(code, "ok") != 0 && strcmp(code, "unknown") != 0 && message[0] != '\0');
  return 0;
}

/* Of an object that must be open for a call to succeed. */
typedef struct subject {
  int handle, is_open;
} subject;

static int check(subject of, int status) {
  MUST(status >= 0 && status < UR_STATUS_COUNT && (of.is_open || status != UR_OK));
  return after_call(status == UR_OK);
}

/* Brackets that match and strings that end: the rest is JSON.parse's, in tests/wasm. */
static void check_json(void) {
  const char *text = uw_result_address(), *end = text + uw_result_size();
  char stack[64];
  int depth = 0;
  for (; text < end; text++) {
    MUST((unsigned char)*text >= 0x20);
    if (*text == '"') {
      for (text++; text < end && *text != '"'; text++) text += *text == '\\';
      MUST(text < end);
    } else if (*text == '{' || *text == '[') {
      MUST(depth < (int)sizeof stack);
      stack[depth++] = *text;
    } else if (*text == '}' || *text == ']') {
      MUST(depth > 0 && stack[--depth] == (*text == '}' ? '{' : '['));
    }
  }
  MUST(depth == 0);
}

/* ---- handles ---- */
static subject next_subject(program *p, uw_kind kind) {
  const int sign = next_sign(p), index = sign - '0';
  int handle = 0;
  if (sign == 'z')
    handle = last_closed;
  else if (sign == '!')
    next_raw(p, &handle, sizeof handle);
  else if (open_count > 0 && index >= 0)
    handle = open[index % open_count].handle;
  for (int i = 0; i < open_count; i++)
    if (open[i].handle == handle && open[i].kind == kind) return (subject){handle, 1};
  return (subject){handle, 0};
}

static void opened(int handle, uw_kind kind, int parent) {
  if (!after_call(handle != 0)) return;
  MUST(handle > 0 && open_count < OPEN_MAX);
  for (int i = 0; i < open_count; i++) MUST(open[i].handle != handle);
  open[open_count++] = (open_handle){handle, parent, kind, 0};
}

static void close_handle(int handle) {
  int kept = 0;
  uw_close(handle);
  for (int i = 0; i < open_count; i++)
    if (open[i].handle != handle && open[i].parent != handle) open[kept++] = open[i];
  if (kept < open_count) last_closed = handle;
  open_count = kept;
}

/* ---- work: what would take long is not called ---- */
static int affordable(double operations) {
  if (operations > WORK_MAX - work) return 0;
  work += operations;
  return 1;
}

static double setting(const ur_settings *settings, const char *key, double least) {
  const double value = ur_setting_get(settings, key);
  return value > least ? value : least;
}

/* Of a network with these settings, over one token. */
static double a_token(const ur_settings *settings) {
  const double hidden = setting(settings, "hidden_size", 1), both = setting(settings, "directions", 1);
  const double wide = setting(settings, "embedding_size", 1) + (1 + both) * hidden;
  return 50 + 8 * wide * (hidden + 8) * both * setting(settings, "num_layers", 1);
}

/* What it takes to make the tapes of such a run over so many bytes of text. */
static double to_create(const ur_settings *settings, uint32_t size) {
  return 20.0 * size + 6 * 64 * a_token(settings) +
         64.0 * setting(settings, "batch_size", 1) * setting(settings, "hidden_size", 8);
}

/* The settings that a call with these fields would take; 0 where it would be refused. */
static int settings_of(part fields, ur_settings *out) {
  const ur_bytes bytes = uw_input_bytes(fields.offset, fields.size);
  const char *model = "", *task = "";
  if (bytes.data == NULL || bytes.size == 0 || bytes.data[bytes.size - 1] != 0) return 0;
  const char *end = (const char *)bytes.data + bytes.size;
  for (int pass = 0; pass < 2; pass++) {
    if (pass == 1 && ur_settings_init(out, model, task) != UR_OK) return 0;
    for (const char *key = (const char *)bytes.data, *value; key < end; key = value + strlen(value) + 1) {
      value = key + strlen(key) + 1;
      if (value >= end) return 0;
      if (strcmp(key, "model") == 0) model = value;
      if (strcmp(key, "task") == 0) task = value;
      if (pass == 1) (void)ur_settings_set(out, key, value);
    }
  }
  return 1;
}

static const ur_settings *settings_at(subject of) {
  return of.is_open ? ur_trainer_settings(uw_handle_get(UW_TRAINER, of.handle)) : NULL;
}

/* 1: a call that goes over so many tokens may be made. */
static int may_read(subject of, double tokens) {
  const ur_settings *settings = settings_at(of);
  return settings == NULL || affordable(tokens * a_token(settings));
}

static double batch_tokens(subject of) {
  const ur_settings *settings = settings_at(of);
  return settings == NULL ? 0 : 3 * 64 * setting(settings, "batch_size", 1);
}

static double set_tokens(subject of, int validation) {
  if (!of.is_open) return 0;
  const ur_sequences sequences = ur_trainer_sequences(uw_handle_get(UW_TRAINER, of.handle));
  return 64.0 * (validation ? sequences.validation : sequences.train);
}

/* ---- calls ---- */
static void lay_input(program *p) {
  const size_t size = next_area(p, area, (ur_bytes){saved.data, saved.size});
  uint8_t *address = uw_input((uint32_t)size);
  MUST(address != NULL);
  memcpy(address, area, size);
}

/* An area of zeros; one that is refused for its size leaves none. */
static void lay_empty(program *p) {
  const int wanted = next_int(p);
  const uint32_t size = wanted < 0 ? UINT32_MAX : (uint32_t)wanted % AREA_MAX;
  before_call();
  void *address = uw_input(size);
  MUST((address != NULL) == (wanted >= 0) && after_call(address != NULL) == (wanted >= 0));
  if (address != NULL) memset(address, 0, size);
}

static void create(program *p) {
  const part fields_part = next_part(p);
  const int own = next_int(p);
  const part text = next_part(p);
  ur_settings settings;
  if (settings_of(fields_part, &settings) && !affordable(to_create(&settings, own ? text.size : 0))) return;
  before_call();
  opened(uw_trainer_create(fields_part.offset, fields_part.size, own, text.offset, text.size), UW_TRAINER, 0);
}

/* 1: these bytes are the file that was saved last. */
static int is_saved(part file) {
  const ur_bytes bytes = uw_input_bytes(file.offset, file.size);
  return bytes.data != NULL && saved.size > 0 && bytes.size == saved.size &&
         memcmp(bytes.data, saved.data, bytes.size) == 0;
}

static void load(program *p) {
  const part file = next_part(p);
  const int own = next_int(p);
  const part text = next_part(p);
  if (!affordable(5e5)) return;
  const int same = is_saved(file);
  before_call();
  const int handle = uw_trainer_load(file.offset, file.size, own, text.offset, text.size);
  opened(handle, UW_TRAINER, 0);
  if (handle != 0 && same) MUST(uw_trainer_hash(handle) == saved_hash);
}

/* A file of PyTorch: described, and read with what is said of it. */
static void pytorch(program *p) {
  const part file = next_part(p), said = next_part(p);
  if (!affordable(5e5)) return;
  before_call();
  after_call(uw_pytorch_describe(file.offset, file.size, said.offset, 0) == UR_OK);
  before_call();
  after_call(uw_pytorch_read(file.offset, file.size, said.offset, said.size) == UR_OK);
}

static void save(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const int status = uw_trainer_save(of.handle, next_int(p));
  if (!check(of, status)) return;
  ur_buffer_free(&saved);
  memset(&saved, 0, sizeof saved);
  ur_buffer_append(&saved, uw_result_address(), uw_result_size());
  saved_hash = uw_trainer_hash(of.handle);
}

static void restore(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const part file = next_part(p);
  const int same = is_saved(file);
  const uint64_t hash = uw_trainer_hash(of.handle);
  before_call();
  const int ok = check(of, uw_trainer_restore(of.handle, file.offset, file.size));
  if (of.is_open) MUST(uw_trainer_hash(of.handle) == hash || ok);
  if (ok && same) MUST(uw_trainer_hash(of.handle) == saved_hash);
}

static void set(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const part key = next_part(p), value = next_part(p);
  check(of, uw_trainer_set(of.handle, key.offset, key.size, value.offset, value.size));
}

static void step(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  if (!may_read(of, batch_tokens(of))) return;
  const uint64_t hash = uw_trainer_hash(of.handle);
  before_call();
  if (!check(of, uw_trainer_step(of.handle))) MUST(uw_trainer_hash(of.handle) == hash);
}

static void evaluate(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const int validation = next_int(p);
  if (may_read(of, set_tokens(of, validation))) check(of, uw_trainer_evaluate(of.handle, validation));
  if (may_read(of, set_tokens(of, 1))) check(of, uw_trainer_pairs(of.handle));
}

static void evaluate_at(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const int length = next_int(p);
  if (may_read(of, 512.0 * length)) check(of, uw_trainer_evaluate_at(of.handle, length));
}

static void hash(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const uint64_t value = uw_trainer_hash(of.handle);
  MUST(of.is_open || (value == 0 && !after_call(0)));
}

static void vocabulary(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  if (!check(of, uw_trainer_vocabulary(of.handle))) return;
  MUST(fields() == ur_trainer_vocabulary_size(uw_handle_get(UW_TRAINER, of.handle)));
}

static void settings(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  if (check(of, uw_trainer_settings(of.handle))) MUST(fields() % 2 == 0);
}

static void encode(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const part text = next_part(p);
  if (!check(of, uw_trainer_encode(of.handle, text.offset, text.size))) return;
  const int32_t *tokens = uw_result_address();
  const int V = ur_trainer_vocabulary_size(uw_handle_get(UW_TRAINER, of.handle));
  for (size_t i = 0; i < uw_result_size() / sizeof *tokens; i++) MUST(tokens[i] >= 0 && tokens[i] < V);
}

static void sample(program *p, int next) {
  const subject of = next_subject(p, UW_TRAINER);
  const double temperature = next_real(p);
  const int top_k = next_int(p);
  const double top_p = next_real(p), index = next ? 0 : next_real(p);
  const part text = next_part(p);
  if (!may_read(of, 2 * 64)) return;
  if (!next) {
    check(of, uw_trainer_sample(of.handle, temperature, top_k, top_p, index, text.offset, text.size));
    return;
  }
  if (!check(of, uw_trainer_next(of.handle, temperature, top_k, top_p, text.offset, text.size))) return;
  const float *both = uw_result_address();
  const uint32_t V = (uint32_t)ur_trainer_vocabulary_size(uw_handle_get(UW_TRAINER, of.handle));
  MUST(uw_result_size() == 2 * V * sizeof *both);
  for (uint32_t i = 0; i < 2 * V; i++) MUST(both[i] >= 0 && both[i] <= 1.001f);
}

static void example(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  check(of, uw_trainer_example(of.handle, next_real(p)));
}

static void text_name(program *p) {
  const part fields = next_part(p);
  if (!check((subject){0, 1}, uw_text_name(fields.offset, fields.size))) return;
  MUST(uw_result_size() < 64);
}

static void text_bring(program *p) {
  const part name = next_part(p), text = next_part(p);
  before_call();
  check((subject){0, 1}, uw_text_bring(name.offset, name.size, text.offset, text.size));
}

static void alignment(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const int own = next_int(p);
  const part source = next_part(p), target = next_part(p);
  if (!may_read(of, 4 * 64)) return;
  before_call();
  if (!check(of,
             uw_trainer_alignment(of.handle, own, source.offset, source.size, target.offset, target.size)))
    return;
  const double *n = uw_numbers_address(), S = n[0], T = n[1];
  MUST(S >= 1 && S <= 64 && T >= 1 && T <= 65 && uw_result_size() == 4 * (S + T + S * T));
}

static void looked(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const part text = next_part(p);
  const int at = next_int(p), token = next_int(p);
  if (!may_read(of, 4 * (text.size + 64.0))) return;
  before_call();
  if (!check(of, uw_trainer_looked(of.handle, text.offset, text.size, at, token))) return;
  const double *n = uw_numbers_address(), L = n[0], A = n[1], T = n[2];
  MUST(n[3] >= 1 && n[3] <= T && uw_result_size() == 4 * (T + L * A * T * T + L * T * T + 2 * T + L + 1));
}

static void drawn(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const double temperature = next_real(p);
  const int top_k = next_int(p);
  const double top_p = next_real(p), index = next_real(p);
  const int keep = next_int(p);
  const part text = next_part(p);
  if (!may_read(of, 8 * 64)) return;
  before_call();
  if (!check(of, uw_trainer_drawn(of.handle, temperature, top_k, top_p, index, keep, text.offset, text.size)))
    return;
  const double *n = uw_numbers_address(),
               V = ur_trainer_vocabulary_size(uw_handle_get(UW_TRAINER, of.handle));
  MUST(n[0] >= 0 && n[0] <= 64 && uw_result_size() == 4 * n[0] * (2 + 6 * V));
}

static void cached(program *p, int run) {
  const subject of = next_subject(p, UW_TRAINER);
  const part text = next_part(p);
  const int keep = run ? next_int(p) : 0, times = run ? next_int(p) : 0;
  if (times > 3 || !may_read(of, 64 * (text.size + 64.0))) return;
  before_call();
  if (run) {
    check(of, uw_trainer_cached_run(of.handle, text.offset, text.size, keep, times));
    return;
  }
  if (!check(of, uw_trainer_cached(of.handle, text.offset, text.size))) return;
  const double *n = uw_numbers_address(), T = n[0], L = n[1], D = n[2], V = n[3];
  MUST(T >= 1 && T <= 65 && uw_result_size() == 8 * 2 * T + 4 * (2 * T + 2 * L * T * D + 2 * T * V));
}

static void units(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const part text = next_part(p);
  const int layer = next_int(p);
  if (!may_read(of, text.size + 64.0)) return;
  if (!check(of, uw_trainer_units(of.handle, text.offset, text.size, layer))) return;
  const double *n = uw_numbers_address(), letters = uw_result_size() - 4 * (n[2] + n[0] * n[1] + n[3] + n[4]);
  MUST(n[0] >= 1 && n[1] >= 1 && (letters == 0 || letters == 3 || letters == 4));
}

static void gradcheck(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const int samples = next_int(p);
  if (samples == 0 || samples > 2 || !may_read(of, samples > 0 ? 1200.0 * samples : 0)) return;
  check(of, uw_trainer_gradcheck(of.handle, samples));
}

static void claim_create(program *p) {
  const part id = next_part(p);
  const double seed = next_real(p);
  const int short_form = next_int(p), before = open_count;
  const ur_bytes name = uw_input_bytes(id.offset, id.size);
  before_call();
  opened(uw_claim_create(id.offset, id.size, seed, short_form), UW_CLAIM, 0);
  /* Claims are of real size: only of this one the first contestants are quick; they count. */
  if (open_count > before) open[before].steps = memcmp(name.data, "rnn", 3) == 0 ? 4 : 0;
}

static void claim_step(program *p) {
  const subject of = next_subject(p, UW_CLAIM);
  for (int i = 0; i < open_count; i++)
    if (open[i].handle == of.handle && of.is_open && open[i].steps-- <= 0) return;
  check(of, uw_claim_step(of.handle));
}

/* What an unrolled graph over a text costs to build. */
static double to_unroll(part text) { return 400.0 * (text.size < 64 ? text.size + 2 : 66); }

static void walk_create(program *p, int measured) {
  const subject of = next_subject(p, UW_TRAINER);
  const part text = next_part(p);
  if (!may_read(of, to_unroll(text))) return;
  const int handle = measured ? uw_measure_create(of.handle, text.offset, text.size)
                              : uw_walk_create(of.handle, text.offset, text.size);
  MUST(of.is_open || handle == 0);
  opened(handle, measured ? UW_MEASURE : UW_WALK, of.handle);
}

static void walk_create_pair(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const part source = next_part(p), target = next_part(p);
  const int own = next_int(p);
  if (!may_read(of, to_unroll(source) + to_unroll(own ? source : target))) return;
  const int handle =
      uw_walk_create_pair(of.handle, own, source.offset, source.size, target.offset, target.size);
  MUST(of.is_open || handle == 0);
  opened(handle, UW_WALK, of.handle);
}

/* Its guess, what is right, the tree of a search. */
static void written(program *p, int letter) {
  const subject of = next_subject(p, UW_TRAINER);
  const part source = next_part(p);
  const int width = letter == 'B' ? next_int(p) : 1;
  const double normalisation = letter == 'B' ? next_real(p) : 0;
  if (!may_read(of, to_unroll(source) * (width > 0 && width < 9 ? width : 1))) return;
  before_call();
  const int status = letter == 'b' ? uw_trainer_guess(of.handle, source.offset, source.size)
                     : letter == 'd'
                         ? uw_trainer_answer(of.handle, source.offset, source.size)
                         : uw_trainer_beam(of.handle, source.offset, source.size, width, normalisation);
  if (!check(of, status)) return;
  if (letter != 'B') {
    check_json();
    return;
  }
  const double *n = uw_numbers_address();
  MUST(uw_result_size() == 64 * n[0] + 4 * n[4] * (1 + n[5] * n[2] * n[3]) && n[1] < n[0]);
}

static void study_create(program *p) {
  const part name = next_part(p);
  if (affordable(1e3)) opened(uw_study_create(name.offset, name.size), UW_STUDY, 0);
}

static void study_set(program *p) {
  const subject of = next_subject(p, UW_STUDY);
  const part key = next_part(p), value = next_part(p);
  if (affordable(1e3)) check(of, uw_study_set(of.handle, key.offset, key.size, value.offset, value.size));
}

static void study_step(program *p) {
  const subject of = next_subject(p, UW_STUDY);
  if (affordable(2e6)) check(of, uw_study_step(of.handle));
}

static void study_read(program *p) {
  const subject of = next_subject(p, UW_STUDY);
  const int i = next_int(p);
  if (!affordable(1e5)) return;
  if (check(of, uw_study_arrays(of.handle))) check_json();
  before_call();
  const double *values = uw_study_values(of.handle, i);
  MUST(of.is_open || values == NULL);
  if (after_call(values != NULL)) touch(values, (size_t)uw_numbers_address()[0] * sizeof *values);
}

static void groups(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  const int validation = next_int(p);
  const ur_settings *settings = settings_at(of);
  const double length = settings != NULL ? setting(settings, "length", 1) : 0;
  if (may_read(of, 512 * (2 * length + 2))) check(of, uw_trainer_groups(of.handle, validation));
}

static void walk_to(program *p) {
  const subject of = next_subject(p, UW_WALK);
  const int position = next_int(p);
  if (affordable(4e5)) check(of, uw_walk_to(of.handle, position));
}

static void walk_schema(program *p) {
  const subject of = next_subject(p, UW_WALK);
  if (affordable(2e6) && check(of, uw_walk_schema(of.handle))) check_json();
}

static void walk_values(program *p) {
  const subject of = next_subject(p, UW_WALK);
  const int id = next_int(p), kind = next_int(p), index = next_int(p);
  const void *cells = uw_walk_values(of.handle, id, kind, index);
  MUST(of.is_open || cells == NULL);
  if (!after_call(cells != NULL)) return;
  const double count = uw_numbers_address()[0];
  MUST(count >= 1 && count < 1e9);
  touch(cells, (size_t)count * 4);
}

static void walk_explain(program *p) {
  const subject of = next_subject(p, UW_WALK);
  const int id = next_int(p), cell = next_int(p), backward = next_int(p);
  if (!affordable(1e6)) return;
  if (check(of, uw_walk_explain(of.handle, id, (uint32_t)cell, backward)))
    MUST(uw_result_size() >= sizeof(double) && uw_result_size() % sizeof(double) == 0);
}

static void walk_clamp(program *p) {
  const subject of = next_subject(p, UW_WALK);
  const int id = next_int(p), cell = next_int(p);
  check(of, uw_walk_clamp(of.handle, id, cell, next_int(p) / 4.0));
}

/* Doubles, as many as are said. */
static void walk_derivatives(program *p) {
  const subject of = next_subject(p, UW_WALK);
  if (!affordable(2e7) || !check(of, uw_walk_derivatives(of.handle))) return;
  MUST(uw_result_size() >= 2 * sizeof(double) * (size_t)uw_numbers_address()[0]);
}

static void trainer_each(program *p) {
  const subject of = next_subject(p, UW_TRAINER);
  if (!affordable(2e6) || !check(of, uw_trainer_each(of.handle))) return;
  const double *n = uw_numbers_address();
  MUST(uw_result_size() == sizeof(double) * (size_t)(n[0] * (n[1] + 2 * n[2] + 1 + n[3])));
}

/* What is counted is a walk or a reader. */
static subject next_counted(program *p, uw_kind kind) {
  subject of = next_subject(p, kind);
  for (int i = 0; i < open_count; i++)
    of.is_open |= open[i].handle == of.handle && (open[i].kind == UW_WALK || open[i].kind == UW_READER);
  return of;
}

static void walk_steps(program *p) {
  const subject of = next_counted(p, UW_WALK);
  if (affordable(1e5) && check(of, uw_steps_counted(of.handle))) check_json();
}

static void walk_way(program *p) {
  const subject of = next_counted(p, UW_WALK);
  const int from = next_int(p), to = next_int(p);
  if (affordable(1e5) && check(of, uw_steps_way(of.handle, from, to))) check_json();
}

static void reader_create(program *p) {
  const part text = next_part(p);
  const int net = next_int(p), length = next_int(p), hidden = next_int(p), layers = next_int(p);
  const double seed = next_real(p);
  /* What is out of range is refused before anything is built. */
  const double words = length > 0 ? length : (double)text.size;
  if (hidden <= 256 && layers <= 4 && words <= 1024 && !affordable(200 * words * (hidden + words) * layers))
    return;
  opened(uw_reader_create(net, text.offset, text.size, length, hidden, layers, seed), UW_READER, 0);
}

static void reader_of(program *p, int what) {
  const int counts = what == ')' || what == '*';
  const subject of = counts ? next_counted(p, UW_READER) : next_subject(p, UW_READER);
  const int from = next_int(p), to = next_int(p);
  if (!affordable(1e6)) return;
  if (what == '(' && check(of, uw_reader_nodes(of.handle))) check_json();
  if (what == ')' && check(of, uw_steps_counted(of.handle))) check_json();
  if (what == '*' && check(of, uw_steps_way(of.handle, from, to))) check_json();
  if (what == '/') check(of, uw_reader_run(of.handle, to > 0 ? 1 : to));
}

static void measure_of(program *p, int what) {
  const subject of = next_subject(p, UW_MEASURE);
  const int t = next_int(p);
  if (!affordable(1e6)) return;
  if (what == 'P') {
    const part name = next_part(p);
    if (!check(of, uw_measure_terms(of.handle, t, name.offset, name.size))) return;
    const double *n = uw_numbers_address();
    MUST(n[0] == t && uw_result_size() == 8 * n[0] + 4 * n[1] * (n[0] + 1));
    return;
  }
  const int other = next_int(p);
  if (check(of,
            what == 'k' ? uw_measure_reach(of.handle, t, other) : uw_measure_saliency(of.handle, t, other)))
    MUST(uw_result_size() == (what == 'k' ? 16u : 8u) * (unsigned)t);
}

static void call(program *p, int letter) {
  subject of;
  switch (letter) {
  case 'A': MUST(uw_abi() >= 1); break;
  case 'D':
    if (affordable(1e6) && check((subject){0, 1}, uw_describe())) check_json();
    break;
  case 'E':
    if (uw_error() == UR_OK) MUST(fields() == 3);
    break;
  case 'F': failing = next_int(p); return;
  case 'I': lay_input(p); break;
  case 'J': lay_empty(p); break;
  case 'q': close_handle(next_subject(p, UW_NOTHING).handle); break;
  case 'C': create(p); break;
  case 'L': load(p); break;
  case 'W': save(p); break;
  case 'R': restore(p); break;
  case 'G': settings(p); break;
  case 'T': set(p); break;
  case 'S': step(p); break;
  case 'V': evaluate(p); break;
  case 'z': evaluate_at(p); break;
  case 'c':
    of = next_subject(p, UW_TRAINER);
    check(of, uw_trainer_counts(of.handle));
    check(of, uw_trainer_sequences(of.handle));
    check(of, uw_trainer_tensors(of.handle));
    break;
  case 'h': hash(p); break;
  case 'Y': pytorch(p); break;
  case 'Z':
    of = next_subject(p, UW_TRAINER);
    check(of, uw_pytorch_write(of.handle));
    break;
  case 'v': vocabulary(p); break;
  case 'e': encode(p); break;
  case 's': sample(p, 0); break;
  case 'n': sample(p, 1); break;
  case 'X': example(p); break;
  case 'u': units(p); break;
  case 'N': text_name(p); break;
  case 'Q': text_bring(p); break;
  case '%': alignment(p); break;
  case '@': looked(p); break;
  case ',': drawn(p); break;
  case '~': cached(p, 0); break;
  case '#': cached(p, 1); break;
  case 'g': gradcheck(p); break;
  case 'M': claim_create(p); break;
  case 'm': claim_step(p); break;
  case 'w': walk_create(p, 0); break;
  case 'U': walk_create_pair(p); break;
  case 'b':
  case 'd':
  case 'B': written(p, letter); break;
  case 'l': groups(p); break;
  case 'H': study_create(p); break;
  case 'i': study_set(p); break;
  case 'f': study_step(p); break;
  case 'r': study_read(p); break;
  case 'p': walk_to(p); break;
  case 't':
    of = next_subject(p, UW_WALK);
    check(of, uw_walk_state(of.handle));
    break;
  case 'j': walk_schema(p); break;
  case 'a': walk_values(p); break;
  case 'x': walk_explain(p); break;
  case '=': walk_clamp(p); break;
  case '&': walk_derivatives(p); break;
  case '!': trainer_each(p); break;
  case 'o': walk_steps(p); break;
  case 'O': walk_way(p); break;
  case '+': reader_create(p); break;
  case '(':
  case ')':
  case '*':
  case '/': reader_of(p, letter); break;
  case 'K': walk_create(p, 1); break;
  case 'k':
  case 'P':
  case 'y': measure_of(p, letter); break;
  default: break;
  }
  failing = -1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  program p = {.at = data, .end = data + size};
  work = 0;
  failing = -1;
  MUST(ur_text_bring("names", (ur_bytes){(const uint8_t *)few, sizeof few - 1}) == UR_OK);
  for (int calls = 0, letter; calls < CALLS_MAX && (letter = next_sign(&p)) >= 0; calls++) {
    before_call();
    call(&p, letter);
    ur__alloc_fail_after(-1);
  }
  /* All that is left open is closed, and what the exports keep of their own is as it was. */
  while (open_count > 0) close_handle(open[0].handle);
#define GONE(symbol, name) MUST(ur_text_bring(name, (ur_bytes){NULL, 0}) == UR_OK);
  UR__TEXT_LIST(GONE)
#undef GONE
  MUST(uw_input(0) != NULL);
  ur_buffer_free(uw_result());
  ur_buffer_free(&saved);
  memset(&saved, 0, sizeof saved);
  return 0;
}

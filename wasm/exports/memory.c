/* Handles, the input area, the result, the last error. */
#include "exports.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS       64
#define GENERATIONS (1 << 24)

typedef struct slot {
  uw_kind kind;
  void *object;
  void (*free)(void *object);
  int parent, generation;
} slot;

static slot slots[SLOTS];
static ur_buffer input, result;
double uw_numbers[8];

/* ---- handles: slot + SLOTS * generation, so that an old handle of a slot does not find the new object ----
 */
static slot *find(int handle) {
  if (handle <= 0) return NULL;
  slot *s = &slots[handle % SLOTS];
  return s->kind != UW_NOTHING && s->generation == handle / SLOTS ? s : NULL;
}

int uw_handle_put(uw_kind kind, void *object, void (*free)(void *), int parent) {
  for (int i = 0; i < SLOTS; i++) {
    slot *s = &slots[i];
    if (s->kind != UW_NOTHING || s->generation >= GENERATIONS) continue;
    s->kind = kind, s->object = object, s->free = free, s->parent = parent, s->generation++;
    return i + SLOTS * s->generation;
  }
  free(object);
  ur_fail(UR_E_MEMORY, "", "Too many runs, walks, claims and studies are open (%d); close some.", SLOTS);
  return 0;
}

void *uw_handle_get(uw_kind kind, int handle) {
  slot *s = find(handle);
  if (s && s->kind == kind) return s->object;
  ur_fail(UR_E_ARGUMENT, "handle", "There is nothing with the handle %d.", handle);
  return NULL;
}

int uw_handle_parent(int handle) {
  slot *s = find(handle);
  return s ? s->parent : 0;
}

int uw_handle_is(uw_kind kind, int handle) {
  slot *s = find(handle);
  return s && s->kind == kind;
}

void uw_handle_free(int handle) {
  slot *s = find(handle);
  if (!s) return;
  for (int i = 0; i < SLOTS; i++)
    if (slots[i].kind != UW_NOTHING && slots[i].parent == handle)
      uw_handle_free(i + SLOTS * slots[i].generation);
  s->free(s->object);
  s->kind = UW_NOTHING, s->object = NULL, s->parent = 0;
}

/* Zeros, for good, where more.wasm lies; 16 is the most that its data is aligned to. */
UW_EXPORT(room) void *uw_room(uint32_t size) {
  void *room = size > 0 && size <= UINT32_MAX - 15 ? aligned_alloc(16, ((size_t)size + 15) / 16 * 16) : NULL;
  if (room)
    memset(room, 0, size);
  else
    ur_fail(UR_E_MEMORY, "", "There is no memory for %lu more bytes of the core.", (unsigned long)size);
  return room;
}

UW_EXPORT(close) void uw_close(int handle) { uw_handle_free(handle); }

/* ---- input ---- */
UW_EXPORT(input) void *uw_input(uint32_t size) {
  ur_buffer_free(&input);
  memset(&input, 0, sizeof input);
  /* One byte more, so that the address of an empty area is not NULL. */
  input.data = size < UINT32_MAX ? malloc((size_t)size + 1) : NULL;
  if (!input.data) {
    ur_fail(UR_E_MEMORY, "", "There is no memory for %lu bytes of input.", (unsigned long)size);
    return NULL;
  }
  input.size = size, input.capacity = (size_t)size + 1;
  return input.data;
}

ur_bytes uw_input_bytes(uint32_t offset, uint32_t size) {
  if (!input.data || offset > input.size || size > input.size - offset) {
    ur_fail(UR_E_ARGUMENT, "input", "The %lu bytes at %lu are not inside the input area.",
            (unsigned long)size, (unsigned long)offset);
    return (ur_bytes){NULL, 0};
  }
  return (ur_bytes){input.data + offset, size};
}

const char *uw_input_text(uint32_t offset, uint32_t size) {
  ur_bytes bytes = uw_input_bytes(offset, size < UINT32_MAX ? size + 1 : size); /* no area is that large */
  if (!bytes.data) return NULL;
  const uint8_t *end = memchr(bytes.data, 0, bytes.size);
  if (end == bytes.data + size) return (const char *)bytes.data;
  ur_fail(UR_E_TEXT, "input", end ? "A text must not contain the character NUL." : "A text has no end.");
  return NULL;
}

ur_status uw_whole(double value, const char *what, uint64_t *out) {
  if (!(value >= 0 && value <= 9007199254740992.0 && value == floor(value)))
    return ur_fail(UR_E_ARGUMENT, what, "%s must be a whole number from 0 to 2^53.", what);
  *out = (uint64_t)value;
  return UR_OK;
}

/* ---- result ---- */
ur_buffer *uw_result(void) {
  result.size = 0, result.failed = 0;
  return &result;
}
ur_status uw_result_done(void) {
  return result.failed ? ur_fail(UR_E_MEMORY, "", "There is no memory for the result.") : UR_OK;
}
void uw_result_field(const char *text) { ur_buffer_append(&result, text, strlen(text) + 1); }
void uw_result_real(double value) { ur_buffer_append(&result, &value, sizeof value); }
void uw_result_ints(const int *values, int n) {
  for (int i = 0; i < n; i++) ur_buffer_print(&result, i ? ",%d" : "%d", values[i]);
}
void uw_result_json(const char *text) {
  ur_buffer_print(&result, "\"");
  for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
    if (*c < 0x20 || *c == '"' || *c == '\\')
      ur_buffer_print(&result, "\\u%04x", *c);
    else
      ur_buffer_append(&result, c, 1);
  }
  ur_buffer_print(&result, "\"");
}

UW_EXPORT(result) const void *uw_result_address(void) { return result.data; }
UW_EXPORT(result_size) uint32_t uw_result_size(void) { return (uint32_t)result.size; }
UW_EXPORT(numbers) const double *uw_numbers_address(void) { return uw_numbers; }

/* ---- what there is, what went wrong ---- */
UW_EXPORT(abi) int uw_abi(void) { return UR_ABI; }
/* Result: JSON, as ur_describe_runs says. */
UW_EXPORT(describe) int uw_describe(void) {
  ur_describe_runs(uw_result());
  return uw_result_done();
}
/* Result: fields code, node, message. */
UW_EXPORT(error) int uw_error(void) {
  const ur_error *e = ur_last_error();
  uw_result();
  uw_result_field(ur_status_name(e->code));
  uw_result_field(e->node);
  uw_result_field(e->message);
  return result.failed ? UR_E_MEMORY : UR_OK;
}

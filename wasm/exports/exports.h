/* wasm/exports: what JavaScript sees of the core. Every export only checks what it was given and delegates to
 * include/unroll. Conventions:
 *  - Objects are handles (small integers, never reused while anything could remember them), not pointers.
 *  - Texts and bytes come in through one input area: input(size) gives its address, and other calls name
 * parts of it by offset and length. A text is followed by a NUL in the area and has none inside.
 *  - Numbers come out in numbers(), everything longer in result()/result_size(): until the next call.
 *  - A call returns a ur_status, or, where it makes a handle or finds an address, 0 for failure. error()
 * tells more.
 *  - Any call may move memory (growth): views are made anew after each. */
#ifndef UNROLL_WASM_EXPORTS_H
#define UNROLL_WASM_EXPORTS_H

#include "unroll/measure.h"
#include "unroll/reader.h"

#ifdef __wasm__
#define UW_EXPORT(name) __attribute__((export_name(#name)))
#else
#define UW_EXPORT(name) /* tests/fuzz calls them as they are */
#endif

typedef enum uw_kind { UW_NOTHING, UW_TRAINER, UW_WALK, UW_MEASURE, UW_CLAIM, UW_READER, UW_STUDY } uw_kind;

/* A new handle for an object, which is freed with it; or 0 with the object freed. parent: handle of what it
 * stands on, or 0. */
int uw_handle_put(uw_kind kind, void *object, void (*free)(void *object), int parent);
/* The object, or NULL with the error recorded. */
void *uw_handle_get(uw_kind kind, int handle);
/* Frees the object and those that stand on it. Unknown handles are ignored. */
void uw_handle_free(int handle);
int uw_handle_parent(int handle);
int uw_handle_is(uw_kind kind, int handle);

/* A part of the input area; data NULL with the error recorded where it is not inside. */
ur_bytes uw_input_bytes(uint32_t offset, uint32_t size);
const char *uw_input_text(uint32_t offset, uint32_t size);

/* The seed of a stream, an index: whole numbers that a double holds. */
ur_status uw_whole(double value, const char *what, uint64_t *out);

extern double uw_numbers[8];
/* Empties the result and returns it. */
ur_buffer *uw_result(void);
/* UR_OK, or UR_E_MEMORY where the result could not be written. */
ur_status uw_result_done(void);
void uw_result_field(const char *text); /* text and its NUL */
void uw_result_json(const char *text);  /* quoted and escaped */
void uw_result_real(double value);
void uw_result_ints(const int *values, int n); /* as in a list of JSON, without its brackets */

#endif

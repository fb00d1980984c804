/* What a graph takes, counted: unroll/steps.h over the tape of a walk or of a reader. */
#include "alloc.h"
#include "exports.h"
#include "unroll/steps.h"

#include <inttypes.h>

/* The tape, and room for a number a node, to be freed; NULL with the error recorded. */
static ur_tape *open_tape(int handle, int **numbers) {
  const int walked = uw_handle_is(UW_WALK, handle);
  void *object = uw_handle_get(walked ? UW_WALK : UW_READER, handle);
  if (!object) return NULL;
  ur_tape *tape = walked ? ur_walk_tape(object) : ur_reader_tape(object);
  *numbers = ur__alloc_array((size_t)ur_tape_count(tape), sizeof **numbers);
  if (*numbers) return tape;
  ur_fail(UR_E_MEMORY, "", "There is no memory to count the steps of %d nodes.", ur_tape_count(tape));
  return NULL;
}

static ur_status print_work(ur_buffer *out, const ur_tape *tape) {
  ur_work work[UR_OP_COUNT];
  int any = 0;
  const ur_status status = ur_steps_work(tape, work);
  for (int op = 0; status == UR_OK && op < UR_OP_COUNT; op++) {
    if (work[op].nodes == 0) continue;
    ur_buffer_print(out, any++ ? ",{\"op\":" : "{\"op\":"), uw_result_json(ur_op_describe((ur_op)op)->name);
    ur_buffer_print(out,
                    ",\"nodes\":%" PRIu64 ",\"multiplyAdds\":%" PRIu64 ",\"others\":%" PRIu64
                    ",\"bytes\":%" PRIu64 "}",
                    work[op].nodes, work[op].multiply_adds, work[op].others, work[op].bytes);
  }
  return status;
}

/* Result: JSON {steps, longest, work} of protocol.ts' Counted; steps by node, -1 for one that is not there.
 */
UW_EXPORT(steps_counted) int uw_steps_counted(int handle) {
  int *numbers, count;
  ur_tape *tape = open_tape(handle, &numbers);
  if (!tape) return ur_last_error()->code;
  ur_buffer *out = uw_result();
  ur_status status = ur_steps_all(tape, numbers);
  ur_buffer_print(out, "{\"steps\":[");
  if (status == UR_OK) uw_result_ints(numbers, ur_tape_count(tape));
  if (status == UR_OK) status = ur_steps_longest(tape, UR_NODE_NONE, numbers, &count);
  ur_buffer_print(out, "],\"longest\":[");
  if (status == UR_OK) uw_result_ints(numbers, count);
  ur_buffer_print(out, "],\"work\":[");
  if (status == UR_OK) status = print_work(out, tape);
  ur_buffer_print(out, "]}");
  ur__free(numbers);
  return status == UR_OK ? uw_result_done() : status;
}

/* Result: JSON, the nodes of a shortest way from one to the other, both with it; [] where there is none. */
UW_EXPORT(steps_way) int uw_steps_way(int handle, int from, int to) {
  int *way, count;
  ur_tape *tape = open_tape(handle, &way);
  if (!tape) return ur_last_error()->code;
  ur_buffer *out = uw_result();
  const ur_status status = ur_steps_way(tape, from, to, way, &count);
  ur_buffer_print(out, "[");
  uw_result_ints(way, count);
  ur_buffer_print(out, "]");
  ur__free(way);
  return status == UR_OK ? uw_result_done() : status;
}

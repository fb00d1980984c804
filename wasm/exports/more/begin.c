/* What more.wasm does when it has come: it gives the core what computes in double, and says what is in it. */
#include "exports.h"
#include "op.h"

void uw_doubles_give(const ur__precision *doubles); /* the core's */

UW_EXPORT(more_begin) void uw_more_begin(void) { uw_doubles_give(ur__doubles()); }

/* Result: JSON, as ur_describe_experiments says. */
UW_EXPORT(more_describe) int uw_more_describe(void) {
  ur_describe_experiments(uw_result());
  return uw_result_done();
}

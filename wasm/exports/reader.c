/* The nets of unroll/reader.h: what their nodes are and hold, and runs for a clock. */
#include "exports.h"

static void free_reader(void *reader) { ur_reader_free(reader); }

UW_EXPORT(reader_create)
int uw_reader_create(int net, uint32_t text, uint32_t text_size, int length, int hidden, int layers,
                     double seed) {
  const char *t = uw_input_text(text, text_size);
  ur_reader *reader;
  uint64_t s;
  if (!t || uw_whole(seed, "seed", &s) != UR_OK) return 0;
  const ur_reader_options options = {.net = (ur_reader_net)net,
                                     .text = length > 0 ? NULL : t,
                                     .length = length,
                                     .hidden = hidden,
                                     .layers = layers,
                                     .seed = s};
  if (ur_reader_create(&options, &reader) != UR_OK) return 0;
  return uw_handle_put(UW_READER, reader, free_reader, 0);
}

/* Result: JSON {states, nodes} of protocol.ts' ReaderTape; states by layer from 0 and word. Parameters
 * without values. */
UW_EXPORT(reader_nodes) int uw_reader_nodes(int handle) {
  ur_reader *reader = uw_handle_get(UW_READER, handle);
  if (!reader) return UR_E_ARGUMENT;
  ur_tape *tape = ur_reader_tape(reader);
  ur_buffer *out = uw_result();
  ur_buffer_print(out, "{\"states\":[");
  for (int layer = 0; ur_reader_state(reader, layer, 1) != UR_NODE_NONE; layer++) {
    ur_buffer_print(out, layer ? ",[" : "[");
    for (int word = 1; word <= ur_reader_length(reader); word++)
      ur_buffer_print(out, word > 1 ? ",%d" : "%d", ur_reader_state(reader, layer, word));
    ur_buffer_print(out, "]");
  }
  ur_buffer_print(out, "],\"nodes\":[");
  for (int id = 0; id < ur_tape_count(tape); id++) {
    if (id > 0) ur_buffer_print(out, ",");
    ur_node_json(tape, id, ur_tape_node(tape, id).role != UR_PARAMETER, 0, out);
  }
  ur_buffer_print(out, "]}");
  return uw_result_done();
}

/* So many forward runs. */
UW_EXPORT(reader_run) int uw_reader_run(int handle, int times) {
  ur_reader *reader = uw_handle_get(UW_READER, handle);
  ur_status status = reader ? UR_OK : UR_E_ARGUMENT;
  for (int i = 0; i < times && status == UR_OK; i++) status = ur_reader_run(reader);
  return status;
}

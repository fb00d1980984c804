#include "looks.h"

#include <string.h>

/* Weights over the source in the decoder's step: alpha [1,B,S], or of heads [A,B,1,S]. */
static int looks(const ur_node_view *node) {
  static const char across[] = ".cross.a";
  const size_t size = strlen(node->path), end = sizeof across - 1;
  if (node->role != UR_ACTIVATION) return 0;
  return strcmp(node->path, "alpha") == 0 || (size > end && strcmp(node->path + size - end, across) == 0);
}

static int heads_of(const ur_node_view *node) { return node->rank == 4 ? node->shape[0] : 1; }

ur__looks ur__net_looks(const ur__net *net) {
  ur__looks found = {0, 0};
  for (int id = 0; id < ur_tape_count(net->next); id++) {
    const ur_node_view node = ur_tape_node(net->next, id);
    if (!looks(&node)) continue;
    found.blocks++;
    found.heads = heads_of(&node);
  }
  return found;
}

void ur__net_look(const ur__net *net, int sequence, float *out) {
  for (int id = 0; id < ur_tape_count(net->next); id++) {
    const ur_node_view node = ur_tape_node(net->next, id);
    if (!looks(&node)) continue;
    const size_t B = (size_t)node.shape[1], S = (size_t)node.shape[node.rank - 1];
    const float *weights = ur_tape_value(net->next, id);
    for (int head = 0; head < heads_of(&node); head++, out += S)
      memcpy(out, weights + ((size_t)head * B + (size_t)sequence) * S, S * sizeof *out);
  }
}

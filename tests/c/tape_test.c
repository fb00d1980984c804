/* Building a tape: parameters, paths, mistakes, memory, and which nodes have a gradient. */
#include "tape_help.h"

#include "alloc.h"

/* ---- parameters ---- */
static void check_params(void) {
  ur_params *params = NULL;
  ur_rng stream = ur_rng_stream(1, "init", 0);
  CHECK(ur_params_create(&params) == UR_OK);
  CHECK(ur_params_add(params, "a", "HE", (int[]){2, 3}, UR_INIT_UNIFORM, 0.5) == 0);
  CHECK(ur_params_add(params, "b", "H", (int[]){4}, UR_INIT_ZERO, 1) == 1);
  CHECK(ur_params_add(params, "c", "H", (int[]){100}, UR_INIT_NORMAL, 2) == 2);
  CHECK(ur_params_data(params) == NULL);
  CHECK(ur_params_finish(params, &stream) == UR_OK);
  CHECK(ur_params_finish(params, &stream) == UR_E_STATE);
  CHECK(ur_params_count(params) == 3 && ur_params_size(params) == 110);
  ur_param_view c = ur_params_view(params, 2);
  CHECK(strcmp(c.name, "c") == 0 && c.offset == 10 && c.size == 100 && c.rank == 1 && c.shape[0] == 100);
  const float *data = ur_params_data(params);
  double squares = 0;
  for (int i = 0; i < 100; i++) squares += data[10 + i] * data[10 + i];
  CHECK_NEAR(squares / 100, 4, 1.5);
  CHECK(all_zero(data + 6, 4) && !all_zero(data, 6));
  CHECK(ur_params_add(params, "late", "H", (int[]){4}, UR_INIT_ZERO, 1) == -1);
  CHECK(ur_params_view(params, 3).size == 0);
  ur_params_free(params);
}

static void check_bad_param(const char *name, const char *axes, const int *shape, ur_status status) {
  ur_params *params = NULL;
  ur_rng stream = ur_rng_stream(1, "init", 0);
  CHECK(ur_params_create(&params) == UR_OK);
  CHECK(ur_params_add(params, "there", "H", (int[]){1}, UR_INIT_ZERO, 0) == 0);
  CHECK(ur_params_add(params, name, axes, shape, UR_INIT_ZERO, 0) == -1);
  CHECK(ur_params_add(params, "fine", "H", (int[]){1}, UR_INIT_ZERO, 0) == -1);
  ur_fail(UR_E_STATE, "", "something else");
  CHECK(ur_params_finish(params, &stream) == status);
  ur_params_free(params);
}

static void check_bad_params(void) {
  char name[200];
  memset(name, 'x', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  check_bad_param("there", "H", (int[]){2}, UR_E_ARGUMENT);
  check_bad_param("", "H", (int[]){2}, UR_E_ARGUMENT);
  check_bad_param(name, "H", (int[]){2}, UR_E_ARGUMENT);
  check_bad_param("a", "", (int[]){2}, UR_E_SHAPE);
  check_bad_param("a", "HHHHH", (int[]){1, 1, 1, 1, 1}, UR_E_SHAPE);
  check_bad_param("a", "TH", (int[]){2, 2}, UR_E_SHAPE);
  check_bad_param("a", "HE", (int[]){2, 0}, UR_E_SHAPE);
  check_bad_param("a", "HE", (int[]){2, -3}, UR_E_SHAPE);
  check_bad_param("a", "HEVW", (int[]){1 << 30, 1 << 30, 1 << 30, 1 << 30}, UR_E_MEMORY);

  ur_params *params = NULL;
  ur_rng stream = ur_rng_stream(1, "init", 0);
  CHECK(ur_params_create(&params) == UR_OK);
  for (int i = 0; i < 3; i++) { /* 128 MB each */
    const char name[] = {(char)('a' + i), '\0'};
    CHECK(ur_params_add(params, name, "HE", (int[]){1 << 12, 1 << 13}, UR_INIT_ZERO, 0) == i);
  }
  CHECK(ur_params_finish(params, &stream) == UR_E_MEMORY);
  CHECK(said("384.0 MB") && said("256.0 MB"));
  ur_params_free(params);
}

/* ---- building ---- */
typedef struct bench {
  ur_params *params;
  ur_tape *tape;
  int a, w;
} bench;

/* Parameters a [W,K] = [4,6] and w [N,K] = [5,6] on a tape for batch 3 and length 4. */
static bench open_bench(ur_tape_options options) {
  bench b = {0};
  ur_rng stream = ur_rng_stream(2, "init", 0);
  CHECK(ur_params_create(&b.params) == UR_OK);
  ur_params_add(b.params, "in.a", "WK", (int[]){4, 6}, UR_INIT_NORMAL, 1);
  ur_params_add(b.params, "w", "NK", (int[]){5, 6}, UR_INIT_NORMAL, 1);
  CHECK(ur_params_finish(b.params, &stream) == UR_OK);
  options.batch = 3;
  options.length = 4;
  CHECK(ur_tape_create(&options, b.params, &b.tape) == UR_OK);
  b.a = ur_param(b.tape, 0);
  b.w = ur_param(b.tape, 1);
  return b;
}

static void close_bench(bench *b) {
  ur_tape_free(b->tape);
  ur_params_free(b->params);
}

static void check_paths(void) {
  bench b = open_bench((ur_tape_options){0});
  CHECK(ur_param(b.tape, 0) == b.a && b.a != b.w); /* one node a parameter */
  ur_scope_push(b.tape, "rnn");
  ur_scope_push(b.tape, "3");
  ur_scope_time(b.tape, 3);
  int y = ur_matmul(b.tape, "Wh_h", b.a, b.w);
  int x = ur_input_index(b.tape, "x", "TB", (int[]){4, 3});
  ur_scope_pop(b.tape);
  ur_scope_pop(b.tape);
  ur_scope_time(b.tape, 0);
  int z = ur_tanh(b.tape, "z", y);
  CHECK(ur_tape_finish(b.tape) == UR_OK);
  ur_node_view v = ur_tape_node(b.tape, y), p = ur_tape_node(b.tape, b.a), i = ur_tape_node(b.tape, x);
  CHECK(strcmp(v.path, "rnn.3.Wh_h") == 0 && strcmp(v.name, "Wh_h") == 0 && strcmp(v.axes, "WN") == 0);
  CHECK(v.op == UR_OP_MATMUL && v.role == UR_ACTIVATION && v.dtype == UR_F32 && v.time == 3 && v.param == -1);
  CHECK(v.n_inputs == 2 && v.inputs[0] == b.a && v.inputs[1] == b.w && v.shape[0] == 4 && v.shape[1] == 5);
  CHECK(strcmp(p.path, "in.a") == 0 && strcmp(p.name, "a") == 0 && p.role == UR_PARAMETER && p.param == 0);
  CHECK(i.role == UR_INPUT && i.dtype == UR_INDEX && i.op == UR_OP_LEAF && i.n_inputs == 0);
  CHECK(ur_tape_node(b.tape, z).time == 3); /* not there before what it is made from */
  CHECK(ur_tape_find(b.tape, "rnn.3.Wh_h") == y && ur_tape_find(b.tape, "Wh_h") == UR_NODE_NONE);
  CHECK(ur_tape_value(b.tape, b.a) == ur_params_data(b.params)); /* read where they are */
  CHECK(ur_tape_node(b.tape, 99).id == UR_NODE_NONE && ur_tape_value(b.tape, -1) == NULL);
  close_bench(&b);
}

enum {
  UNKNOWN_NODE,
  TWICE,
  NO_NAME,
  LONG_NAME,
  NO_PARAM,
  WRONG_BATCH,
  LONG_AXES,
  NO_LOSSES,
  DEEP,
  POP,
  HUGE_SHAPE,
  NO_ACTIVATION,
  NO_INPUT,
  MISTAKES
};

static int make(ur_tape *tape, int mistake) {
  char name[200];
  memset(name, 'x', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  switch (mistake) {
  case UNKNOWN_NODE: return ur_tanh(tape, "y", 12345);
  case TWICE: ur_tanh(tape, "y", 0); return ur_tanh(tape, "y", 0);
  case NO_NAME: return ur_tanh(tape, "", 0);
  case LONG_NAME: return ur_tanh(tape, name, 0);
  case NO_PARAM: return ur_param(tape, 2);
  case WRONG_BATCH: return ur_input(tape, "x", "BH", (int[]){2, 5});
  case LONG_AXES: return ur_input(tape, "x", "WWWWW", (int[]){1, 1, 1, 1, 1});
  case NO_LOSSES: return ur_mean_loss(tape, "J", NULL, 0, 0);
  case DEEP:
    for (int i = 0; i < 100; i++) ur_scope_push(tape, "s");
    return UR_NODE_NONE;
  case POP: ur_scope_pop(tape); return UR_NODE_NONE;
  case NO_INPUT: return ur_extend(tape, "all", ur_param(tape, 0), ur_param(tape, 0));
  case NO_ACTIVATION: return ur_rnn(tape, "h", 0, 0, 1, 1, 1, (ur_activation)7);
  default: return ur_input(tape, "x", "VWEH", (int[]){1 << 30, 1 << 30, 1 << 30, 1 << 30});
  }
}

static void check_mistakes(void) {
  static const ur_status expected[MISTAKES] = {
      [UNKNOWN_NODE] = UR_E_ARGUMENT, [TWICE] = UR_E_ARGUMENT,
      [NO_NAME] = UR_E_ARGUMENT,      [LONG_NAME] = UR_E_ARGUMENT,
      [NO_PARAM] = UR_E_ARGUMENT,     [WRONG_BATCH] = UR_E_SHAPE,
      [LONG_AXES] = UR_E_SHAPE,       [NO_LOSSES] = UR_E_ARGUMENT,
      [DEEP] = UR_E_ARGUMENT,         [POP] = UR_E_STATE,
      [HUGE_SHAPE] = UR_E_MEMORY,     [NO_ACTIVATION] = UR_E_ARGUMENT,
      [NO_INPUT] = UR_E_ARGUMENT};
  for (int mistake = 0; mistake < MISTAKES; mistake++) {
    bench b = open_bench((ur_tape_options){0});
    CHECK(make(b.tape, mistake) == UR_NODE_NONE);
    char first[sizeof ur_last_error()->message];
    strcpy(first, ur_last_error()->message);
    CHECK(ur_input(b.tape, "fine", "", NULL) == UR_NODE_NONE);
    ur_fail(UR_E_STATE, "", "something else");
    CHECK(ur_tape_finish(b.tape) == expected[mistake]);
    CHECK(strcmp(first, ur_last_error()->message) == 0);
    CHECK(ur_tape_forward(b.tape) == UR_E_STATE);
    close_bench(&b);
  }
}

static void check_order(void) {
  bench b = open_bench((ur_tape_options){.gradients = 1});
  double partial;
  ur_cells cells;
  int y = ur_matmul(b.tape, "y", b.a, b.w);
  CHECK(ur_tape_value(b.tape, y) == NULL);
  CHECK(ur_tape_forward(b.tape) == UR_E_STATE && ur_tape_walk_to(b.tape, 0) == UR_E_STATE);
  CHECK(ur_tape_resize(b.tape, 1, 1) == UR_E_STATE && ur_tape_backward(b.tape) == UR_E_STATE);
  CHECK(ur_tape_sources(b.tape, y, 0, 0, &cells) == UR_E_STATE);
  CHECK(ur_tape_finish(b.tape) == UR_OK);
  CHECK(ur_tape_finish(b.tape) == UR_E_STATE);
  CHECK(ur_tanh(b.tape, "z", y) == UR_NODE_NONE && ur_tape_forward(b.tape) == UR_OK);
  CHECK(ur_tape_backward(b.tape) == UR_E_STATE && said("no loss"));
  CHECK(ur_tape_partial(b.tape, y, 0, 0, 24, &partial) == UR_E_ARGUMENT);
  CHECK(ur_tape_partial(b.tape, 77, 0, 0, 0, &partial) == UR_E_ARGUMENT);
  close_bench(&b);

  ur_params *unfinished = NULL;
  ur_tape *tape = NULL;
  ur_tape_options options = {.batch = 1, .length = 1};
  CHECK(ur_params_create(&unfinished) == UR_OK);
  ur_params_add(unfinished, "a", "H", (int[]){2}, UR_INIT_ZERO, 0);
  CHECK(ur_tape_create(&options, unfinished, &tape) == UR_OK);
  ur_param(tape, 0);
  CHECK(ur_tape_finish(tape) == UR_E_STATE);
  ur_tape_free(tape);
  CHECK(ur_tape_create(&options, NULL, &tape) == UR_E_ARGUMENT);
  options.batch = 0;
  CHECK(ur_tape_create(&options, unfinished, &tape) == UR_E_ARGUMENT && tape == NULL);
  ur_params_free(unfinished);
}

/* ---- memory ---- */
static void check_limit(void) {
  bench b = open_bench((ur_tape_options){.memory_limit = 4 << 20});
  ur_input(b.tape, "x", "WE", (int[]){1024, 2048});
  CHECK(ur_tape_finish(b.tape) == UR_E_MEMORY);
  CHECK(said("8.0 MB") && said("4.0 MB"));
  CHECK(ur_tape_forward(b.tape) == UR_E_STATE);
  close_bench(&b);

  b = open_bench((ur_tape_options){0});
  for (int i = 0; i < 40; i++) {
    const char name[] = {'x', (char)('0' + i), '\0'};
    ur_input(b.tape, name, "WE", (int[]){1 << 11, 1 << 11}); /* 16 MB each */
  }
  CHECK(ur_tape_finish(b.tape) == UR_E_MEMORY && said("512.0 MB"));
  close_bench(&b);
}

static void check_alignment(void) {
  small_rnn m = small;
  ur_tape *tape = NULL;
  ur_tape_options options = {.batch = m.B, .length = m.T, .gradients = 1, .edges = 1};
  CHECK(small_rnn_params(&m) == UR_OK && small_rnn_unrolled(&m, &options, &tape) == UR_OK);
  for (int i = 0; i < ur_tape_count(tape); i++) {
    ur_node_view v = ur_tape_node(tape, i);
    if (v.role == UR_PARAMETER) continue; /* in one row with the others */
    CHECK((uintptr_t)ur_tape_value(tape, i) % 64 == 0 && (uintptr_t)ur_tape_grad(tape, i) % 64 == 0);
    for (int k = 0; k < v.n_inputs; k++) CHECK((uintptr_t)ur_tape_edge(tape, i, k) % 64 == 0);
  }
  ur_tape_free(tape);
  ur_params_free(m.params);
}

/* Every allocation of building fails once. */
static void check_allocation_failures(int fused, ur_dtype dtype) {
  long n = 0;
  for (ur_status status = UR_E_MEMORY; status != UR_OK && n < 10000; n++) {
    small_rnn m = small;
    ur_tape *tape = NULL;
    ur_tape_options options = {.dtype = dtype, .batch = m.B, .length = m.T, .gradients = 1, .edges = !fused};
    ur_fail(UR_E_STATE, "", "something else");
    ur__alloc_fail_after(n);
    status = small_rnn_params(&m);
    if (status == UR_OK) status = (fused ? small_rnn_fused : small_rnn_unrolled)(&m, &options, &tape);
    ur__alloc_fail_after(-1);
    CHECK(status == UR_OK || status == UR_E_MEMORY);
    CHECK(status == UR_OK || ur_last_error()->code == UR_E_MEMORY);
    ur_tape_free(tape);
    ur_params_free(m.params);
  }
  CHECK(n > 10 && n < 10000);
}

/* One node twice into one op, and a parameter that the loss does not use. */
static void check_twice(int edges) {
  bench b = open_bench((ur_tape_options){.gradients = 1, .edges = edges});
  int twice = ur_add(b.tape, "twice", b.a, b.a), thrice = ur_add(b.tape, "thrice", twice, b.a);
  int one = ur_input(b.tape, "one", "", NULL);
  int shown = ur_softmax(b.tape, "shown", b.w); /* no part of the loss */
  ur_mean_loss(b.tape, "J", &thrice, 1, one);
  CHECK(ur_tape_finish(b.tape) == UR_OK);
  *(float *)ur_tape_value(b.tape, one) = 4;
  for (int again = 0; again < 2; again++) {
    run(b.tape);
    for (int i = 0; i < 24; i++) CHECK(((const float *)ur_tape_grad(b.tape, b.a))[i] == 0.75f);
    CHECK(all_zero(ur_tape_grad(b.tape, b.w), 30));
    memset(ur_tape_param_grads(b.tape), 0x55, 54 * sizeof(float));
  }
  CHECK(ur_tape_grad(b.tape, shown) == NULL && !ur_tape_node(b.tape, shown).gradient);
  close_bench(&b);
}

int main(void) {
  TEST("parameters") check_params();
  TEST("bad parameters") check_bad_params();
  TEST("paths and views") check_paths();
  TEST("mistakes poison") check_mistakes();
  TEST("what cannot be done yet") check_order();
  TEST("memory limit") check_limit();
  TEST("alignment") check_alignment();
  TEST("allocations fail, fused") check_allocation_failures(1, UR_F32);
  TEST("allocations fail, unrolled") check_allocation_failures(0, UR_F32);
  TEST("allocations fail, double") check_allocation_failures(1, UR_F64);
  TEST("one node twice, edges") check_twice(1);
  TEST("one node twice") check_twice(0);
  return check_done();
}

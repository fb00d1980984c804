/* tests/fuzz/boundary.h: the exports of wasm/exports, as their definitions have them. */
#ifndef UNROLL_TESTS_FUZZ_BOUNDARY_H
#define UNROLL_TESTS_FUZZ_BOUNDARY_H

#include <stdint.h>

void uw_close(int handle);
void *uw_input(uint32_t size);
const void *uw_result_address(void);
uint32_t uw_result_size(void);
const double *uw_numbers_address(void);
int uw_abi(void);
int uw_describe(void);
int uw_error(void);

int uw_text_name(uint32_t settings, uint32_t settings_size);
int uw_text_bring(uint32_t name, uint32_t name_size, uint32_t text, uint32_t text_size);
int uw_trainer_create(uint32_t settings, uint32_t settings_size, int own_corpus, uint32_t corpus,
                      uint32_t corpus_size);
int uw_trainer_load(uint32_t file, uint32_t file_size, int own_corpus, uint32_t corpus, uint32_t corpus_size);
int uw_trainer_settings(int handle);
int uw_trainer_set(int handle, uint32_t key, uint32_t key_size, uint32_t value, uint32_t value_size);
int uw_trainer_step(int handle);
int uw_trainer_evaluate(int handle, int validation);
int uw_trainer_pairs(int handle);
int uw_trainer_evaluate_at(int handle, int length);
int uw_trainer_counts(int handle);
int uw_trainer_sequences(int handle);
int uw_trainer_tensors(int handle);
uint64_t uw_trainer_hash(int handle);
int uw_trainer_vocabulary(int handle);
int uw_trainer_encode(int handle, uint32_t text, uint32_t text_size);
int uw_trainer_sample(int handle, double temperature, int top_k, double top_p, double index, uint32_t prefix,
                      uint32_t prefix_size);
int uw_trainer_example(int handle, double index);
int uw_trainer_each(int handle);
int uw_trainer_next(int handle, double temperature, int top_k, double top_p, uint32_t text,
                    uint32_t text_size);
int uw_trainer_units(int handle, uint32_t text, uint32_t text_size, int layer);
int uw_trainer_drawn(int handle, double temperature, int top_k, double top_p, double index, int keep,
                     uint32_t prefix, uint32_t prefix_size);
int uw_trainer_cached(int handle, uint32_t text, uint32_t text_size);
int uw_trainer_cached_run(int handle, uint32_t text, uint32_t text_size, int keep, int times);
int uw_trainer_looked(int handle, uint32_t text, uint32_t text_size, int at, int token);
int uw_trainer_alignment(int handle, int own, uint32_t source, uint32_t source_size, uint32_t target,
                         uint32_t target_size);
int uw_trainer_save(int handle, int snapshot);
int uw_trainer_restore(int handle, uint32_t snapshot, uint32_t size);
int uw_trainer_gradcheck(int handle, int samples);

int uw_trainer_guess(int handle, uint32_t source, uint32_t size);
int uw_trainer_answer(int handle, uint32_t source, uint32_t size);
int uw_trainer_beam(int handle, uint32_t source, uint32_t size, int width, double normalisation);
int uw_trainer_groups(int handle, int validation);

int uw_pytorch_describe(uint32_t file, uint32_t file_size, uint32_t model, uint32_t model_size);
int uw_pytorch_read(uint32_t file, uint32_t file_size, uint32_t said, uint32_t said_size);
int uw_pytorch_write(int handle);
int uw_pytorch_program(void);

int uw_study_create(uint32_t name, uint32_t name_size);
int uw_study_set(int handle, uint32_t key, uint32_t key_size, uint32_t value, uint32_t value_size);
int uw_study_step(int handle);
int uw_study_arrays(int handle);
const void *uw_study_values(int handle, int i);

int uw_claim_create(uint32_t id, uint32_t id_size, double seed, int short_form);
int uw_claim_step(int handle);

int uw_walk_create(int trainer_handle, uint32_t text, uint32_t text_size);
int uw_walk_create_pair(int trainer_handle, int own, uint32_t source, uint32_t source_size, uint32_t target,
                        uint32_t target_size);
int uw_walk_to(int handle, int position);
int uw_walk_clamp(int handle, int node, int cell, double value);
int uw_walk_derivatives(int handle);
int uw_walk_state(int handle);
int uw_walk_schema(int handle);
const void *uw_walk_values(int handle, int id, int kind, int index);
int uw_walk_explain(int handle, int id, uint32_t cell, int backward);

int uw_steps_counted(int handle);
int uw_steps_way(int handle, int from, int to);

int uw_reader_create(int net, uint32_t text, uint32_t text_size, int length, int hidden, int layers,
                     double seed);
int uw_reader_nodes(int handle);
int uw_reader_run(int handle, int times);

int uw_measure_create(int trainer_handle, uint32_t text, uint32_t text_size);
int uw_measure_reach(int handle, int t, int layer);
int uw_measure_terms(int handle, int t, uint32_t param, uint32_t param_size);
int uw_measure_saliency(int handle, int t, int token);

#endif

#include <stddef.h>
#include <stdint.h>

uint64_t lab_add(uint64_t a, uint64_t b);
uint64_t lab_sum(const uint8_t *bytes, size_t length);
uint64_t lab_call_back(uint64_t (*function)(uint64_t), uint64_t n);

#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "job.h"

// The convolution of int8 operands, by definition: a loop over every multiply-accumulate, 32-bit sums.
std::vector<int32_t> convolve(const Problem& problem, const int8_t* inputs, const int8_t* weights);

// A finished sum as int8: divided by 2^shift, rounded half up, saturated.
int8_t requantise(int32_t sum, uint32_t shift);

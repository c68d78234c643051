#include "reference.h"

#include <algorithm>
#include <cmath>

std::vector<int32_t> convolve(const Problem& p, const int8_t* inputs, const int8_t* weights) {
  std::vector<int32_t> sums(p.outputWords());
  const size_t height = p.inputRows();
  const size_t width = p.inputColumns();
  for (size_t n = 0; n < p.N; n++)
    for (size_t y = 0; y < p.P; y++)
      for (size_t x = 0; x < p.Q; x++)
        for (size_t g = 0; g < p.G; g++)
          for (size_t r = 0; r < p.R; r++)
            for (size_t s = 0; s < p.S; s++)
              for (size_t c = 0; c < p.C; c++) {
                const size_t h = y * p.strideP + r * p.dilationR;
                const size_t w = x * p.strideQ + s * p.dilationS;
                const int32_t input = inputs[(((n * height + h) * width + w) * p.G + g) * p.C + c];
                const int8_t* weight = &weights[(((g * p.R + r) * p.S + s) * p.C + c) * p.K];
                int32_t* sum = &sums[(((n * p.P + y) * p.Q + x) * p.G + g) * p.K];
                for (size_t k = 0; k < p.K; k++) sum[k] += input * weight[k];
              }
  return sums;
}

int8_t requantise(int32_t sum, uint32_t shift) {
  const double scaled = std::floor(sum / std::pow(2.0, shift) + 0.5);
  return static_cast<int8_t>(std::clamp(scaled, -128.0, 127.0));
}

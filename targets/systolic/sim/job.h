#pragma once
#include <cstddef>
#include <cstdint>
#include <istream>
#include <utility>
#include <vector>

// A convolution (or matrix product: R = S = Q = 1) and how it is laid out in memory:
// inputs[n][h][w][g][c], weights[g][r][s][c][k], sums and outputs[n][p][q][g][k].
struct Problem {
  uint32_t G, N, P, Q, C, K, R, S;
  uint32_t strideP, strideQ, dilationR, dilationS;

  uint32_t inputRows() const { return (P - 1) * strideP + (R - 1) * dilationR + 1; }
  uint32_t inputColumns() const { return (Q - 1) * strideQ + (S - 1) * dilationS + 1; }
  size_t inputWords() const { return size_t(N) * inputRows() * inputColumns() * G * C; }
  size_t weightWords() const { return size_t(G) * R * S * C * K; }
  size_t outputWords() const { return size_t(N) * P * Q * G * K; }
};

// One run: a problem, its data, the memory, and the registers that make the accelerator execute one mapping.
struct Job {
  uint32_t number;
  Problem problem;
  // Byte addresses of the tensors, and of the first byte after all of them.
  uint32_t inputsBase, weightsBase, sumsBase, outputsBase, memoryBytes;
  uint32_t latencyCycles, cyclesPerBeat;
  // Operands are uniform in [-amplitude, amplitude]; finished sums are shifted right by `shift`.
  uint32_t seed, amplitude, shift;
  std::vector<std::pair<uint32_t, uint32_t>> registers;
};

// Reads the next job: lines of a keyword and whole numbers, from `job NUMBER` to `run`. Returns false at the end of the input.
// Throws std::runtime_error on a line it does not understand.
bool readJob(std::istream& input, Job& job);

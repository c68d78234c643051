// Runs jobs on the accelerator, cycle by cycle, and checks every result: jobs come on standard input (see job.h), and one line of
// JSON goes out for each: {"job", "cycles", "computingCycles", "readBeats", "writeBeats"}, or {"job", "error"}.
//
// Cycles count from the one in which the job is started until the last output is in memory.

#include <verilated.h>

#include <cstdio>
#include <exception>
#include <iostream>
#include <random>
#include <string>

#include "Vsystolic_accelerator.h"
#include "job.h"
#include "memory_model.h"
#include "reference.h"

namespace {

// Cycles without a beat on the memory port or a pixel in the array after which a run counts as stuck.
constexpr uint64_t stuckAfter = 100000;

struct Counts {
  uint64_t cycles = 0;
  uint64_t computing = 0;
};

// A cycle has two halves: `settle` with the inputs as they are set and the clock low, then the rising edge.
void settle(VerilatedContext& context, Vsystolic_accelerator& chip) {
  chip.clock = 0;
  chip.eval();
  context.timeInc(1);
}

void risingEdge(VerilatedContext& context, Vsystolic_accelerator& chip) {
  chip.clock = 1;
  chip.eval();
  context.timeInc(1);
}

void cycle(VerilatedContext& context, Vsystolic_accelerator& chip) {
  settle(context, chip);
  risingEdge(context, chip);
}

void configure(VerilatedContext& context, Vsystolic_accelerator& chip, const Job& job) {
  chip.start = 0;
  chip.configure = 0;
  chip.memory_request_ready = 0;
  chip.memory_read_valid = 0;
  chip.memory_write_ready = 0;
  chip.reset = 1;
  cycle(context, chip);
  cycle(context, chip);
  chip.reset = 0;
  chip.configure = 1;
  for (const auto& [index, value] : job.registers) {
    chip.configure_register = index;
    chip.configure_data = value;
    cycle(context, chip);
  }
  chip.configure = 0;
}

// Runs until the chip is done; returns an error, or nothing.
std::string simulate(VerilatedContext& context, Vsystolic_accelerator& chip, MemoryModel& memory, Counts& counts) {
  uint64_t lastProgress = 0;
  chip.start = 1;
  do {
    chip.memory_request_ready = memory.requestReady();
    chip.memory_read_valid = memory.readValid();
    chip.memory_read_data = memory.readData();
    chip.memory_write_ready = memory.writeReady();
    settle(context, chip);
    const MemoryPort port{
        .requestValid = static_cast<bool>(chip.memory_request_valid),
        .requestWrite = static_cast<bool>(chip.memory_request_write),
        .requestAddress = chip.memory_request_address,
        .requestBeats = chip.memory_request_beats,
        .readReady = static_cast<bool>(chip.memory_read_ready),
        .writeValid = static_cast<bool>(chip.memory_write_valid),
        .writeData = chip.memory_write_data,
        .writeStrobe = chip.memory_write_strobe,
    };
    const uint64_t beats = memory.readBeats + memory.writeBeats;
    if (chip.computing) counts.computing++;
    memory.clockEdge(port);
    if (chip.computing || memory.readBeats + memory.writeBeats != beats) lastProgress = counts.cycles;
    risingEdge(context, chip);
    chip.start = 0;
    counts.cycles++;
    if (context.gotError()) return "an assertion of the design failed";
    if (counts.cycles - lastProgress > stuckAfter) return "stuck after " + std::to_string(counts.cycles) + " cycles";
  } while (chip.busy);
  return "";
}

std::string check(const Job& job, const MemoryModel& memory) {
  const auto* inputs = reinterpret_cast<const int8_t*>(&memory.bytes[job.inputsBase]);
  const auto* weights = reinterpret_cast<const int8_t*>(&memory.bytes[job.weightsBase]);
  const auto sums = convolve(job.problem, inputs, weights);
  for (size_t i = 0; i < sums.size(); i++) {
    const int expected = requantise(sums[i], job.shift);
    const int got = static_cast<int8_t>(memory.bytes[job.outputsBase + i]);
    if (got != expected) {
      return "output " + std::to_string(i) + " of " + std::to_string(sums.size()) + " is " + std::to_string(got) +
             " and should be " + std::to_string(expected);
    }
  }
  return "";
}

void run(VerilatedContext& context, Vsystolic_accelerator& chip, const Job& job) {
  MemoryModel memory(job.memoryBytes, job.latencyCycles, job.cyclesPerBeat);
  std::mt19937 random(job.seed);
  std::uniform_int_distribution<int> operand(-static_cast<int>(job.amplitude), static_cast<int>(job.amplitude));
  // Everything else holds noise, so that a word that is not written, or read from a wrong place, shows.
  for (auto& byte : memory.bytes) byte = static_cast<uint8_t>(random());
  for (size_t i = 0; i < job.problem.inputWords(); i++) memory.bytes.at(job.inputsBase + i) = operand(random);
  for (size_t i = 0; i < job.problem.weightWords(); i++) memory.bytes.at(job.weightsBase + i) = operand(random);

  Counts counts;
  configure(context, chip, job);
  std::string error = simulate(context, chip, memory, counts);
  if (error.empty()) error = check(job, memory);
  if (!error.empty()) {
    std::printf("{\"job\":%u,\"error\":\"%s\"}\n", job.number, error.c_str());
  } else {
    std::printf("{\"job\":%u,\"cycles\":%lu,\"computingCycles\":%lu,\"readBeats\":%lu,\"writeBeats\":%lu}\n", job.number,
                static_cast<unsigned long>(counts.cycles), static_cast<unsigned long>(counts.computing),
                static_cast<unsigned long>(memory.readBeats), static_cast<unsigned long>(memory.writeBeats));
  }
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Job job;
    while (readJob(std::cin, job)) {
      VerilatedContext context;
      context.commandArgs(argc, argv);
      // Registers and memories power up with noise: nothing may depend on them before it is written.
      context.randReset(2);
      context.randSeed(static_cast<int>(job.seed) + 1);
      // A failed assertion is an error of the job, not the end of the program.
      context.fatalOnError(false);
      Vsystolic_accelerator chip(&context);
      run(context, chip, job);
      chip.final();
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}

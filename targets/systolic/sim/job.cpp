#include "job.h"

#include <sstream>
#include <stdexcept>
#include <string>

namespace {

template <typename... Fields>
void read(std::istringstream& line, Fields&... fields) {
  (line >> ... >> fields);
  std::string rest;
  if (!line || line >> rest) throw std::runtime_error("cannot read job line: " + line.str());
}

}  // namespace

bool readJob(std::istream& input, Job& job) {
  job = {};
  std::string text;
  while (std::getline(input, text)) {
    std::istringstream line(text);
    std::string keyword;
    if (!(line >> keyword)) continue;
    Problem& p = job.problem;
    if (keyword == "run") return true;
    if (keyword == "job") {
      read(line, job.number);
    } else if (keyword == "problem") {
      read(line, p.G, p.N, p.P, p.Q, p.C, p.K, p.R, p.S, p.strideP, p.strideQ, p.dilationR, p.dilationS);
    } else if (keyword == "layout") {
      read(line, job.inputsBase, job.weightsBase, job.sumsBase, job.outputsBase, job.memoryBytes);
    } else if (keyword == "memory") {
      read(line, job.latencyCycles, job.cyclesPerBeat);
    } else if (keyword == "data") {
      read(line, job.seed, job.amplitude, job.shift);
    } else if (keyword == "register") {
      uint32_t index, value;
      read(line, index, value);
      job.registers.emplace_back(index, value);
    } else {
      throw std::runtime_error("unknown job line: " + text);
    }
  }
  return false;
}

#include "memory_model.h"

#include <cstring>

MemoryModel::MemoryModel(size_t size, uint32_t latencyCycles, uint32_t cyclesPerBeat)
    : bytes(size), latencyCycles_(latencyCycles), cyclesPerBeat_(cyclesPerBeat) {}

bool MemoryModel::requestReady() const { return requests_.size() < queueDepth; }

bool MemoryModel::busFree() const { return cycle_ >= busFreeAt_; }

bool MemoryModel::readValid() const {
  return !requests_.empty() && !requests_.front().write && cycle_ >= requests_.front().earliest && busFree();
}

uint64_t MemoryModel::readData() const {
  uint64_t data = 0;
  if (readValid()) std::memcpy(&data, &bytes.at(requests_.front().address), beatBytes);
  return data;
}

bool MemoryModel::writeReady() const { return !requests_.empty() && requests_.front().write && busFree(); }

void MemoryModel::clockEdge(const MemoryPort& port) {
  const bool reads = readValid() && port.readReady;
  const bool writes = writeReady() && port.writeValid;
  const bool accepts = port.requestValid && requestReady();
  if (reads) readBeats++;
  if (writes) {
    writeBeats++;
    for (uint32_t lane = 0; lane < beatBytes; lane++) {
      if (port.writeStrobe >> lane & 1) bytes.at(requests_.front().address + lane) = port.writeData >> (8 * lane);
    }
  }
  if (reads || writes) {
    busFreeAt_ = cycle_ + cyclesPerBeat_;
    requests_.front().address += beatBytes;
    if (--requests_.front().beats == 0) requests_.pop_front();
  }
  if (accepts) {
    const uint64_t latency = port.requestWrite ? 1 : latencyCycles_;
    requests_.push_back({port.requestWrite, port.requestAddress, port.requestBeats, cycle_ + latency});
  }
  cycle_++;
}

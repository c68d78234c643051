#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

// What the accelerator puts on its memory port in one cycle.
struct MemoryPort {
  bool requestValid;
  bool requestWrite;
  uint32_t requestAddress;  // of the first beat, in bytes
  uint32_t requestBeats;
  bool readReady;
  bool writeValid;
  uint64_t writeData;
  uint8_t writeStrobe;  // bit i: byte i of the beat is written
};

// A memory with one data bus for reads and writes: requests are served in their order, a beat of 8 bytes at a time. The first
// beat of a read comes `latencyCycles` after its request at the earliest; the latencies of requests in flight overlap.
class MemoryModel {
 public:
  static constexpr uint32_t beatBytes = 8;
  static constexpr size_t queueDepth = 32;

  MemoryModel(size_t bytes, uint32_t latencyCycles, uint32_t cyclesPerBeat);

  std::vector<uint8_t> bytes;
  uint64_t readBeats = 0;
  uint64_t writeBeats = 0;

  // Outputs to the accelerator, valid throughout a cycle.
  bool requestReady() const;
  bool readValid() const;
  uint64_t readData() const;
  bool writeReady() const;

  // Ends a cycle, given what the accelerator drove in it.
  void clockEdge(const MemoryPort& port);

 private:
  struct Request {
    bool write;
    uint32_t address;
    uint32_t beats;
    uint64_t earliest;
  };

  bool busFree() const;

  const uint32_t latencyCycles_;
  const uint32_t cyclesPerBeat_;
  uint64_t cycle_ = 0;
  uint64_t busFreeAt_ = 0;
  std::deque<Request> requests_;
};

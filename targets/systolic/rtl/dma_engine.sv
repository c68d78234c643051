// All transfers between memory and the on-chip buffers, over one memory port that loads and stores share.
module dma_engine
  import systolic_types::*;
#(
    parameter int DIM = 8,
    parameter int BUS_BYTES = 8,
    parameter int BURST_BYTES = 64,
    parameter int MAX_OUTSTANDING = 16  // read bursts on their way; a power of two
) (
    input logic clock,
    input logic reset,
    input logic [31:0] configuration[REGISTER_COUNT],

    input logic load_valid,
    output logic load_ready,
    input load_command_t load,
    input logic [KINDS-1:0] free,
    output logic [KINDS-1:0] take_free,
    output logic [KINDS-1:0] loaded,

    input logic store_valid,
    output logic store_ready,
    input store_command_t store,
    input logic computed,
    output logic take_computed,
    output logic stored,

    output logic request_valid,
    input logic request_ready,
    output logic request_write,
    output logic [31:0] request_address,
    output logic [$clog2(BURST_BYTES/BUS_BYTES):0] request_beats,
    input logic read_valid,
    output logic read_ready,
    input logic [7:0] read_data[BUS_BYTES],
    output logic write_valid,
    input logic write_ready,
    output logic [7:0] write_data[BUS_BYTES],
    output logic [BUS_BYTES-1:0] write_strobe,

    output logic scratchpad_write,
    output logic [31:0] scratchpad_address,
    output logic [$clog2(BUS_BYTES):0] scratchpad_count,
    output logic [7:0] scratchpad_data[BUS_BYTES],

    output logic sums_write[DIM],
    output logic sums_write_buffer,
    output logic [31:0] sums_write_row[DIM],
    output logic signed [31:0] sums_write_data[DIM],
    output logic sums_read_buffer,
    output logic [31:0] sums_read_row,
    input logic signed [31:0] sums_read_data[DIM]
);

  logic load_request_valid;
  logic load_request_ready;
  logic [31:0] load_request_address;
  logic [$clog2(BURST_BYTES):0] load_request_bytes;
  logic store_request_valid;
  logic store_request_ready;
  logic [31:0] store_request_address;
  logic [$clog2(BURST_BYTES):0] store_request_bytes;
  logic announce_valid;
  logic announce_ready;
  load_burst_t announce;
  logic burst_valid;
  logic burst_ready;
  load_burst_t burst;

  load_requester #(
      .BUS_BYTES(BUS_BYTES),
      .BURST_BYTES(BURST_BYTES)
  ) requester (
      .clock,
      .reset,
      .configuration,
      .command_valid(load_valid),
      .command_ready(load_ready),
      .command(load),
      .free,
      .take_free,
      .request_valid(load_request_valid),
      .request_ready(load_request_ready),
      .request_address(load_request_address),
      .request_bytes(load_request_bytes),
      .announce_valid,
      .announce_ready,
      .announce
  );

  command_queue #(
      .command_t(load_burst_t),
      .DEPTH(MAX_OUTSTANDING)
  ) bursts_on_the_way (
      .clock,
      .reset,
      .push_valid(announce_valid),
      .push_ready(announce_ready),
      .push_command(announce),
      .pop_valid(burst_valid),
      .pop_ready(burst_ready),
      .pop_command(burst)
  );

  load_receiver #(
      .DIM(DIM),
      .BUS_BYTES(BUS_BYTES)
  ) receiver (
      .clock,
      .reset,
      .configuration,
      .burst_valid,
      .burst_ready,
      .burst,
      .data_valid(read_valid),
      .data_ready(read_ready),
      .data(read_data),
      .loaded,
      .scratchpad_write,
      .scratchpad_address,
      .scratchpad_count,
      .scratchpad_data,
      .sums_write,
      .sums_buffer(sums_write_buffer),
      .sums_row(sums_write_row),
      .sums_data(sums_write_data)
  );

  store_engine #(
      .DIM(DIM),
      .BUS_BYTES(BUS_BYTES),
      .BURST_BYTES(BURST_BYTES)
  ) storer (
      .clock,
      .reset,
      .configuration,
      .command_valid(store_valid),
      .command_ready(store_ready),
      .command(store),
      .computed,
      .take_computed,
      .stored,
      .request_valid(store_request_valid),
      .request_ready(store_request_ready),
      .request_address(store_request_address),
      .request_bytes(store_request_bytes),
      .data_valid(write_valid),
      .data_ready(write_ready),
      .data(write_data),
      .data_strobe(write_strobe),
      .sums_buffer(sums_read_buffer),
      .sums_row(sums_read_row),
      .sums(sums_read_data)
  );

  memory_arbiter #(
      .BUS_BYTES(BUS_BYTES),
      .BURST_BYTES(BURST_BYTES)
  ) arbiter (
      .clock,
      .reset,
      .load_valid(load_request_valid),
      .load_ready(load_request_ready),
      .load_address(load_request_address),
      .load_bytes(load_request_bytes),
      .store_valid(store_request_valid),
      .store_ready(store_request_ready),
      .store_address(store_request_address),
      .store_bytes(store_request_bytes),
      .request_valid,
      .request_ready,
      .request_write,
      .request_address,
      .request_beats
  );

endmodule

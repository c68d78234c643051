// The accelerator: configuration registers, a controller that walks tiles, queues of commands, transfers and the compute core.
//
// Write the registers, raise `start` for a cycle, and wait until `busy` falls. The memory port takes bursts of up to BURST_BYTES,
// which never cross a multiple of it: requests in order, read data in order, write data in the order of write requests.
module systolic_accelerator
  import systolic_types::*;
#(
    parameter int DIM = 8,  // rows and columns of the array
    parameter int SCRATCHPAD_BYTES = 65536,  // a power of two
    parameter int ACCUMULATOR_ROWS = 1024,  // sums of one column in each of two buffers, a power of two
    parameter int BUS_BYTES = 8,  // of a beat, at least 8; a power of two
    parameter int BURST_BYTES = 64,  // a power of two
    parameter int MAX_OUTSTANDING = 16  // read bursts on their way; a power of two
) (
    input logic clock,
    input logic reset,

    input logic configure,
    input logic [6:0] configure_register,
    input logic [31:0] configure_data,
    input logic start,
    output logic busy,
    output logic computing,  // a pixel enters the array in this cycle

    output logic memory_request_valid,
    input logic memory_request_ready,
    output logic memory_request_write,
    output logic [31:0] memory_request_address,  // of the first beat
    output logic [$clog2(BURST_BYTES/BUS_BYTES):0] memory_request_beats,
    input logic memory_read_valid,
    output logic memory_read_ready,
    input logic [8*BUS_BYTES-1:0] memory_read_data,
    output logic memory_write_valid,
    input logic memory_write_ready,
    output logic [8*BUS_BYTES-1:0] memory_write_data,
    output logic [BUS_BYTES-1:0] memory_write_strobe
);

  logic [31:0] configuration[REGISTER_COUNT];

  load_command_t issued_load;
  logic issued_load_valid, issued_load_ready;
  tile_command_t issued_tile;
  logic issued_tile_valid, issued_tile_ready;
  store_command_t issued_store;
  logic issued_store_valid, issued_store_ready;

  load_command_t load;
  logic load_valid, load_ready;
  tile_command_t tile;
  logic tile_valid, tile_ready;
  store_command_t store;
  logic store_valid, store_ready;
  preload_command_t preload;
  logic preload_valid, preload_ready;
  compute_command_t compute;
  logic compute_valid, compute_ready;

  logic [KINDS-1:0] free, take_free, loaded, give_loaded, take_loaded, give_back;
  logic computed, take_computed, stored;

  logic [7:0] read_data[BUS_BYTES];
  logic [7:0] write_data[BUS_BYTES];
  logic scratchpad_write;
  logic [31:0] scratchpad_address;
  logic [$clog2(BUS_BYTES):0] scratchpad_count;
  logic [7:0] scratchpad_data[BUS_BYTES];
  logic sums_write[DIM];
  logic sums_write_buffer;
  logic [31:0] sums_write_row[DIM];
  logic signed [31:0] sums_write_data[DIM];
  logic sums_read_buffer;
  logic [31:0] sums_read_row;
  logic signed [31:0] sums_read_data[DIM];

  for (genvar lane = 0; lane < BUS_BYTES; lane++) begin : g_lane
    assign read_data[lane] = memory_read_data[8*lane+:8];
    assign memory_write_data[8*lane+:8] = write_data[lane];
  end

  configuration_registers registers (
      .clock,
      .write(configure),
      .write_register(configure_register),
      .write_data(configure_data),
      .configuration
  );

  tile_controller controller (
      .clock,
      .reset,
      .configuration,
      .start,
      .busy,
      .load_valid(issued_load_valid),
      .load_ready(issued_load_ready),
      .load(issued_load),
      .tile_valid(issued_tile_valid),
      .tile_ready(issued_tile_ready),
      .tile(issued_tile),
      .store_valid(issued_store_valid),
      .store_ready(issued_store_ready),
      .store(issued_store),
      .stored
  );

  command_queues queues (
      .clock,
      .reset,
      .issued_load_valid,
      .issued_load_ready,
      .issued_load,
      .load_valid,
      .load_ready,
      .load,
      .issued_tile_valid,
      .issued_tile_ready,
      .issued_tile,
      .tile_valid,
      .tile_ready,
      .tile,
      .issued_store_valid,
      .issued_store_ready,
      .issued_store,
      .store_valid,
      .store_ready,
      .store
  );

  buffer_tokens tokens (
      .clock,
      .reset,
      .free,
      .take_free,
      .loaded,
      .give_loaded,
      .take_loaded,
      .give_back,
      .computed,
      .take_computed,
      .stored
  );

  dma_engine #(
      .DIM(DIM),
      .BUS_BYTES(BUS_BYTES),
      .BURST_BYTES(BURST_BYTES),
      .MAX_OUTSTANDING(MAX_OUTSTANDING)
  ) dma (
      .clock,
      .reset,
      .configuration,
      .load_valid,
      .load_ready,
      .load,
      .free,
      .take_free,
      .loaded(give_loaded),
      .store_valid,
      .store_ready,
      .store,
      .computed,
      .take_computed,
      .stored,
      .request_valid(memory_request_valid),
      .request_ready(memory_request_ready),
      .request_write(memory_request_write),
      .request_address(memory_request_address),
      .request_beats(memory_request_beats),
      .read_valid(memory_read_valid),
      .read_ready(memory_read_ready),
      .read_data,
      .write_valid(memory_write_valid),
      .write_ready(memory_write_ready),
      .write_data,
      .write_strobe(memory_write_strobe),
      .scratchpad_write,
      .scratchpad_address,
      .scratchpad_count,
      .scratchpad_data,
      .sums_write,
      .sums_write_buffer,
      .sums_write_row,
      .sums_write_data,
      .sums_read_buffer,
      .sums_read_row,
      .sums_read_data
  );

  tile_executor executor (
      .clock,
      .reset,
      .configuration,
      .command_valid(tile_valid),
      .command_ready(tile_ready),
      .command(tile),
      .loaded,
      .take_loaded,
      .preload_valid,
      .preload_ready,
      .preload,
      .compute_valid,
      .compute_ready,
      .compute
  );

  compute_core #(
      .DIM(DIM),
      .BUS_BYTES(BUS_BYTES),
      .SCRATCHPAD_BYTES(SCRATCHPAD_BYTES),
      .ACCUMULATOR_ROWS(ACCUMULATOR_ROWS)
  ) core (
      .clock,
      .reset,
      .configuration,
      .preload_valid,
      .preload_ready,
      .preload,
      .compute_valid,
      .compute_ready,
      .compute,
      .give_back,
      .computing,
      .scratchpad_write,
      .scratchpad_address,
      .scratchpad_count,
      .scratchpad_data,
      .sums_write,
      .sums_write_buffer,
      .sums_write_row,
      .sums_write_data,
      .sums_read_buffer,
      .sums_read_row,
      .sums_read_data
  );

endmodule

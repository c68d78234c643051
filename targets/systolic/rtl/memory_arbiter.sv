// Shares the request channel of the memory port between loads and stores, in turn when both ask.
module memory_arbiter #(
    parameter int BUS_BYTES = 8,
    parameter int BURST_BYTES = 64
) (
    input logic clock,
    input logic reset,

    input logic load_valid,
    output logic load_ready,
    input logic [31:0] load_address,
    input logic [$clog2(BURST_BYTES):0] load_bytes,

    input logic store_valid,
    output logic store_ready,
    input logic [31:0] store_address,
    input logic [$clog2(BURST_BYTES):0] store_bytes,

    output logic request_valid,
    input logic request_ready,
    output logic request_write,
    output logic [31:0] request_address,  // of the first beat, a multiple of BUS_BYTES
    output logic [$clog2(BURST_BYTES/BUS_BYTES):0] request_beats
);

  localparam int LANE_BITS = $clog2(BUS_BYTES);

  logic stored_last;
  logic [31:0] address;
  logic [31:0] bytes;

  assign request_valid = load_valid || store_valid;
  assign request_write = store_valid && (!load_valid || !stored_last);
  assign load_ready = request_ready && !request_write;
  assign store_ready = request_ready && request_write;
  assign address = request_write ? store_address : load_address;
  assign bytes = request_write ? 32'(store_bytes) : 32'(load_bytes);
  assign request_address = {address[31:LANE_BITS], LANE_BITS'(0)};
  assign request_beats = ($clog2(BURST_BYTES / BUS_BYTES) + 1)'(
      (32'(address[LANE_BITS-1:0]) + bytes + BUS_BYTES - 1) >> LANE_BITS);

  always_ff @(posedge clock) begin
    if (reset) stored_last <= 0;
    else if (request_valid && request_ready) stored_last <= request_write;
  end

endmodule

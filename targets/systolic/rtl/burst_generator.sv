// Cuts a transfer into bursts on the memory port.
//
// A transfer is a nest of loops over runs of contiguous elements. A burst never crosses a boundary of BURST_BYTES, so a run takes one
// burst for every block that it touches. One burst a cycle.
module burst_generator
  import systolic_types::*;
#(
    parameter int BURST_BYTES = 64  // a power of two
) (
    input logic clock,
    input logic reset,
    input logic start,  // while not active
    input logic [31:0] base,  // DRAM byte address of the first element
    input logic [1:0] element_shift,  // bytes of an element are 2 to this power
    input logic [31:0] run_elements,
    input logic [31:0] bound[TRANSFER_SLOTS],
    input logic [31:0] step[TRANSFER_SLOTS][1],  // in elements
    output logic active,
    output logic burst_valid,
    input logic burst_ready,
    output logic [31:0] burst_address,  // of its first byte
    output logic [$clog2(BURST_BYTES):0] burst_bytes,  // from there on
    output logic burst_first,  // of the transfer
    output logic burst_last  // of the transfer
);

  localparam int BLOCK_BITS = $clog2(BURST_BYTES);

  logic [31:0] transfer_base;
  logic [31:0] left_in_run;  // bytes
  logic [31:0] left_in_block;  // bytes
  logic ends_run;
  logic first_burst;

  logic [31:0] offset[1];
  logic [31:0] next_step[1];
  logic last_run;
  logic [TRANSFER_SLOTS-1:0] unused_at_first;
  logic [TRANSFER_SLOTS-1:0] unused_at_last;

  loop_nest #(
      .SLOTS(TRANSFER_SLOTS),
      .STREAMS(1)
  ) runs (
      .clock,
      .restart(start),
      .advance(burst_valid && burst_ready && ends_run && !last_run),
      .bound,
      .step,
      .offset,
      .next_step,
      .at_first(unused_at_first),
      .at_last(unused_at_last),
      .last(last_run)
  );

  assign left_in_block = BURST_BYTES - 32'(burst_address[BLOCK_BITS-1:0]);
  assign ends_run = left_in_run <= left_in_block;
  assign burst_valid = active;
  assign burst_bytes = (BLOCK_BITS + 1)'(ends_run ? left_in_run : left_in_block);
  assign burst_first = first_burst;
  assign burst_last = ends_run && last_run;

  always_ff @(posedge clock) begin
    if (reset) begin
      active <= 0;
    end else if (start) begin
      active <= 1;
      first_burst <= 1;
      transfer_base <= base;
      burst_address <= base;
      left_in_run <= run_elements << element_shift;
    end else if (burst_valid && burst_ready) begin
      first_burst <= 0;
      if (!ends_run) begin
        burst_address <= burst_address + 32'(burst_bytes);
        left_in_run <= left_in_run - 32'(burst_bytes);
      end else if (last_run) begin
        active <= 0;
      end else begin
        burst_address <= transfer_base + ((offset[0] + next_step[0]) << element_shift);
        left_in_run <= run_elements << element_shift;
      end
    end
  end

endmodule

// Runs load commands: asks memory for the bursts of a tile, and announces each to the receiver.
//
// Commands run in order. A command waits until a buffer of its kind is free; its bursts are then requested as fast as memory
// and receiver take them, and the next command may start while data of the last one is still on its way.
module load_requester
  import systolic_types::*;
#(
    parameter int BUS_BYTES = 8,
    parameter int BURST_BYTES = 64
) (
    input logic clock,
    input logic reset,
    input logic [31:0] configuration[REGISTER_COUNT],

    input logic command_valid,
    output logic command_ready,
    input load_command_t command,

    input logic [KINDS-1:0] free,  // a token per free buffer
    output logic [KINDS-1:0] take_free,

    output logic request_valid,
    input logic request_ready,
    output logic [31:0] request_address,
    output logic [$clog2(BURST_BYTES):0] request_bytes,

    output logic announce_valid,
    input logic announce_ready,
    output load_burst_t announce
);

  localparam int LANE_BITS = $clog2(BUS_BYTES);

  load_command_t current;
  load_kind_t kind;
  logic generating;
  logic start;
  logic burst_valid;
  logic burst_first;
  logic burst_last;
  int tensor;  // of the command that waits
  int transfer;  // registers of the transfer that runs
  logic [31:0] base;
  logic [31:0] bound[TRANSFER_SLOTS];
  logic [31:0] step[TRANSFER_SLOTS][1];

  always_comb begin
    case (command.kind)
      LOAD_INPUTS: begin
        tensor = INPUTS;
        base = configuration[INPUTS_BASE] + command.offset;
      end
      LOAD_WEIGHTS: begin
        tensor = WEIGHTS;
        base = configuration[WEIGHTS_BASE] + command.offset;
      end
      default: begin
        tensor = SUMS;
        base = configuration[SUMS_BASE] + (command.offset << 2);
      end
    endcase
    command_ready = command_valid && free[tensor] && !generating && announce_ready;
    start = command_ready && command.kind != CLEAR_SUMS;
    take_free = 0;
    take_free[tensor] = command_ready;
  end

  assign kind = generating ? current.kind : command.kind;
  always_comb begin
    case (kind)
      LOAD_INPUTS: transfer = INPUTS_TRANSFER;
      LOAD_WEIGHTS: transfer = WEIGHTS_TRANSFER;
      default: transfer = SUMS_TRANSFER;
    endcase
    for (int slot = 0; slot < TRANSFER_SLOTS; slot++) begin
      bound[slot] = configuration[transfer+1+2*slot];
      step[slot][0] = configuration[transfer+2+2*slot];
    end
  end

  always_ff @(posedge clock) if (command_ready) current <= command;

  burst_generator #(
      .BURST_BYTES(BURST_BYTES)
  ) bursts (
      .clock,
      .reset,
      .start,
      .base,
      .element_shift(kind == LOAD_SUMS ? 2'd2 : 2'd0),
      .run_elements(configuration[transfer]),
      .bound,
      .step,
      .active(generating),
      .burst_valid,
      .burst_ready(request_ready && announce_ready),
      .burst_address(request_address),
      .burst_bytes(request_bytes),
      .burst_first,
      .burst_last
  );

  assign request_valid = burst_valid && announce_ready;
  assign announce_valid = generating ? request_valid && request_ready : command_ready && command.kind == CLEAR_SUMS;
  always_comb begin
    if (generating) begin
      announce = '{
          kind: current.kind,
          buffer: current.buffer,
          first: burst_first,
          last: burst_last,
          lane: 8'(request_address[LANE_BITS-1:0]),
          count: 16'(request_bytes)
      };
    end else begin
      announce = '{kind: CLEAR_SUMS, buffer: command.buffer, first: 1, last: 1, lane: 0, count: 0};
    end
  end

endmodule

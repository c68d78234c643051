// Stores tiles of sums from the accumulator: finished ones as int8 outputs, others as int32 partial sums.
//
// A command waits until its tile is computed. Rows of the accumulator are read in order, one a cycle, and packed into beats; a
// cycle moves bytes of one row into one beat, so that rows that end within a beat cost a cycle more.
module store_engine
  import systolic_types::*;
#(
    parameter int DIM = 8,
    parameter int BUS_BYTES = 8,
    parameter int BURST_BYTES = 64
) (
    input logic clock,
    input logic reset,
    input logic [31:0] configuration[REGISTER_COUNT],

    input logic command_valid,
    output logic command_ready,
    input store_command_t command,

    input logic computed,  // a token per computed tile
    output logic take_computed,
    output logic stored,  // the tile is in memory and its buffer free

    output logic request_valid,
    input logic request_ready,
    output logic [31:0] request_address,
    output logic [$clog2(BURST_BYTES):0] request_bytes,
    output logic data_valid,
    input logic data_ready,
    output logic [7:0] data[BUS_BYTES],
    output logic [BUS_BYTES-1:0] data_strobe,

    output logic sums_buffer,
    output logic [31:0] sums_row,
    input logic signed [31:0] sums[DIM]  // of the row asked for one cycle before
);

  localparam int LANE_BITS = $clog2(BUS_BYTES);
  localparam int COUNT_BITS = $clog2(BURST_BYTES) + 1;
  localparam int ROW_BYTES = 4 * DIM;

  typedef struct packed {
    logic [LANE_BITS-1:0] lane;
    logic [COUNT_BITS-1:0] count;
  } burst_t;

  // Bursts ------------------------------------------------------------------------------------------------------------

  logic busy;
  logic start;
  store_command_t current;
  logic generating;
  logic burst_valid;
  logic issued_ready;
  burst_t issued;
  logic issued_valid;
  logic next_burst;
  logic [31:0] bound[TRANSFER_SLOTS];
  logic [31:0] step[TRANSFER_SLOTS][1];
  logic unused_first;
  logic unused_last;

  assign start = command_valid && computed && !busy;
  assign command_ready = start;
  assign take_computed = start;

  always_comb begin
    for (int slot = 0; slot < TRANSFER_SLOTS; slot++) begin
      bound[slot] = configuration[SUMS_TRANSFER+1+2*slot];
      step[slot][0] = configuration[SUMS_TRANSFER+2+2*slot];
    end
  end

  burst_generator #(
      .BURST_BYTES(BURST_BYTES)
  ) bursts (
      .clock,
      .reset,
      .start,
      .base(
        command.finished
            ? configuration[OUTPUTS_BASE] + command.offset
            : configuration[SUMS_BASE] + (command.offset << 2)
      ),
      .element_shift(start ? (command.finished ? 2'd0 : 2'd2) : (current.finished ? 2'd0 : 2'd2)),
      .run_elements(configuration[SUMS_TRANSFER]),
      .bound,
      .step,
      .active(generating),
      .burst_valid,
      .burst_ready(request_ready && issued_ready),
      .burst_address(request_address),
      .burst_bytes(request_bytes),
      .burst_first(unused_first),
      .burst_last(unused_last)
  );

  assign request_valid = burst_valid && issued_ready;

  command_queue #(
      .command_t(burst_t),
      .DEPTH(4)
  ) issued_bursts (
      .clock,
      .reset,
      .push_valid(request_valid && request_ready),
      .push_ready(issued_ready),
      .push_command('{lane: request_address[LANE_BITS-1:0], count: request_bytes}),
      .pop_valid(issued_valid),
      .pop_ready(next_burst),
      .pop_command(issued)
  );

  // Rows --------------------------------------------------------------------------------------------------------------

  logic signed [7:0] output_value[DIM];
  logic [8*ROW_BYTES-1:0] row_read;  // bytes of the row at the read port
  logic [8*ROW_BYTES-1:0] row;  // bytes not moved yet, from the lowest on
  logic [31:0] row_left;  // how many
  logic [31:0] row_index;  // of the row at the read port
  logic row_read_valid;
  logic take_row;

  for (genvar column = 0; column < DIM; column++) begin : g_column
    requantiser requantise (
        .sum  (sums[column]),
        .shift(configuration[OUTPUT_SHIFT][4:0]),
        .value(output_value[column])
    );
  end

  always_comb begin
    row_read = 0;
    for (int column = 0; column < DIM; column++) begin
      if (current.finished) row_read[8*column+:8] = output_value[column];
      else row_read[32*column+:32] = sums[column];
    end
  end

  // Beats -------------------------------------------------------------------------------------------------------------

  logic [COUNT_BITS-1:0] left_in_burst;  // bytes not moved yet
  logic [LANE_BITS-1:0] lane;  // of the next byte in its beat
  logic beat_full;
  logic may_move;
  logic [LANE_BITS:0] moved;
  logic completes;
  logic begins_beat;

  assign may_move = busy && left_in_burst != 0 && row_left != 0 && (!beat_full || data_ready);
  always_comb begin
    moved = (LANE_BITS + 1)'(BUS_BYTES - 32'(lane));
    if (32'(left_in_burst) < 32'(moved)) moved = (LANE_BITS + 1)'(left_in_burst);
    if (row_left < 32'(moved)) moved = (LANE_BITS + 1)'(row_left);
    if (!may_move) moved = 0;
  end
  assign completes = may_move && (32'(lane) + 32'(moved) == BUS_BYTES || 32'(moved) == 32'(left_in_burst));
  assign next_burst = issued_valid && 32'(left_in_burst) == 32'(moved);
  assign take_row = busy && row_read_valid && row_left == 32'(moved);
  assign sums_buffer = start ? command.buffer : current.buffer;
  assign sums_row = start ? 0 : take_row ? row_index + 1 : row_index;
  assign data_valid = beat_full;

  always_ff @(posedge clock) begin
    stored <= 0;
    if (reset) begin
      busy <= 0;
      beat_full <= 0;
      left_in_burst <= 0;
    end else if (start) begin
      busy <= 1;
      current <= command;
      row_left <= 0;
      row_index <= 0;
      row_read_valid <= 1;
      begins_beat <= 1;
    end else if (busy) begin
      row_index <= sums_row;
      if (take_row) begin
        row <= row_read;
        row_left <= configuration[ACTIVE_COLUMNS] << (current.finished ? 0 : 2);
      end else begin
        row <= row >> (8 * 32'(moved));
        row_left <= row_left - 32'(moved);
      end

      if (may_move) begin
        for (int i = 0; i < BUS_BYTES; i++) begin
          if (i >= 32'(lane) && i < 32'(lane) + 32'(moved)) begin
            data[i] <= row[8*(i-32'(lane))+:8];
            data_strobe[i] <= 1;
          end else if (begins_beat) begin
            data[i] <= 0;
            data_strobe[i] <= 0;
          end
        end
        begins_beat <= completes;
      end
      if (completes) beat_full <= 1;
      else if (data_ready) beat_full <= 0;

      if (next_burst) begin
        left_in_burst <= issued.count;
        lane <= issued.lane;
      end else begin
        left_in_burst <= left_in_burst - COUNT_BITS'(moved);
        lane <= lane + LANE_BITS'(moved);
      end

      if (!generating && !issued_valid && left_in_burst == 0 && (!beat_full || data_ready)) begin
        busy <= 0;
        stored <= 1;
      end
    end
  end

endmodule

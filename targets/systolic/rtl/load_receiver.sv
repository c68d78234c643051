// Puts loaded data where it belongs: inputs and weights into the scratchpad, partial sums into the accumulator.
//
// Data arrives in the order in which its bursts were announced. A tile is packed without gaps, in the order of the transfer's
// loops: bytes one after the other, sums column by column and then row by row, over the columns in use. A beat a cycle, except
// that with one column in use the sums of a beat take a cycle each.
module load_receiver
  import systolic_types::*;
#(
    parameter int DIM = 8,
    parameter int BUS_BYTES = 8
) (
    input logic clock,
    input logic reset,
    input logic [31:0] configuration[REGISTER_COUNT],

    input logic burst_valid,
    output logic burst_ready,  // all of it has come
    input load_burst_t burst,

    input logic data_valid,
    output logic data_ready,
    input logic [7:0] data[BUS_BYTES],

    output logic [KINDS-1:0] loaded,

    output logic scratchpad_write,
    output logic [31:0] scratchpad_address,
    output logic [$clog2(BUS_BYTES):0] scratchpad_count,
    output logic [7:0] scratchpad_data[BUS_BYTES],

    output logic sums_write[DIM],
    output logic sums_buffer,
    output logic [31:0] sums_row[DIM],
    output logic signed [31:0] sums_data[DIM]
);

  localparam int LANE_BITS = $clog2(BUS_BYTES);
  localparam int WORDS = BUS_BYTES / 4;

  logic [15:0] taken;  // bytes of the burst so far
  logic [15:0] left;
  logic [LANE_BITS-1:0] lane;  // where the beat's bytes begin
  logic [LANE_BITS:0] count;  // and how many they are
  logic [7:0] aligned[BUS_BYTES];  // they, from lane 0 on
  logic begins;
  logic is_sums;
  logic beat_done;

  assign left = burst.count - taken;
  assign lane = taken == 0 ? burst.lane[LANE_BITS-1:0] : 0;
  assign count = 32'(left) < BUS_BYTES - 32'(lane) ? (LANE_BITS + 1)'(left) : (LANE_BITS + 1)'(BUS_BYTES - 32'(lane));
  always_comb for (int i = 0; i < BUS_BYTES; i++) aligned[i] = data[lane+LANE_BITS'(i)];

  // Where the next byte goes, or row and column of the next sum.
  logic [31:0] destination;
  logic [31:0] column;
  logic [31:0] here;
  logic [31:0] here_column;
  logic [31:0] sums_next;
  logic [31:0] sums_next_column;

  // Words of the beat written in earlier cycles, and in all with this one.
  logic [LANE_BITS:0] words_before;
  logic [LANE_BITS:0] words_now;

  assign begins = burst.first && taken == 0 && words_before == 0;
  assign is_sums = burst.kind == LOAD_SUMS;
  assign words_now = configuration[ACTIVE_COLUMNS] == 1 ? words_before + 1 : count >> 2;
  assign beat_done = burst_valid && data_valid && burst.count != 0 && (!is_sums || words_now == count >> 2);
  assign data_ready = beat_done;
  assign burst_ready = burst.count == 0 || (beat_done && 16'(count) == left);

  always_comb begin
    case (burst.kind)
      LOAD_INPUTS: here = begins ? configuration[INPUTS_BUFFER+32'(burst.buffer)] : destination;
      LOAD_WEIGHTS: here = begins ? configuration[WEIGHTS_BUFFER+32'(burst.buffer)] : destination;
      default: here = begins ? 0 : destination;
    endcase
    here_column = begins ? 0 : column;
  end

  assign scratchpad_write = beat_done && !is_sums;
  assign scratchpad_address = here;
  assign scratchpad_count = count;
  assign scratchpad_data = aligned;
  assign sums_buffer = burst.buffer;

  always_comb begin
    sums_next = here;
    sums_next_column = here_column;
    for (int i = 0; i < DIM; i++) begin
      sums_write[i] = 0;
      sums_row[i] = here;
      sums_data[i] = 0;
    end
    for (int word = 0; word < WORDS; word++) begin
      if (is_sums && word >= 32'(words_before) && word < 32'(words_now)) begin
        for (int i = 0; i < DIM; i++) begin
          if (32'(i) == sums_next_column) begin
            sums_write[i] = burst_valid && data_valid;
            sums_row[i] = sums_next;
            sums_data[i] = {aligned[4*word+3], aligned[4*word+2], aligned[4*word+1], aligned[4*word]};
          end
        end
        sums_next_column = sums_next_column + 1;
        if (sums_next_column == configuration[ACTIVE_COLUMNS]) begin
          sums_next_column = 0;
          sums_next = sums_next + 1;
        end
      end
    end
  end

  always_ff @(posedge clock) begin
    if (reset) begin
      taken <= 0;
      words_before <= 0;
    end else if (burst_valid && data_valid && burst.count != 0) begin
      destination <= is_sums ? sums_next : here + 32'(count);
      column <= sums_next_column;
      words_before <= beat_done ? 0 : words_now;
      if (burst_ready) taken <= 0;
      else if (beat_done) taken <= taken + 16'(count);
    end
  end

  always_comb begin
    loaded = 0;
    if (burst_valid && burst_ready && burst.last) begin
      case (burst.kind)
        LOAD_INPUTS: loaded[INPUTS] = 1;
        LOAD_WEIGHTS: loaded[WEIGHTS] = 1;
        default: loaded[SUMS] = 1;
      endcase
    end
  end

endmodule

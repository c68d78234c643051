// Runs compute commands: sends one pixel a cycle into the array, and its sums' row along with it to the accumulator.
module input_feeder
  import systolic_types::*;
#(
    parameter int DIM = 8
) (
    input logic clock,
    input logic reset,
    input logic [31:0] configuration[REGISTER_COUNT],

    input logic command_valid,
    output logic command_ready,
    input compute_command_t command,

    input logic preloaded,  // a token per set of weights shifted in
    output logic take_preloaded,
    output logic give_back_shadow,  // the swapped weights have left the array's shadow registers
    output logic give_back_inputs,
    output logic give_back_sums,  // the last sum of a tile is in the accumulator

    output logic computing,  // a pixel enters the array
    output logic [31:0] activation_address,
    output logic swap,  // with the activations read from the address of the cycle before

    // Updates, one cycle later for every column.
    output logic update[DIM],
    output logic update_buffer[DIM],
    output logic [31:0] update_row[DIM],
    output logic update_accumulate[DIM]
);

  // A pixel's sums leave column c after the scratchpad's cycle, DIM rows and c columns.
  localparam int FIRST_COLUMN = DIM;
  localparam int STAGES = 2 * DIM;

  logic started;
  logic issue;
  logic [31:0] bound[PIXEL_SLOTS];
  logic [31:0] step[PIXEL_SLOTS][2];
  logic [31:0] offset[2];
  logic [31:0] unused_next_step[2];
  logic [PIXEL_SLOTS-1:0] unused_at_first;
  logic [PIXEL_SLOTS-1:0] unused_at_last;
  logic last;

  always_comb begin
    for (int slot = 0; slot < PIXEL_SLOTS; slot++) begin
      bound[slot] = configuration[PIXEL_LOOPS+3*slot];
      for (int stream = 0; stream < 2; stream++) step[slot][stream] = configuration[PIXEL_LOOPS+3*slot+1+stream];
    end
  end

  loop_nest #(
      .SLOTS(PIXEL_SLOTS),
      .STREAMS(2)
  ) pixels (
      .clock,
      .restart(reset || (issue && last)),
      .advance(issue),
      .bound,
      .step,
      .offset,
      .next_step(unused_next_step),
      .at_first(unused_at_first),
      .at_last(unused_at_last),
      .last
  );

  assign issue = command_valid && (started || preloaded);
  assign take_preloaded = issue && !started;
  assign command_ready = issue && last;
  assign give_back_inputs = issue && last && command.give_back_inputs;
  assign computing = issue;
  assign activation_address = command.inputs_address + offset[0];

  // The swap has passed the rows in use once as many cycles have passed; then the next weights may be shifted in.
  logic [31:0] swapping;
  assign give_back_shadow = swapping == 1;

  always_ff @(posedge clock) begin
    swap <= take_preloaded;
    if (issue) started <= !last;
    if (take_preloaded) swapping <= configuration[ACTIVE_ROWS];
    else if (swapping != 0) swapping <= swapping - 1;
    if (reset) begin
      started <= 0;
      swap <= 0;
      swapping <= 0;
    end
  end

  // What becomes of the sums of each pixel on its way.
  logic valid[STAGES];
  logic buffer[STAGES];
  logic [31:0] row[STAGES];
  logic accumulate[STAGES];
  logic last_of_tile[STAGES];

  always_ff @(posedge clock) begin
    valid[0] <= issue;
    buffer[0] <= command.sums_buffer;
    row[0] <= command.sums_row + offset[1];
    accumulate[0] <= command.accumulate;
    last_of_tile[0] <= issue && last && command.give_back_sums;
    for (int stage = 1; stage < STAGES; stage++) begin
      valid[stage] <= valid[stage-1];
      buffer[stage] <= buffer[stage-1];
      row[stage] <= row[stage-1];
      accumulate[stage] <= accumulate[stage-1];
      last_of_tile[stage] <= last_of_tile[stage-1];
    end
    // The update takes two cycles.
    give_back_sums <= last_of_tile[STAGES-1];
    if (reset) begin
      for (int stage = 0; stage < STAGES; stage++) begin
        valid[stage] <= 0;
        last_of_tile[stage] <= 0;
      end
      give_back_sums <= 0;
    end
  end

  for (genvar column = 0; column < DIM; column++) begin : g_column
    assign update[column] = valid[FIRST_COLUMN+column] && column < configuration[ACTIVE_COLUMNS];
    assign update_buffer[column] = buffer[FIRST_COLUMN+column];
    assign update_row[column] = row[FIRST_COLUMN+column];
    assign update_accumulate[column] = accumulate[FIRST_COLUMN+column];
  end

endmodule

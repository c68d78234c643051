// Runs preload commands: reads the weights of one channel a cycle, last channel first, and shifts them into the array.
module weight_feeder
  import systolic_types::*;
(
    input logic clock,
    input logic reset,
    input logic [31:0] configuration[REGISTER_COUNT],

    input logic command_valid,
    output logic command_ready,
    input preload_command_t command,

    input logic shadow_free,  // a token while the array can take the next weights
    output logic take_shadow,
    output logic preloaded,  // the weights will be in place for a pixel issued from the next cycle on
    output logic give_back_weights,

    output logic [31:0] weight_address,
    output logic shift  // with the weights read from the address of the cycle before
);

  logic started;
  logic [31:0] rows_done;
  logic [31:0] address;
  logic issue;
  logic last;

  assign issue = command_valid && (started || shadow_free);
  assign take_shadow = issue && !started;
  assign last = (started ? rows_done : 0) + 1 == configuration[ACTIVE_ROWS];
  assign weight_address = started ? address : command.weights_address + configuration[WEIGHT_LAST_ROW];
  assign command_ready = issue && last;
  assign preloaded = issue && last;
  assign give_back_weights = issue && last && command.give_back_weights;

  always_ff @(posedge clock) begin
    shift <= issue;
    if (issue) begin
      address <= weight_address - configuration[WEIGHT_ROW_STEP];
      rows_done <= (started ? rows_done : 0) + 1;
      started <= !last;
    end
    if (reset) begin
      started <= 0;
      shift <= 0;
    end
  end

endmodule

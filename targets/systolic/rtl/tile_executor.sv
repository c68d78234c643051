// Computes on the tiles in the buffers: walks the loops over blocks of weights and issues a preload and a compute for each.
//
// A block is what the array holds at once: as many input channels as there are rows in use, as many output channels as columns.
module tile_executor
  import systolic_types::*;
(
    input logic clock,
    input logic reset,
    input logic [31:0] configuration[REGISTER_COUNT],

    input logic command_valid,
    output logic command_ready,
    input tile_command_t command,

    input logic [KINDS-1:0] loaded,  // a token per loaded tile
    output logic [KINDS-1:0] take_loaded,

    output logic preload_valid,
    input logic preload_ready,
    output preload_command_t preload,

    output logic compute_valid,
    input logic compute_ready,
    output compute_command_t compute
);

  logic running;
  logic start;
  logic issue;

  logic [31:0] bound[BLOCK_SLOTS];
  logic [31:0] step[BLOCK_SLOTS][KINDS];
  logic [31:0] offset[KINDS];
  logic [31:0] unused_next_step[KINDS];
  logic [BLOCK_SLOTS-1:0] at_first;
  logic [BLOCK_SLOTS-1:0] unused_at_last;
  logic last;
  logic first_addition;

  always_comb begin
    for (int slot = 0; slot < BLOCK_SLOTS; slot++) begin
      bound[slot] = configuration[BLOCK_LOOPS+4*slot];
      for (int stream = 0; stream < KINDS; stream++) step[slot][stream] = configuration[BLOCK_LOOPS+4*slot+1+stream];
    end
  end

  loop_nest #(
      .SLOTS(BLOCK_SLOTS),
      .STREAMS(KINDS)
  ) blocks (
      .clock,
      .restart(start),
      .advance(issue && !last),
      .bound,
      .step,
      .offset,
      .next_step(unused_next_step),
      .at_first,
      .at_last(unused_at_last),
      .last
  );

  assign start = command_valid && !running && (loaded | ~command.acquire) == '1;
  assign take_loaded = start ? command.acquire : 0;

  assign issue = running && preload_ready && compute_ready;
  assign command_ready = issue && last;
  assign preload_valid = issue;
  assign compute_valid = issue;
  assign first_addition = (at_first | ~configuration[BLOCK_REDUCTION][BLOCK_SLOTS-1:0]) == '1;

  assign preload = '{
          weights_address: configuration[WEIGHTS_BUFFER+32'(command.buffer[WEIGHTS])] + offset[WEIGHTS],
          give_back_weights: command.give_back[WEIGHTS] && last
      };
  assign compute = '{
          inputs_address: configuration[INPUTS_BUFFER+32'(command.buffer[INPUTS])] + offset[INPUTS],
          sums_row: offset[SUMS],
          sums_buffer: command.buffer[SUMS],
          accumulate: !(command.fresh && first_addition),
          give_back_inputs: command.give_back[INPUTS] && last,
          give_back_sums: command.give_back[SUMS] && last
      };

  always_ff @(posedge clock) begin
    if (reset) running <= 0;
    else if (start) running <= 1;
    else if (issue && last) running <= 0;
  end

endmodule

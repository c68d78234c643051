// The array with its scratchpad, its accumulator, and the feeders that run preload and compute commands.
module compute_core
  import systolic_types::*;
#(
    parameter int DIM = 8,
    parameter int BUS_BYTES = 8,
    parameter int SCRATCHPAD_BYTES = 65536,
    parameter int ACCUMULATOR_ROWS = 1024  // of each of two buffers
) (
    input logic clock,
    input logic reset,
    input logic [31:0] configuration[REGISTER_COUNT],

    input logic preload_valid,
    output logic preload_ready,
    input preload_command_t preload,
    input logic compute_valid,
    output logic compute_ready,
    input compute_command_t compute,
    output logic [KINDS-1:0] give_back,  // tiles that are no longer used; sums are computed
    output logic computing,

    input logic scratchpad_write,
    input logic [31:0] scratchpad_address,
    input logic [$clog2(BUS_BYTES):0] scratchpad_count,
    input logic [7:0] scratchpad_data[BUS_BYTES],

    input logic sums_write[DIM],
    input logic sums_write_buffer,
    input logic [31:0] sums_write_row[DIM],
    input logic signed [31:0] sums_write_data[DIM],
    input logic sums_read_buffer,
    input logic [31:0] sums_read_row,
    output logic signed [31:0] sums_read_data[DIM]
);

  // Enough byte banks for the widest access.
  localparam int WIDEST = DIM > BUS_BYTES ? DIM : BUS_BYTES;
  localparam int BANKS = 1 << $clog2(WIDEST);

  preload_command_t preload_head;
  logic preload_head_valid;
  logic preload_head_ready;
  compute_command_t compute_head;
  logic compute_head_valid;
  logic compute_head_ready;
  logic preloaded_give;
  logic preloaded_take;
  logic preloaded_available;
  logic shadow_give;
  logic shadow_take;
  logic shadow_available;
  logic [31:0] weight_address;
  logic [31:0] activation_address;
  logic shift;
  logic swap;
  logic [7:0] activation_read[DIM];
  logic signed [7:0] activation[DIM];
  logic [7:0] weight_read[DIM];
  logic signed [7:0] weight[DIM];
  logic signed [31:0] sum[DIM];
  logic update[DIM];
  logic update_buffer[DIM];
  logic [31:0] update_row[DIM];
  logic update_accumulate[DIM];

  command_queue #(
      .command_t(preload_command_t),
      .DEPTH(4)
  ) preload_queue (
      .clock,
      .reset,
      .push_valid(preload_valid),
      .push_ready(preload_ready),
      .push_command(preload),
      .pop_valid(preload_head_valid),
      .pop_ready(preload_head_ready),
      .pop_command(preload_head)
  );

  command_queue #(
      .command_t(compute_command_t),
      .DEPTH(4)
  ) compute_queue (
      .clock,
      .reset,
      .push_valid(compute_valid),
      .push_ready(compute_ready),
      .push_command(compute),
      .pop_valid(compute_head_valid),
      .pop_ready(compute_head_ready),
      .pop_command(compute_head)
  );

  token_counter preloaded_tokens (
      .clock,
      .reset,
      .give(preloaded_give),
      .take(preloaded_take),
      .available(preloaded_available)
  );

  token_counter #(
      .INITIAL(1)
  ) shadow_tokens (
      .clock,
      .reset,
      .give(shadow_give),
      .take(shadow_take),
      .available(shadow_available)
  );

  weight_feeder weights (
      .clock,
      .reset,
      .configuration,
      .command_valid(preload_head_valid),
      .command_ready(preload_head_ready),
      .command(preload_head),
      .shadow_free(shadow_available),
      .take_shadow(shadow_take),
      .preloaded(preloaded_give),
      .give_back_weights(give_back[WEIGHTS]),
      .weight_address,
      .shift
  );

  input_feeder #(
      .DIM(DIM)
  ) inputs (
      .clock,
      .reset,
      .configuration,
      .command_valid(compute_head_valid),
      .command_ready(compute_head_ready),
      .command(compute_head),
      .preloaded(preloaded_available),
      .take_preloaded(preloaded_take),
      .give_back_shadow(shadow_give),
      .give_back_inputs(give_back[INPUTS]),
      .give_back_sums(give_back[SUMS]),
      .computing,
      .activation_address,
      .swap,
      .update,
      .update_buffer,
      .update_row,
      .update_accumulate
  );

  scratchpad #(
      .DIM(DIM),
      .BUS_BYTES(BUS_BYTES),
      .BANKS(BANKS),
      .BYTES(SCRATCHPAD_BYTES)
  ) tiles (
      .clock,
      .activation_address,
      .activation(activation_read),
      .weight_address,
      .weight(weight_read),
      .write(scratchpad_write),
      .write_address(scratchpad_address),
      .write_count(scratchpad_count),
      .write_data(scratchpad_data)
  );

  // Rows that are not in use add nothing, whatever weights they hold.
  for (genvar lane = 0; lane < DIM; lane++) begin : g_lane
    assign activation[lane] = lane < configuration[ACTIVE_ROWS] ? activation_read[lane] : 0;
    assign weight[lane] = weight_read[lane];
  end

  systolic_array #(
      .DIM(DIM)
  ) array (
      .clock,
      .swap,
      .activation,
      .shift,
      .weight,
      .sum
  );

  for (genvar column = 0; column < DIM; column++) begin : g_column
    accumulator_column #(
        .ROWS(ACCUMULATOR_ROWS)
    ) sums (
        .clock,
        .update(update[column]),
        .update_buffer(update_buffer[column]),
        .update_row(update_row[column]),
        .update_accumulate(update_accumulate[column]),
        .update_sum(sum[column]),
        .write(sums_write[column]),
        .write_buffer(sums_write_buffer),
        .write_row(sums_write_row[column]),
        .write_data(sums_write_data[column]),
        .read_buffer(sums_read_buffer),
        .read_row(sums_read_row),
        .read_data(sums_read_data[column])
    );
  end

endmodule

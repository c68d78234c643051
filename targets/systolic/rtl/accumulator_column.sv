// The sums of one column: two buffers, each with one read and one write port.
//
// The array updates one buffer while transfers fill or drain the other. An update reads its sum in the first cycle and writes it
// back in the second.
module accumulator_column #(
    parameter int ROWS = 1024  // of one buffer
) (
    input logic clock,
    input logic update,
    input logic update_buffer,
    input logic [31:0] update_row,
    input logic update_accumulate,  // add to what is there; otherwise overwrite it
    input logic signed [31:0] update_sum,
    input logic write,
    input logic write_buffer,
    input logic [31:0] write_row,
    input logic signed [31:0] write_data,
    input logic read_buffer,
    input logic [31:0] read_row,
    output logic signed [31:0] read_data  // one cycle after the row
);

  localparam int ROW_BITS = $clog2(ROWS);

  // Second cycle of an update.
  logic pending;
  logic pending_buffer;
  logic [ROW_BITS-1:0] pending_row;
  logic pending_accumulate;
  logic signed [31:0] pending_sum;
  logic signed [31:0] stored[2];  // what each buffer's read port has read
  logic signed [31:0] updated;
  logic read_buffer_delayed;

  assign updated = (pending_accumulate ? stored[pending_buffer] : 0) + pending_sum;
  assign read_data = stored[read_buffer_delayed];

  always_ff @(posedge clock) begin
    pending <= update;
    pending_buffer <= update_buffer;
    pending_row <= update_row[ROW_BITS-1:0];
    pending_accumulate <= update_accumulate;
    pending_sum <= update_sum;
    read_buffer_delayed <= read_buffer;
  end

  for (genvar buffer = 0; buffer < 2; buffer++) begin : g_buffer
    logic signed [31:0] memory[ROWS];
    logic updates_here;
    logic writes_back_here;
    logic transfers_here;

    assign updates_here = update && update_buffer == buffer;
    assign writes_back_here = pending && pending_buffer == buffer;
    assign transfers_here = write && write_buffer == buffer;

    always_ff @(posedge clock) begin
      stored[buffer] <= memory[updates_here?update_row[ROW_BITS-1:0] : read_row[ROW_BITS-1:0]];
      if (writes_back_here) memory[pending_row] <= updated;
      else if (transfers_here) memory[write_row[ROW_BITS-1:0]] <= write_data;
      assert (!(writes_back_here && transfers_here))
      else $error("a transfer writes the accumulator buffer that is being updated");
    end
  end

endmodule

// A first-in, first-out queue of commands.
module command_queue #(
    parameter type command_t = logic,
    parameter int DEPTH = 4  // a power of two
) (
    input logic clock,
    input logic reset,
    input logic push_valid,
    output logic push_ready,
    input command_t push_command,
    output logic pop_valid,
    input logic pop_ready,
    output command_t pop_command
);

  localparam int INDEX_BITS = $clog2(DEPTH);

  command_t entry[DEPTH];
  logic [INDEX_BITS:0] pushed;
  logic [INDEX_BITS:0] popped;

  assign push_ready = pushed - popped != (INDEX_BITS + 1)'(DEPTH);
  assign pop_valid = pushed != popped;
  assign pop_command = entry[popped[INDEX_BITS-1:0]];

  always_ff @(posedge clock) begin
    if (reset) begin
      pushed <= 0;
      popped <= 0;
    end else begin
      if (push_valid && push_ready) begin
        entry[pushed[INDEX_BITS-1:0]] <= push_command;
        pushed <= pushed + 1;
      end
      if (pop_valid && pop_ready) popped <= popped + 1;
    end
  end

endmodule

// Tokens by which units wait for each other: one gives when something is ready, the other takes it.
module token_counter #(
    parameter int INITIAL = 0
) (
    input logic clock,
    input logic reset,
    input logic give,
    input logic take,  // only while available
    output logic available
);

  logic [3:0] count;

  assign available = count != 0;

  always_ff @(posedge clock) begin
    if (reset) count <= 4'(INITIAL);
    else count <= count + 4'(give) - 4'(take);
  end

endmodule

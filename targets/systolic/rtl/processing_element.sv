// One multiply-accumulate unit that keeps a weight.
//
// An activation passes to the right, a sum passes down; both arrive one cycle later at the neighbour. The next weight is shifted
// down through `shadow` while the current one is in use; `swap` travels with the first activation that needs the new one.
module processing_element (
    input logic clock,
    input logic signed [7:0] activation_in,
    input logic swap_in,
    input logic signed [31:0] sum_in,
    input logic shift,  // take the next weight from above
    input logic signed [7:0] weight_in,
    output logic signed [7:0] activation_out,
    output logic swap_out,
    output logic signed [31:0] sum_out,
    output logic signed [7:0] weight_out
);

  logic signed [7:0] active;
  logic signed [7:0] shadow;
  logic signed [7:0] weight;

  assign weight = swap_in ? shadow : active;
  assign weight_out = shadow;

  always_ff @(posedge clock) begin
    activation_out <= activation_in;
    swap_out <= swap_in;
    sum_out <= sum_in + 32'(activation_in * weight);
    active <= weight;
    if (shift) shadow <= weight_in;
  end

endmodule

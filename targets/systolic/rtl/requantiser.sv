// Turns a finished 32-bit sum into an int8 output: shifted right, rounded half up, saturated.
module requantiser (
    input logic signed [31:0] sum,
    input logic [4:0] shift,
    output logic signed [7:0] value
);

  logic signed [32:0] half;
  logic signed [32:0] rounded;

  assign half = shift == 0 ? 0 : 33'sd1 <<< (shift - 1);
  assign rounded = (33'(sum) + half) >>> shift;
  assign value = rounded > 127 ? 8'sd127 : rounded < -128 ? -8'sd128 : 8'(rounded);

endmodule

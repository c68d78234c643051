// DIM x DIM processing elements, weight-stationary: input channels on rows, output channels on columns.
//
// Activations of one pixel enter together and are skewed by row here; the sum of column c for that pixel stands at `sum[c]`
// DIM + c cycles later. A row of weights enters together, too, and is skewed by column: rows are given last channel first, and
// after as many shifts as there are channels in use the new weights may be swapped in, from the cycle after the last.
module systolic_array #(
    parameter int DIM = 8
) (
    input logic clock,
    input logic swap,  // this pixel is the first that uses the weights shifted in
    input logic signed [7:0] activation[DIM],
    input logic shift,
    input logic signed [7:0] weight[DIM],
    output logic signed [31:0] sum[DIM]
);

  // Each lane carries its flag beside its value.
  logic [8:0] activation_lane[DIM];
  logic [8:0] activation_skewed[DIM];
  logic [8:0] weight_lane[DIM];
  logic [8:0] weight_skewed[DIM];

  for (genvar lane = 0; lane < DIM; lane++) begin : g_lane
    assign activation_lane[lane] = {swap, activation[lane]};
    assign weight_lane[lane] = {shift, weight[lane]};
  end

  skew #(
      .LANES(DIM),
      .WIDTH(9)
  ) activation_skew (
      .clock,
      .lane_in (activation_lane),
      .lane_out(activation_skewed)
  );

  skew #(
      .LANES(DIM),
      .WIDTH(9)
  ) weight_skew (
      .clock,
      .lane_in (weight_lane),
      .lane_out(weight_skewed)
  );

  // Wires between neighbours: index [row][column] is what enters that element.
  logic signed [7:0] activation_wire[DIM][DIM+1];
  logic swap_wire[DIM][DIM+1];
  logic signed [31:0] sum_wire[DIM+1][DIM];
  logic signed [7:0] weight_wire[DIM+1][DIM];

  for (genvar row = 0; row < DIM; row++) begin : g_row
    assign {swap_wire[row][0], activation_wire[row][0]} = activation_skewed[row];
    for (genvar column = 0; column < DIM; column++) begin : g_column
      processing_element element (
          .clock,
          .activation_in(activation_wire[row][column]),
          .swap_in(swap_wire[row][column]),
          .sum_in(sum_wire[row][column]),
          .shift(weight_skewed[column][8]),
          .weight_in(weight_wire[row][column]),
          .activation_out(activation_wire[row][column+1]),
          .swap_out(swap_wire[row][column+1]),
          .sum_out(sum_wire[row+1][column]),
          .weight_out(weight_wire[row+1][column])
      );
    end
  end

  for (genvar column = 0; column < DIM; column++) begin : g_edge
    assign sum_wire[0][column] = 0;
    assign weight_wire[0][column] = weight_skewed[column][7:0];
    assign sum[column] = sum_wire[DIM][column];
  end

endmodule

// Delays lane i of a vector by i cycles, so that a row of values enters the array as a diagonal wave.
module skew #(
    parameter int LANES = 8,
    parameter int WIDTH = 8
) (
    input logic clock,
    input logic [WIDTH-1:0] lane_in[LANES],
    output logic [WIDTH-1:0] lane_out[LANES]
);

  assign lane_out[0] = lane_in[0];

  for (genvar lane = 1; lane < LANES; lane++) begin : g_lane
    logic [WIDTH-1:0] delayed[lane];
    always_ff @(posedge clock) begin
      delayed[0] <= lane_in[lane];
      for (int stage = 1; stage < lane; stage++) delayed[stage] <= delayed[stage-1];
    end
    assign lane_out[lane] = delayed[lane-1];
  end

endmodule

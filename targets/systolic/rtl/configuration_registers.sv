// The registers that describe a job: written one at a time while the machine is idle.
module configuration_registers
  import systolic_types::*;
(
    input logic clock,
    input logic write,
    input logic [6:0] write_register,
    input logic [31:0] write_data,
    output logic [31:0] configuration[REGISTER_COUNT]
);

  always_ff @(posedge clock) begin
    if (write && 32'(write_register) < REGISTER_COUNT) configuration[write_register] <= write_data;
  end

endmodule

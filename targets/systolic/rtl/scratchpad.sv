// On-chip memory for tiles of inputs and weights, addressed by bytes.
//
// It is built of byte-wide banks, each with its own row address, and a rotator at every port, so that an access may start at
// any byte and tiles pack without gaps. Two read ports (activations and weights), one write port (loads).
module scratchpad #(
    parameter int DIM = 8,  // bytes of a read
    parameter int BUS_BYTES = 8,  // bytes of a write
    parameter int BANKS = 8,  // a power of two, at least DIM and BUS_BYTES
    parameter int BYTES = 65536  // a multiple of BANKS
) (
    input logic clock,
    input logic [31:0] activation_address,
    output logic [7:0] activation[DIM],  // one cycle after the address
    input logic [31:0] weight_address,
    output logic [7:0] weight[DIM],  // one cycle after the address
    input logic write,
    input logic [31:0] write_address,
    input logic [$clog2(BUS_BYTES):0] write_count,  // bytes to write, from lane 0 on
    input logic [7:0] write_data[BUS_BYTES]
);

  localparam int BANK_BITS = $clog2(BANKS);
  localparam int ROWS = BYTES / BANKS;
  localparam int ROW_BITS = $clog2(ROWS);

  // The row of a bank in which an access finds its byte: one further down in banks before the one it starts in.
  function automatic logic [ROW_BITS-1:0] row(input logic [31:0] address, input int bank);
    logic [31:0] reached;
    reached = address + BANKS - 1 - bank;
    return reached[BANK_BITS+:ROW_BITS];
  endfunction

  logic [7:0] activation_read[BANKS];
  logic [7:0] weight_read[BANKS];
  logic [BANK_BITS-1:0] activation_start;
  logic [BANK_BITS-1:0] weight_start;

  always_ff @(posedge clock) begin
    activation_start <= activation_address[BANK_BITS-1:0];
    weight_start <= weight_address[BANK_BITS-1:0];
  end

  for (genvar bank = 0; bank < BANKS; bank++) begin : g_bank
    logic [7:0] memory[ROWS];

    // Lane of a write that falls into this bank.
    logic [BANK_BITS-1:0] write_lane;
    assign write_lane = BANK_BITS'(bank) - write_address[BANK_BITS-1:0];

    always_ff @(posedge clock) begin
      activation_read[bank] <= memory[row(activation_address, bank)];
      weight_read[bank] <= memory[row(weight_address, bank)];
      if (write && 32'(write_lane) < 32'(write_count)) begin
        memory[row(write_address, bank)] <= write_data[write_lane[$clog2(BUS_BYTES)-1:0]];
      end
    end
  end

  always_comb begin
    for (int lane = 0; lane < DIM; lane++) begin
      activation[lane] = activation_read[activation_start+BANK_BITS'(lane)];
      weight[lane] = weight_read[weight_start+BANK_BITS'(lane)];
    end
  end

endmodule

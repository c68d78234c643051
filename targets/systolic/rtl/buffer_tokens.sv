// The tokens by which transfers and compute hand tiles to each other: two buffers of each kind go round.
//
// Inputs and weights: free -> loaded -> (computed on) free. Sums: free -> loaded -> computed -> (stored) free.
module buffer_tokens
  import systolic_types::*;
(
    input logic clock,
    input logic reset,
    output logic [KINDS-1:0] free,  // a buffer may be filled
    input logic [KINDS-1:0] take_free,
    output logic [KINDS-1:0] loaded,  // a tile may be computed on
    input logic [KINDS-1:0] give_loaded,
    input logic [KINDS-1:0] take_loaded,
    input logic [KINDS-1:0] give_back,  // a tile is computed on
    output logic computed,  // a tile of sums may be stored
    input logic take_computed,
    input logic stored
);

  logic [KINDS-1:0] give_free;
  assign give_free = {stored, give_back[WEIGHTS], give_back[INPUTS]};

  for (genvar kind = 0; kind < KINDS; kind++) begin : g_kind
    token_counter #(
        .INITIAL(2)
    ) free_tokens (
        .clock,
        .reset,
        .give(give_free[kind]),
        .take(take_free[kind]),
        .available(free[kind])
    );

    token_counter loaded_tokens (
        .clock,
        .reset,
        .give(give_loaded[kind]),
        .take(take_loaded[kind]),
        .available(loaded[kind])
    );
  end

  token_counter computed_tokens (
      .clock,
      .reset,
      .give(give_back[SUMS]),
      .take(take_computed),
      .available(computed)
  );

endmodule

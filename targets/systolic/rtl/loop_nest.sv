// A nest of counted loops that walks several streams of addresses at once.
//
// Slot 0 is the innermost loop. `advance` moves to the next iteration: the innermost loop that is not at its end counts up and the
// ones inside it start again, so each stream changes by one registered step and no multiplier is needed.
module loop_nest #(
    parameter int SLOTS = 4,
    parameter int STREAMS = 1
) (
    input logic clock,
    input logic restart,  // back to the first iteration
    input logic advance,  // to the next iteration; not at the last one
    input logic [31:0] bound[SLOTS],  // iterations of every loop, at least 1
    input logic [31:0] step[SLOTS][STREAMS],  // added to a stream when the loop advances
    output logic [31:0] offset[STREAMS],  // of the current iteration, 0 at the first
    output logic [31:0] next_step[STREAMS],  // what the next advance will add
    output logic [SLOTS-1:0] at_first,  // loops at their first iteration
    output logic [SLOTS-1:0] at_last,  // loops at their last iteration
    output logic last  // all loops are at their last iteration
);

  logic [31:0] index[SLOTS];

  always_comb begin
    for (int slot = 0; slot < SLOTS; slot++) begin
      at_first[slot] = index[slot] == 0;
      at_last[slot] = index[slot] + 1 == bound[slot];
    end
    last = &at_last;
    for (int stream = 0; stream < STREAMS; stream++) next_step[stream] = 0;
    for (int slot = SLOTS - 1; slot >= 0; slot--) begin
      if (!at_last[slot]) begin
        for (int stream = 0; stream < STREAMS; stream++) next_step[stream] = step[slot][stream];
      end
    end
  end

  // The loop that advances, and those inside it, which start again.
  logic [SLOTS-1:0] moves;
  always_comb begin
    for (int slot = 0; slot < SLOTS; slot++) moves[slot] = (at_last | (SLOTS'('1) << slot)) == '1;
  end

  always_ff @(posedge clock) begin
    if (restart) begin
      for (int slot = 0; slot < SLOTS; slot++) index[slot] <= 0;
      for (int stream = 0; stream < STREAMS; stream++) offset[stream] <= 0;
    end else if (advance) begin
      for (int slot = 0; slot < SLOTS; slot++) begin
        if (moves[slot]) index[slot] <= at_last[slot] ? 0 : index[slot] + 1;
      end
      for (int stream = 0; stream < STREAMS; stream++) offset[stream] <= offset[stream] + next_step[stream];
    end
  end

endmodule

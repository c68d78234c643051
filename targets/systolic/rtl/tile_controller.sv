// Walks the loops over tiles and issues the commands of every step, ahead of the units that run them.
//
// A step computes on one tile each of inputs, weights and sums. A tile is loaded when its address changes and stays where it is
// otherwise; its next one goes to the other of two buffers, so that it loads while the current one is in use. A tile of sums is
// stored when the walk leaves it and loaded when the walk comes back to it, except the first time.
module tile_controller
  import systolic_types::*;
(
    input logic clock,
    input logic reset,
    input logic [31:0] configuration[REGISTER_COUNT],
    input logic start,
    output logic busy,  // until the last tile is in memory

    output logic load_valid,
    input logic load_ready,
    output load_command_t load,

    output logic tile_valid,
    input logic tile_ready,
    output tile_command_t tile,

    output logic store_valid,
    input logic store_ready,
    output store_command_t store,
    input logic stored
);

  typedef enum logic [2:0] {
    IDLE,
    LOADS,
    TILE,
    STORE,
    ADVANCE,
    FINISH
  } state_t;

  state_t state;
  logic [KINDS-1:0] changed;  // tiles that are new in this step
  logic [KINDS-1:0] pending;  // of these, the ones whose load is still to be issued
  logic [KINDS-1:0] buffer;  // buffer of each tile
  logic [7:0] stores;  // issued and not yet in memory

  logic [31:0] bound[TILE_SLOTS];
  logic [31:0] step[TILE_SLOTS][KINDS];
  logic [31:0] offset[KINDS];
  logic [31:0] next_step[KINDS];
  logic [TILE_SLOTS-1:0] at_first;
  logic [TILE_SLOTS-1:0] at_last;
  logic last;
  logic [TILE_SLOTS-1:0] reduction;
  logic first_visit;
  logic last_visit;
  logic [KINDS-1:0] leaves;  // tiles that the walk leaves after this step

  always_comb begin
    for (int slot = 0; slot < TILE_SLOTS; slot++) begin
      bound[slot] = configuration[TILE_LOOPS+4*slot];
      for (int stream = 0; stream < KINDS; stream++) step[slot][stream] = configuration[TILE_LOOPS+4*slot+1+stream];
    end
  end

  loop_nest #(
      .SLOTS(TILE_SLOTS),
      .STREAMS(KINDS)
  ) tiles (
      .clock,
      .restart(state == IDLE),
      .advance(state == ADVANCE),
      .bound,
      .step,
      .offset,
      .next_step,
      .at_first,
      .at_last,
      .last
  );

  assign reduction = configuration[TILE_REDUCTION][TILE_SLOTS-1:0];
  assign first_visit = (at_first | ~reduction) == '1;
  assign last_visit = (at_last | ~reduction) == '1;
  always_comb begin
    for (int stream = 0; stream < KINDS; stream++) leaves[stream] = last || next_step[stream] != 0;
  end

  assign load_valid = state == LOADS && pending != 0;
  always_comb begin
    if (pending[INPUTS]) load = '{kind: LOAD_INPUTS, buffer: buffer[INPUTS], offset: offset[INPUTS]};
    else if (pending[WEIGHTS]) load = '{kind: LOAD_WEIGHTS, buffer: buffer[WEIGHTS], offset: offset[WEIGHTS]};
    else
      load = '{kind: first_visit ? CLEAR_SUMS : LOAD_SUMS, buffer: buffer[SUMS], offset: offset[SUMS]};
  end

  assign tile_valid = state == TILE;
  assign tile = '{buffer: buffer, acquire: changed, give_back: leaves, fresh: changed[SUMS] && first_visit};

  assign store_valid = state == STORE;
  assign store = '{buffer: buffer[SUMS], finished: last_visit, offset: offset[SUMS]};

  assign busy = state != IDLE;

  always_ff @(posedge clock) begin
    if (reset) begin
      state <= IDLE;
      stores <= 0;
    end else begin
      stores <= stores + 8'(store_valid && store_ready) - 8'(stored);
      case (state)
        IDLE:
        if (start) begin
          state <= LOADS;
          changed <= '1;
          pending <= '1;
          buffer <= '0;
        end
        LOADS:
        if (pending == 0) state <= TILE;
        else if (load_ready) pending <= pending & (pending - 1);
        TILE: if (tile_ready) state <= leaves[SUMS] ? STORE : ADVANCE;
        STORE: if (store_ready) state <= last ? FINISH : ADVANCE;
        ADVANCE: begin
          state <= LOADS;
          changed <= leaves;
          pending <= leaves;
          buffer <= buffer ^ leaves;
        end
        default: if (stores == 0) state <= IDLE;
      endcase
    end
  end

endmodule

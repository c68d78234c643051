// The queues between the tile controller and the units that run its commands.
module command_queues
  import systolic_types::*;
(
    input logic clock,
    input logic reset,

    input logic issued_load_valid,
    output logic issued_load_ready,
    input load_command_t issued_load,
    output logic load_valid,
    input logic load_ready,
    output load_command_t load,

    input logic issued_tile_valid,
    output logic issued_tile_ready,
    input tile_command_t issued_tile,
    output logic tile_valid,
    input logic tile_ready,
    output tile_command_t tile,

    input logic issued_store_valid,
    output logic issued_store_ready,
    input store_command_t issued_store,
    output logic store_valid,
    input logic store_ready,
    output store_command_t store
);

  command_queue #(
      .command_t(load_command_t),
      .DEPTH(8)
  ) loads (
      .clock,
      .reset,
      .push_valid(issued_load_valid),
      .push_ready(issued_load_ready),
      .push_command(issued_load),
      .pop_valid(load_valid),
      .pop_ready(load_ready),
      .pop_command(load)
  );

  command_queue #(
      .command_t(tile_command_t),
      .DEPTH(4)
  ) tiles (
      .clock,
      .reset,
      .push_valid(issued_tile_valid),
      .push_ready(issued_tile_ready),
      .push_command(issued_tile),
      .pop_valid(tile_valid),
      .pop_ready(tile_ready),
      .pop_command(tile)
  );

  command_queue #(
      .command_t(store_command_t),
      .DEPTH(4)
  ) stores (
      .clock,
      .reset,
      .push_valid(issued_store_valid),
      .push_ready(issued_store_ready),
      .push_command(issued_store),
      .pop_valid(store_valid),
      .pop_ready(store_ready),
      .pop_command(store)
  );

endmodule

// Commands that pass between the units, and the map of the configuration registers.
//
// Tensors are named as in the loop nest: inputs and weights are int8, sums are int32 until they are finished, outputs
// are int8. DRAM addresses and scratchpad addresses count bytes; accumulator addresses count rows, a row being one sum in
// every column. Every offset is 32 bits wide.
package systolic_types;

  // One entry per kind of tile; also the order of address streams in the loop registers.
  localparam int INPUTS = 0;
  localparam int WEIGHTS = 1;
  localparam int SUMS = 2;
  localparam int KINDS = 3;

  // What a load command brings in. CLEAR_SUMS moves nothing: it takes a free accumulator buffer for a tile of sums whose
  // first products overwrite what is there.
  typedef enum logic [1:0] {
    LOAD_INPUTS,
    LOAD_WEIGHTS,
    LOAD_SUMS,
    CLEAR_SUMS
  } load_kind_t;

  // Bring one tile into a buffer (0 or 1). `offset` is in elements of the tensor, from its base.
  typedef struct packed {
    load_kind_t kind;
    logic buffer;
    logic [31:0] offset;
  } load_command_t;

  // Write one tile of sums to memory: as int8 outputs if it is finished, otherwise as int32 partial sums.
  typedef struct packed {
    logic buffer;
    logic finished;
    logic [31:0] offset;
  } store_command_t;

  // Compute on the tiles in the given buffers. `acquire`: wait for the load of that tile; `give_back`: its buffer is free (or,
  // for sums, ready to be stored) after this command. `fresh`: the first products overwrite the sums.
  typedef struct packed {
    logic [KINDS-1:0] buffer;
    logic [KINDS-1:0] acquire;
    logic [KINDS-1:0] give_back;
    logic fresh;
  } tile_command_t;

  // Read one block of weights (rows x columns) into the array.
  typedef struct packed {
    logic [31:0] weights_address;
    logic give_back_weights;
  } preload_command_t;

  // Stream all pixels of a tile through the weights preloaded before.
  typedef struct packed {
    logic [31:0] inputs_address;
    logic [31:0] sums_row;
    logic sums_buffer;
    logic accumulate;
    logic give_back_inputs;
    logic give_back_sums;
  } compute_command_t;

  // A burst of a load on its way from memory: its place in the command, the lane of its first byte and the bytes it brings. A
  // CLEAR_SUMS command takes its turn among the bursts with no bytes.
  typedef struct packed {
    load_kind_t kind;
    logic buffer;
    logic first;
    logic last;
    logic [7:0] lane;
    logic [15:0] count;
  } load_burst_t;

  // Loops of each nest. Slot 0 is the innermost.
  localparam int TILE_SLOTS = 8;
  localparam int BLOCK_SLOTS = 5;
  localparam int PIXEL_SLOTS = 3;
  localparam int TRANSFER_SLOTS = 4;

  // Configuration registers, 32 bits each. A loop's registers are its bound (at least 1) and then, for every stream of
  // addresses, the step that is added when the loop advances: its stride less what the loops inside it have covered.
  localparam int INPUTS_BASE = 0;  // DRAM byte address
  localparam int WEIGHTS_BASE = 1;  // DRAM byte address
  localparam int OUTPUTS_BASE = 2;  // DRAM byte address of the int8 outputs
  localparam int SUMS_BASE = 3;  // DRAM byte address of the int32 partial sums, a multiple of 4
  localparam int INPUTS_BUFFER = 4;  // scratchpad byte addresses of the two input buffers
  localparam int WEIGHTS_BUFFER = 6;  // and of the two weight buffers
  localparam int ACTIVE_ROWS = 8;  // rows in use, 1 to DIM
  localparam int ACTIVE_COLUMNS = 9;  // columns in use, 1 to DIM
  localparam int OUTPUT_SHIFT = 10;  // bits by which finished sums are shifted right, 0 to 31
  localparam int TILE_REDUCTION = 11;  // mask of tile loops that add to the same sums
  localparam int BLOCK_REDUCTION = 12;  // mask of block loops that add to the same sums
  localparam int WEIGHT_ROW_STEP = 13;  // scratchpad bytes from the weights of one channel to those of the next
  localparam int WEIGHT_LAST_ROW = 14;  // scratchpad bytes from the first channel in use to the last
  localparam int TILE_LOOPS = 16;  // 8 x {bound, inputs, weights, sums}; steps in elements
  localparam int BLOCK_LOOPS = 48;  // 5 x {bound, inputs bytes, weights bytes, sums rows}
  localparam int PIXEL_LOOPS = 68;  // 3 x {bound, inputs bytes, sums rows}
  localparam int INPUTS_TRANSFER = 77;  // contiguous elements, then 4 x {bound, step in elements}
  localparam int WEIGHTS_TRANSFER = 86;  // the same
  localparam int SUMS_TRANSFER = 95;  // the same, for partial sums and outputs
  localparam int REGISTER_COUNT = 104;

endpackage
